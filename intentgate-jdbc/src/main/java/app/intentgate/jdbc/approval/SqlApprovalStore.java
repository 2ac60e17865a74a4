package app.intentgate.jdbc.approval;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalsFullException;
import app.intentgate.approval.Vote;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Approvals in a database. Changes of rows follow one another, whichever gate makes them, so that
 * each is decided once; the gates hear of them through the feed. Thread-safe; {@link #list} and
 * {@link #waiting} block.
 */
public final class SqlApprovalStore implements ApprovalStore {
  private static final int MAX_WAITING = 20_000;
  private static final long MAX_BYTES = 64L << 20;
  private static final int EXPIRED_AT_ONCE = 1_000;

  private final Database database;
  private final Offload offload;
  private final int maxWaiting;
  private final long maxBytes;
  private final ApprovalTopic topic = new ApprovalTopic();

  /** A store that works on those threads. */
  public SqlApprovalStore(Database database, Offload offload) {
    this(database, offload, MAX_WAITING, MAX_BYTES);
  }

  /** A store in which at most so many rows wait, of so many bytes together. */
  SqlApprovalStore(Database database, Offload offload, int maxWaiting, long maxBytes) {
    this.database = database;
    this.offload = offload;
    this.maxWaiting = maxWaiting;
    this.maxBytes = maxBytes;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return topic;
  }

  /**
   * What a transaction did.
   *
   * @param changed the rows it changed
   * @param answer what it is about
   */
  private record Done<T>(List<Approval> changed, T answer) {
    static <T> Done<T> nothing(T answer) {
      return new Done<>(List.of(), answer);
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    Done<T> on(Connection connection) throws SQLException;
  }

  private <T> CompletionStage<T> change(Step<T> step) {
    return offload.run(() -> changed(step));
  }

  private <T> T changed(Step<T> step) {
    Done<T> done =
        database.write(
            handle -> {
              Connection connection = handle.getConnection();
              FeedHeads.hold(connection, ApprovalTopic.NAME);
              return step.on(connection);
            });
    if (!database.dialect().isShared()) {
      done.changed().forEach(topic::tell);
    }
    return done.answer();
  }

  private void update(Connection connection, Approval row) throws SQLException {
    ApprovalRows.update(
        connection, row, FeedHeads.next(connection, database.dialect(), ApprovalTopic.NAME));
  }

  @Override
  public CompletionStage<Approval> enqueue(Approval approval) {
    Instant now = approval.request().createdAt();
    return change(
        connection -> {
          for (Approval row : ApprovalRows.ofCall(connection, approval.binding(), now)) {
            if (row.status() == Status.PENDING
                && row.voidReason() == null
                && !row.expired(now)
                && row.binding().equals(approval.binding())) {
              return Done.nothing(row);
            }
          }
          requireRoom(connection, approval);
          ApprovalRows.insert(
              connection,
              approval,
              FeedHeads.next(connection, database.dialect(), ApprovalTopic.NAME));
          return new Done<>(List.of(approval), approval);
        });
  }

  private void requireRoom(Connection connection, Approval approval) throws SQLException {
    long more = ApprovalRows.length(approval);
    ApprovalRows.Waiting all = ApprovalRows.waiting(connection);
    // Only a tenant with most of what waits can have more than its share.
    boolean scarce =
        all.rows() >= maxWaiting - all.rows() || all.bytes() > maxBytes - all.bytes() - more;
    ApprovalRows.Waiting ofTenant =
        scarce
            ? ApprovalRows.waiting(connection, approval.binding().tenant())
            : new ApprovalRows.Waiting(0, 0);
    ApprovalsFullException.check(maxWaiting, all.rows(), ofTenant.rows());
    ApprovalsFullException.checkLength(maxBytes, all.bytes(), ofTenant.bytes(), more);
  }

  /**
   * Takes a row over from another store as it is, unless it is there already.
   *
   * @return whether it was not
   */
  public CompletionStage<Boolean> restore(Approval approval) {
    return change(
        connection -> {
          if (ApprovalRows.find(connection, approval.id(), null).isPresent()) {
            return Done.nothing(false);
          }
          ApprovalRows.insert(
              connection,
              approval,
              FeedHeads.next(connection, database.dialect(), ApprovalTopic.NAME));
          return new Done<>(List.of(approval), true);
        });
  }

  @Override
  public CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant) {
    return offload.run(
        () -> database.read(handle -> ApprovalRows.find(handle.getConnection(), id, tenant)));
  }

  @Override
  public CompletionStage<Optional<Approval>> findOpen(ApprovalBinding call, Instant now) {
    return offload.run(
        () ->
            database.read(
                handle -> {
                  Approval found = null;
                  for (Approval row : ApprovalRows.ofCall(handle.getConnection(), call, now)) {
                    boolean behind =
                        found != null
                            && found.status() == Status.APPROVED
                            && row.status() != Status.APPROVED;
                    if (row.isMetBy(call, now) && !behind) {
                      found = row;
                    }
                  }
                  return Optional.ofNullable(found);
                }));
  }

  @Override
  public CompletionStage<Optional<Vote>> decide(
      String id, @Nullable String tenant, ApprovalDecision decision) {
    return change(
        connection -> {
          Optional<Approval> found = ApprovalRows.find(connection, id, tenant);
          if (found.isEmpty()) {
            return Done.nothing(Optional.empty());
          }
          Approval row = found.get();
          Approval voted = row.voted(decision);
          boolean late = row.status() == Status.PENDING && row.expired(decision.at());
          if (voted == null && !late) {
            return Done.nothing(Optional.of(new Vote(row, false)));
          }
          Approval next = voted != null ? voted : row.timedOut();
          update(connection, next);
          return new Done<>(List.of(next), Optional.of(new Vote(next, voted != null)));
        });
  }

  @Override
  public CompletionStage<Optional<Approval>> use(String id, String tenant, Instant now) {
    return change(
        connection -> {
          Approval next =
              ApprovalRows.find(connection, id, tenant).map(row -> row.used(now)).orElse(null);
          if (next == null) {
            return Done.nothing(Optional.empty());
          }
          update(connection, next);
          return new Done<>(List.of(next), Optional.of(next));
        });
  }

  @Override
  public CompletionStage<Void> makeVoid(String id, String tenant, String reason, Instant now) {
    return discard(
        change(
            connection -> {
              Optional<Approval> found =
                  ApprovalRows.find(connection, id, tenant).filter(row -> row.voidReason() == null);
              if (found.isEmpty()) {
                return Done.nothing(id);
              }
              Approval next = found.get().voided(reason, now);
              update(connection, next);
              return new Done<>(List.of(next), id);
            }));
  }

  /** Looks first: every gate asks each second, and mostly there is nothing to write. */
  @Override
  public CompletionStage<Void> expire(Instant now) {
    return discard(
        offload.run(
            () ->
                database.read(handle -> ApprovalRows.isAnyLate(handle.getConnection(), now))
                    ? changed(connection -> expired(connection, now))
                    : 0));
  }

  private Done<Integer> expired(Connection connection, Instant now) throws SQLException {
    List<Approval> late = new ArrayList<>();
    for (Approval row : ApprovalRows.late(connection, now, EXPIRED_AT_ONCE)) {
      Approval next = row.timedOut();
      update(connection, next);
      late.add(next);
    }
    return new Done<>(late, late.size());
  }

  private static CompletionStage<Void> discard(CompletionStage<?> stage) {
    return stage.thenAccept(ignored -> {});
  }

  @Override
  public List<Approval> list(ApprovalQuery query) {
    return database.read(handle -> ApprovalRows.list(handle.getConnection(), query));
  }

  @Override
  public int waiting(@Nullable String tenant) {
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          return tenant == null
              ? ApprovalRows.waiting(connection).rows()
              : ApprovalRows.waiting(connection, tenant).rows();
        });
  }

  @Override
  public void watch(ApprovalListener listener) {
    topic.add(listener);
  }
}
