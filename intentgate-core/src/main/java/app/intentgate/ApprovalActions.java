package app.intentgate;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalFeed;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.Vote;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditStore;
import app.intentgate.operator.Operator;
import app.intentgate.store.Stages;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What humans do with the calls that wait for them; each act is on the audit chain, with who they
 * authenticated as, before it is answered (B17). An act that cannot be recorded stands all the same
 * and fails with an {@link app.intentgate.audit.AuditException}; the same act by the same person
 * again, on whatever gate, records it. Thread-safe.
 */
public final class ApprovalActions {
  private final ApprovalStore store;
  private final ApprovalFeed feed;
  private final AuditStore audit;
  private final Clock clock;
  private final RecordedActs recorded = new RecordedActs();

  ApprovalActions(ApprovalStore store, AuditStore audit, Clock clock) {
    this.store = store;
    this.feed = ApprovalFeed.of(store);
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of an operator's decision. */
  public sealed interface Result {
    /** It counts; the row may still wait for others. */
    record Counted(Approval row) implements Result {}

    /** The row cannot be decided so: it is settled, out of time, or this operator agreed before. */
    record Conflict(Approval row) implements Result {}

    /** The call is the operator's own. */
    record OwnCall() implements Result {}

    /** There is no such row, or not in the operator's tenant. */
    record NotFound() implements Result {}
  }

  /**
   * Counts one operator's yes or no, and puts it on the audit chain. Votes count per {@link
   * Operator#principal()}: give each person one of their own, or a quorum is never met. That the
   * operator may decide at all is the caller's to see to.
   *
   * @param id the row's, as {@link Decision.Escalate#pendingId()} gives it
   * @param approved yes or no
   * @param note why; may be empty
   * @param operator who; of a tenant, only its rows
   * @param selves the subject and the names the operator is known by: a call of a token or of a
   *     person with one of them is their own, and not theirs to decide. May be empty: then nobody
   *     is kept from deciding a call of their own
   * @return what became of it; fails with {@link app.intentgate.store.StoreUnavailableException}
   *     when it does not count, and with {@link app.intentgate.audit.AuditException} when it could
   *     not be recorded
   */
  public CompletionStage<Result> decide(
      String id, boolean approved, String note, Operator operator, Set<String> selves) {
    String tenant = operator.tenant().isEmpty() ? null : operator.tenant();
    return Stages.then(
        store.find(id, tenant),
        found -> {
          Approval row = found.orElse(null);
          if (row == null) {
            return CompletableFuture.completedFuture(new Result.NotFound());
          }
          if (isOwn(row, selves)) {
            AuditEvent event =
                event(row, operator, AuditDecision.BLOCK, "an operator's own call")
                    .errorCode(403)
                    .build();
            return Stages.map(audit.append(event), stored -> new Result.OwnCall());
          }
          ApprovalDecision vote =
              new ApprovalDecision(
                  approved, operator.principal(), operator.label(), note, clock.instant());
          return Stages.then(store.decide(id, tenant, vote), cast -> answer(cast, vote, operator));
        });
  }

  private static boolean isOwn(Approval row, Set<String> selves) {
    String agent = row.binding().agentId();
    String user = row.binding().userSubject();
    return (!agent.isEmpty() && selves.contains(agent))
        || (!user.isEmpty() && selves.contains(user));
  }

  /**
   * The consent, or refusal, of the person behind the agent. It is no operator's approval. Nothing
   * is checked here: whoever calls this must have proved that they are the row's {@code
   * binding().userSubject()}.
   *
   * @param operator how that person reached the gate, for the audit. Its tenant must equal the
   *     row's; empty is the empty tenant here, that of calls without a token, and not all of them
   * @return as {@link #decide} does
   */
  public CompletionStage<Result> consent(
      String id, boolean approved, String note, Operator operator) {
    String tenant = operator.tenant();
    return Stages.then(
        store.find(id, tenant),
        found -> {
          if (found.isEmpty()) {
            return CompletableFuture.completedFuture(new Result.NotFound());
          }
          String user = found.get().binding().userSubject();
          ApprovalDecision vote = ApprovalDecision.byUser(approved, user, note, clock.instant());
          return Stages.then(store.decide(id, tenant, vote), cast -> answer(cast, vote, operator));
        });
  }

  private CompletionStage<Result> answer(
      Optional<Vote> cast, ApprovalDecision vote, Operator operator) {
    if (cast.isEmpty()) {
      return CompletableFuture.completedFuture(new Result.NotFound());
    }
    Approval row = cast.get().row();
    if (cast.get().counted()) {
      return record(voted(row, vote, "", operator), act(row, vote), new Result.Counted(row));
    }
    ApprovalDecision before = sameVote(row, vote);
    Result conflict = new Result.Conflict(row);
    // It counts since then, but its event may be missing: the audit store may have been away.
    return before == null
        ? CompletableFuture.completedFuture(conflict)
        : record(voted(row, before, " at " + before.at(), operator), act(row, before), conflict);
  }

  private static String act(Approval row, ApprovalDecision vote) {
    return row.id() + (vote.approved() ? " approved by " : " rejected by ") + vote.principal();
  }

  /** Records an act, unless this gate has recorded it lately or is about to. */
  private CompletionStage<Result> record(AuditEvent event, String act, Result result) {
    return Stages.map(recorded.once(act, () -> audit.append(event)), done -> result);
  }

  private static @Nullable ApprovalDecision sameVote(Approval row, ApprovalDecision vote) {
    for (ApprovalDecision before : row.votes()) {
      if (before.principal().equals(vote.principal()) && before.approved() == vote.approved()) {
        return before;
      }
    }
    return null;
  }

  private AuditEvent voted(Approval row, ApprovalDecision vote, String when, Operator operator) {
    return event(
            row,
            operator,
            vote.approved() ? AuditDecision.ALLOW : AuditDecision.BLOCK,
            (vote.approved() ? "approved" : "rejected")
                + when
                + (row.status() == Approval.Status.PENDING ? ", others have to agree" : "")
                + (vote.note().isBlank() ? "" : ": " + vote.note()))
        .principal(vote.principal())
        .decidedBy(vote.label())
        .build();
  }

  /** The row of an id, of one tenant, or of any for null. */
  public CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant) {
    return Stages.then(store.expire(clock.instant()), done -> store.find(id, tenant));
  }

  /** The rows wanted, newest first, as they stand now. May block; see {@link ApprovalStore}. */
  public CompletionStage<List<Approval>> list(ApprovalQuery query) {
    return Stages.map(store.expire(clock.instant()), done -> store.list(query));
  }

  /** The changes of the rows as they happen, on this gate or another. */
  public ApprovalFeed feed() {
    return feed;
  }

  /**
   * Marks the rows whose time ran out, tells those who hear of changes, and frees their places
   * among the rows that may wait. The gate does so by itself every second while rows wait, unless
   * {@link IntentGateBuilder#expireApprovals} says otherwise, and {@link #find} and {@link #list}
   * do it first. No row is decided or used late without it, and calls that are held end in time.
   */
  public CompletionStage<Void> expire() {
    return store.expire(clock.instant());
  }

  /**
   * Takes a standing grant away; no call goes through by it from now on. That the operator may is
   * the caller's to see to.
   *
   * @param operator who; of a tenant, only its rows
   */
  public CompletionStage<Result> revokeGrant(String id, Operator operator) {
    String tenant = operator.tenant().isEmpty() ? null : operator.tenant();
    return Stages.then(
        find(id, tenant),
        found -> {
          if (found.isEmpty() || !found.get().isStandingGrant()) {
            return CompletableFuture.completedFuture(new Result.NotFound());
          }
          Approval row = found.get();
          Instant now = clock.instant();
          String why = "revoked by " + operator.principal();
          AuditEvent event =
              event(row, operator, AuditDecision.BLOCK, "standing grant revoked").build();
          String act = row.id() + " " + why;
          if (row.isUsable(now)) {
            return Stages.then(
                store.makeVoid(id, row.binding().tenant(), why, now),
                done -> record(event, act, new Result.Counted(row.voided(why, now))));
          }
          Result conflict = new Result.Conflict(row);
          // Where this operator revoked it already, that may not have been recorded then.
          return why.equals(row.voidReason())
              ? record(event, act, conflict)
              : CompletableFuture.completedFuture(conflict);
        });
  }

  private AuditEventBuilder event(
      Approval row, Operator operator, AuditDecision decision, String reason) {
    return AuditEvent.builder()
        .event(AuditEventNames.ADMIN)
        .at(clock.instant())
        .tool("admin/approvals")
        .decision(decision)
        .check("policy")
        .reason(reason + " (" + row.binding().tool() + ")")
        .tenant(row.binding().tenant())
        .agentId(row.binding().agentId())
        .capabilityTokenId(row.binding().tokenId())
        .rootCapabilityTokenId(row.request().rootTokenId())
        .chainId(row.binding().chainId())
        .pendingId(row.id())
        .argumentsSha256(row.binding().argumentsSha256())
        .policySha256(row.binding().policySha256())
        .principal(operator.principal())
        .actor(operator.label())
        .remoteIp(operator.remoteAddress())
        .elevationId(operator.elevationId());
  }
}
