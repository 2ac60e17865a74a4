package app.intentgate.check.run;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.approval.ApprovalsFullException;
import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Patience;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.store.Stages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where an escalated call finds out whether a human agreed. A call that names an approval, or is
 * the same as one that has a row, meets that row; any other gets a new one. An approval is good
 * once, or as often as the policy says, for the very call it was given for, under the policy that
 * asked (B14).
 */
public final class ApprovalDesk {
  private final @Nullable ApprovalStore store;
  private final Supplier<String> ids;
  private final Clock clock;
  private final Duration window;

  /**
   * A desk.
   *
   * @param store the rows, or null when no approvals are kept: an escalated call is then refused
   * @param ids makes pending ids
   * @param window how long a row can be decided
   */
  public ApprovalDesk(
      @Nullable ApprovalStore store, Supplier<String> ids, Clock clock, Duration window) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.window = window;
  }

  /** What an escalated call found. */
  public sealed interface Finding {
    /** A human agreed; the row is used for this call now. */
    record Granted(Approval approval) implements Finding {}

    /** The row waits. */
    record Waiting(Approval approval) implements Finding {}

    /** The call cannot go on. */
    record Refused(Refusal refusal, @Nullable Approval approval) implements Finding {}
  }

  /** A call that asks, with what is known of it. */
  private record Asking(
      Call call,
      Caller caller,
      PolicyVerdict verdict,
      String intentSummary,
      ApprovalBinding binding,
      Patience patience,
      Instant now) {}

  /**
   * Asks for a call that the policy escalated.
   *
   * @param named the approval the call names, or null
   */
  public CompletionStage<Finding> ask(
      Call call,
      @Nullable String named,
      Caller caller,
      PolicyVerdict verdict,
      String intentSummary,
      Patience patience) {
    ApprovalStore rows = store;
    if (rows == null) {
      return refused(
          DenialCode.ESCALATION_REQUIRED,
          "escalation required but no approvals queue configured (set INTENTGATE_APPROVAL_QUEUE)",
          null);
    }
    if (!call.expectsAnswer()) {
      return refused(
          DenialCode.ESCALATION_REQUIRED,
          "approval needed, and a notification cannot wait for one: " + verdict.reason(),
          null);
    }
    Asking asking =
        new Asking(
            call,
            caller,
            verdict,
            intentSummary,
            ApprovalBindings.of(call, caller, verdict),
            patience,
            clock.instant());
    try {
      return Stages.recover(
          named == null || named.isBlank()
              ? meetOrEnqueue(rows, asking)
              : meetNamed(rows, named.strip(), asking),
          ApprovalDesk::failed);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e));
    }
  }

  private static Finding failed(Throwable failure) {
    return new Finding.Refused(
        Refusal.of(
            DenialCode.ESCALATION_FAILED,
            failure instanceof ApprovalsFullException
                ? "approval queue full: " + failure.getMessage()
                : "approval queue unavailable"),
        null);
  }

  /** Of any tenant: another's is told from none, as the contract has it. */
  private CompletionStage<Finding> meetNamed(ApprovalStore rows, String id, Asking asking) {
    return Stages.then(
        rows.find(id, null),
        found -> found.isPresent() ? meet(rows, found.get(), asking) : notFound(id));
  }

  private CompletionStage<Finding> meetOrEnqueue(ApprovalStore rows, Asking asking) {
    return Stages.then(
        rows.findOpen(asking.binding(), asking.now()),
        found -> found.isPresent() ? meet(rows, found.get(), asking) : enqueue(rows, asking));
  }

  private CompletionStage<Finding> enqueue(ApprovalStore rows, Asking asking) {
    Caller caller = asking.caller();
    PolicyVerdict verdict = asking.verdict();
    ApprovalRequest request =
        new ApprovalRequest(
            ids.get(),
            asking.binding(),
            caller.rootTokenId(),
            asking.call().arguments(),
            asking.intentSummary(),
            verdict.reason(),
            verdict.requiresStepUp(),
            ApprovalBindings.terms(caller, verdict),
            asking.now(),
            asking.now().plus(window));
    return Stages.map(rows.enqueue(Approval.pending(request)), Finding.Waiting::new);
  }

  private CompletionStage<Finding> meet(ApprovalStore rows, Approval row, Asking asking) {
    ApprovalBinding binding = row.binding();
    boolean same = binding.sameCall(asking.binding());
    if (!same && !(row.isStandingGrant() && binding.covers(asking.binding()))) {
      return refused(
          DenialCode.APPROVAL_MISMATCH, "resume approval id does not match this call", null);
    }
    ApprovalTerms terms = ApprovalBindings.terms(asking.caller(), asking.verdict());
    if (!binding.policySha256().equals(asking.binding().policySha256())
        || !row.request().terms().equals(terms)) {
      // Void, and the call is judged as if it had not asked before.
      return Stages.then(
          rows.makeVoid(row.id(), binding.tenant(), "policy changed", asking.now()),
          done -> meetOrEnqueue(rows, asking));
    }
    if (row.isUsedUp()) {
      return refused(DenialCode.APPROVAL_USED, "this approval was used before", row);
    }
    if (row.voidReason() != null) {
      return refused(
          DenialCode.APPROVAL_EXPIRED, "this approval is void: " + row.voidReason(), row);
    }
    if (row.status() == Status.REJECTED) {
      return refused(DenialCode.APPROVAL_REJECTED, said("rejected", row.decision()), row);
    }
    if (row.expired(asking.now()) || row.status() == Status.TIMEOUT) {
      return refused(
          DenialCode.APPROVAL_EXPIRED, "approval window expired (" + windowOf(row) + ")", row);
    }
    if (row.status() == Status.PENDING) {
      return CompletableFuture.completedFuture(new Finding.Waiting(row));
    }
    if (asking.patience().hasLeft()) {
      return refused(DenialCode.CLIENT_LEFT, "client left", row);
    }
    return Stages.then(
        rows.use(row.id(), binding.tenant(), asking.now()),
        used ->
            used.isPresent()
                ? CompletableFuture.completedFuture(new Finding.Granted(used.get()))
                : refused(DenialCode.APPROVAL_USED, "this approval was used before", row));
  }

  private static String windowOf(Approval row) {
    ApprovalDecision decision = row.decision();
    return Windows.text(
        Duration.between(
            decision == null ? row.request().createdAt() : decision.at(), row.expiresAt()));
  }

  /** {@code approved by pat: looks fine}, as the contract words it. */
  public static String said(String verb, @Nullable ApprovalDecision decision) {
    if (decision == null) {
      return verb;
    }
    String who = decision.label().isBlank() ? "(anonymous)" : decision.label();
    return verb + " by " + who + (decision.note().isBlank() ? "" : ": " + decision.note());
  }

  private static CompletionStage<Finding> notFound(String id) {
    return refused(DenialCode.APPROVAL_NOT_FOUND, "approval id not found or expired: " + id, null);
  }

  private static CompletionStage<Finding> refused(
      DenialCode code, String reason, @Nullable Approval row) {
    return CompletableFuture.completedFuture(new Finding.Refused(Refusal.of(code, reason), row));
  }
}
