package app.intentgate.jdbc.policy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.memory.PolicyJournal;
import app.intentgate.policy.lifecycle.GateState;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyHistory;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Policies in a database. Changes follow one another, whichever gate makes them: of two that change
 * one slot at once, the second learns of the first. Thread-safe; every method blocks.
 */
public final class SqlPolicyStore implements PolicyStore {
  /** Held by whoever saves or deletes a draft, and by whoever makes a slot need one. */
  static final String DRAFTS = "policy_drafts";

  private static final Duration GATES_KEPT = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;
  private final PolicyTopic topic = new PolicyTopic();
  private final Set<String> beating = ConcurrentHashMap.newKeySet();

  /**
   * A store.
   *
   * @param clock the time, where the database has none of its own
   */
  public SqlPolicyStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What the feed has to follow for this store. */
  public FeedTopic topic() {
    return topic;
  }

  /**
   * Takes policies over from another store, as that one tells them: revisions, deletions and
   * history that are there already stay, and so does a slot that has gone further.
   */
  public PolicyJournal restoring() {
    return new PolicyImport(database);
  }

  @Override
  public void create(PolicyDraft draft) {
    boolean created =
        database.write(
            handle -> {
              Connection connection = handle.getConnection();
              FeedHeads.hold(connection, DRAFTS);
              if (DraftRows.isKnown(connection, draft.id())) {
                return false;
              }
              DraftRows.save(
                  connection, draft, FeedHeads.next(connection, database.dialect(), DRAFTS));
              return true;
            });
    if (!created) {
      throw new IllegalStateException("there is a draft " + draft.id() + " already");
    }
  }

  @Override
  public Optional<PolicyDraft> draft(String id, @Nullable String tenant) {
    return database.read(handle -> DraftRows.latest(handle.getConnection(), id, tenant));
  }

  @Override
  public Optional<PolicyDraft> draftAt(String id, int revision, @Nullable String tenant) {
    return database.read(handle -> DraftRows.at(handle.getConnection(), id, revision, tenant));
  }

  @Override
  public List<PolicyDraft> drafts(@Nullable String tenant, int limit, int offset) {
    return database.read(handle -> DraftRows.list(handle.getConnection(), tenant, limit, offset));
  }

  @Override
  public boolean revise(PolicyRevision next, String tenant) {
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          FeedHeads.hold(connection, DRAFTS);
          Optional<PolicyDraft> latest = DraftRows.latest(connection, next.draftId(), tenant);
          if (latest.isEmpty() || latest.get().at().number() != next.number() - 1) {
            return false;
          }
          DraftRows.save(
              connection,
              latest.get().at(next),
              FeedHeads.next(connection, database.dialect(), DRAFTS));
          return true;
        });
  }

  @Override
  public Deletion delete(String draftId, String tenant) {
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          FeedHeads.hold(connection, DRAFTS);
          FeedHeads.hold(connection, PolicyTopic.NAME);
          if (DraftRows.latest(connection, draftId, tenant).isEmpty()) {
            return Deletion.UNKNOWN;
          }
          // A draft of the default slot may be used by every tenant's, one of a tenant by its own.
          List<PolicySlot> users =
              tenant.isEmpty()
                  ? SlotRows.slots(connection)
                  : List.of(SlotRows.slot(connection, tenant));
          for (PolicySlot slot : users) {
            if (slot.refersTo(draftId)) {
              return Deletion.IN_USE;
            }
          }
          DraftRows.delete(connection, draftId, tenant);
          return Deletion.DELETED;
        });
  }

  @Override
  public PolicySlot slot(String tenant) {
    return database.read(handle -> SlotRows.slot(handle.getConnection(), tenant));
  }

  @Override
  public List<PolicySlot> slots() {
    return database.read(handle -> SlotRows.slots(handle.getConnection()));
  }

  @Override
  public boolean put(PolicySlot next, @Nullable PolicyChange change, @Nullable String needed) {
    boolean done =
        database.write(
            handle -> {
              Connection connection = handle.getConnection();
              FeedHeads.hold(connection, DRAFTS);
              FeedHeads.hold(connection, PolicyTopic.NAME);
              PolicySlot before = SlotRows.slot(connection, next.tenant());
              if (before.version() != next.version() - 1
                  || (needed != null && !DraftRows.isThere(connection, needed, next.tenant()))) {
                return false;
              }
              SlotRows.put(
                  connection,
                  next,
                  change,
                  FeedHeads.next(connection, database.dialect(), PolicyTopic.NAME));
              return true;
            });
    if (done) {
      topic.tell(next.tenant());
    }
    return done;
  }

  @Override
  public Optional<PolicyChange> change(String tenant, String id) {
    return database.read(handle -> SlotRows.change(handle.getConnection(), tenant, id));
  }

  @Override
  public PolicyHistory history(String tenant, int limit, @Nullable String cursor) {
    long before = cursor == null ? Long.MAX_VALUE : position(cursor);
    List<SlotRows.Entry> found =
        database.read(
            handle -> SlotRows.history(handle.getConnection(), tenant, before, limit + 1));
    boolean more = found.size() > limit;
    List<SlotRows.Entry> page = more ? found.subList(0, limit) : found;
    return new PolicyHistory(
        page.stream().map(SlotRows.Entry::change).toList(),
        more ? String.valueOf(page.get(page.size() - 1).ordinal()) : null);
  }

  private static long position(String cursor) {
    try {
      long position = Long.parseLong(cursor);
      if (position > 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a cursor of this history", e);
    }
    throw new IllegalArgumentException("not a cursor of this history");
  }

  @Override
  public Watch watch(Consumer<String> tenants) {
    return topic.add(tenants);
  }

  @Override
  public void beat(String gateId, Map<String, Long> loaded) {
    boolean first = beating.add(gateId);
    database.write(
        handle -> {
          Connection connection = handle.getConnection();
          long now = database.nowMillis(connection, clock);
          GateRows.beat(connection, gateId, loaded, now);
          if (first) {
            GateRows.forget(connection, now - GATES_KEPT.toMillis());
          }
          return gateId;
        });
  }

  @Override
  public void leave(String gateId) {
    beating.remove(gateId);
    database.write(
        handle -> {
          GateRows.leave(handle.getConnection(), gateId);
          return gateId;
        });
  }

  @Override
  public List<GateState> gates(String tenant, Duration alive) {
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          return GateRows.alive(
              connection, tenant, database.nowMillis(connection, clock) - alive.toMillis());
        });
  }
}
