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
 * authenticated as, before it is answered (B17). Thread-safe.
 */
public final class ApprovalActions {
  private final ApprovalStore store;
  private final ApprovalFeed feed;
  private final AuditStore audit;
  private final Clock clock;

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
   * Decides.
   *
   * @param approved yes or no
   * @param operator who; of a tenant, only its rows
   * @param selves the subject and the names the operator is known by: a call of a token or of a
   *     person with one of them is their own, and not theirs to decide
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
   * The consent, or refusal, of the person behind the agent. It is no operator's approval.
   *
   * @param operator how that person reached the gate, for the audit; of the row's tenant
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
    if (!cast.get().counted()) {
      return CompletableFuture.completedFuture(new Result.Conflict(row));
    }
    AuditEvent event =
        event(
                row,
                operator,
                vote.approved() ? AuditDecision.ALLOW : AuditDecision.BLOCK,
                (vote.approved() ? "approved" : "rejected")
                    + (row.status() == Approval.Status.PENDING ? ", others have to agree" : "")
                    + (vote.note().isBlank() ? "" : ": " + vote.note()))
            .principal(vote.principal())
            .decidedBy(vote.label())
            .build();
    return Stages.map(audit.append(event), stored -> new Result.Counted(row));
  }

  /** The row of an id, of one tenant, or of any for null. */
  public CompletionStage<Optional<Approval>> find(String id, @Nullable String tenant) {
    return Stages.then(store.expire(clock.instant()), done -> store.find(id, tenant));
  }

  /** The rows wanted, newest first, as they stand now. */
  public CompletionStage<List<Approval>> list(ApprovalQuery query) {
    return Stages.map(store.expire(clock.instant()), done -> store.list(query));
  }

  /** The changes of the rows as they happen, on this gate or another. */
  public ApprovalFeed feed() {
    return feed;
  }

  /** Marks the rows whose time ran out; called every second or so. */
  public CompletionStage<Void> expire() {
    return store.expire(clock.instant());
  }

  /** Takes a standing grant away; no call goes through by it from now on. */
  public CompletionStage<Result> revokeGrant(String id, Operator operator) {
    String tenant = operator.tenant().isEmpty() ? null : operator.tenant();
    return Stages.then(
        find(id, tenant),
        found -> {
          if (found.isEmpty() || !found.get().isStandingGrant()) {
            return CompletableFuture.completedFuture(new Result.NotFound());
          }
          Instant now = clock.instant();
          if (!found.get().isUsable(now)) {
            return CompletableFuture.completedFuture(new Result.Conflict(found.get()));
          }
          String why = "revoked by " + operator.principal();
          AuditEvent event =
              event(found.get(), operator, AuditDecision.BLOCK, "standing grant revoked").build();
          return Stages.then(
              store.makeVoid(id, found.get().binding().tenant(), why, now),
              done ->
                  Stages.map(
                      audit.append(event),
                      stored -> new Result.Counted(found.get().voided(why, now))));
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
