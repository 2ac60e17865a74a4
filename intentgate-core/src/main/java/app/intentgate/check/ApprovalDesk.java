package app.intentgate.check;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.store.Stages;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where an escalated call finds out whether a human agreed. A call that names an approval, or is
 * the same as one that has a row, meets that row; any other gets a new one. An approval is good
 * once, for the very call it was given for, under the policy that asked (B14).
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
    /** A human agreed; the row is used up now. */
    record Granted(Approval approval) implements Finding {}

    /** The row waits. */
    record Waiting(Approval approval) implements Finding {}

    /** The call cannot go on. */
    record Refused(Refusal refusal, @Nullable Approval approval) implements Finding {}
  }

  /** Asks for a call that the policy escalated. */
  public CompletionStage<Finding> ask(
      Call call, Caller caller, PolicyCheck.Verdict verdict, String intentSummary) {
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
    Instant now = clock.instant();
    ApprovalBinding binding = binding(call, caller, verdict.identity());
    String named = call.approvalId();
    CompletionStage<Optional<Approval>> row =
        named == null || named.isBlank() ? rows.findOpen(binding, now) : rows.find(named.strip());
    CompletionStage<Finding> finding =
        Stages.then(
            row,
            found -> {
              if (found.isPresent()) {
                return meet(rows, found.get(), binding, now, caller.isAuthenticated());
              }
              return named == null || named.isBlank()
                  ? enqueue(rows, call, caller, verdict, binding, intentSummary, now)
                  : notFound(named);
            });
    return Stages.recover(
        finding,
        failure ->
            new Finding.Refused(
                Refusal.of(DenialCode.ESCALATION_FAILED, "approval queue unavailable"), null));
  }

  private CompletionStage<Finding> enqueue(
      ApprovalStore rows,
      Call call,
      Caller caller,
      PolicyCheck.Verdict verdict,
      ApprovalBinding binding,
      String intentSummary,
      Instant now) {
    Approval row =
        new Approval(
            ids.get(),
            binding,
            caller.rootTokenId(),
            call.arguments(),
            intentSummary,
            verdict.reason(),
            verdict.requiresStepUp(),
            Status.PENDING,
            now,
            now.plus(window),
            null,
            null,
            null);
    return Stages.map(rows.enqueue(row), Finding.Waiting::new);
  }

  private static CompletionStage<Finding> meet(
      ApprovalStore rows,
      Approval row,
      ApprovalBinding binding,
      Instant now,
      boolean authenticated) {
    boolean rowHasToken = !row.binding().tokenId().isEmpty();
    if (!row.binding().sameCall(binding) || rowHasToken != authenticated) {
      return refused(
          DenialCode.APPROVAL_MISMATCH, "resume approval id does not match this call", null);
    }
    if (!row.binding().equals(binding)) {
      return Stages.then(
          rows.makeVoid(row.id(), "policy changed"),
          done ->
              refused(
                  DenialCode.APPROVAL_EXPIRED,
                  "the policy changed since this approval was asked for; make the call again",
                  row));
    }
    if (row.usedAt() != null) {
      return refused(DenialCode.APPROVAL_USED, "this approval was used before", row);
    }
    if (row.status() == Status.REJECTED) {
      return refused(DenialCode.APPROVAL_REJECTED, said("rejected", row.decision()), row);
    }
    if (row.expired(now) || row.status() == Status.TIMEOUT || row.voidReason() != null) {
      return refused(DenialCode.APPROVAL_EXPIRED, "approval window expired", row);
    }
    if (row.status() == Status.PENDING) {
      return CompletableFuture.completedFuture(new Finding.Waiting(row));
    }
    return Stages.then(
        rows.use(row.id(), now),
        used ->
            used
                ? CompletableFuture.completedFuture(new Finding.Granted(row.used(now)))
                : refused(DenialCode.APPROVAL_USED, "this approval was used before", row));
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
    return refused(
        DenialCode.APPROVAL_NOT_FOUND, "approval id not found or expired: " + id.strip(), null);
  }

  private static CompletionStage<Finding> refused(
      DenialCode code, String reason, @Nullable Approval row) {
    return CompletableFuture.completedFuture(new Finding.Refused(Refusal.of(code, reason), row));
  }

  private static ApprovalBinding binding(Call call, Caller caller, String policy) {
    return new ApprovalBinding(
        caller.tenant(),
        caller.tokenId(),
        caller.chainId(),
        caller.agentId(),
        call.tool(),
        argumentsSha256(call.arguments()),
        policy);
  }

  /** Hex SHA-256 of the arguments with members sorted; none counts as an empty object. */
  public static String argumentsSha256(@Nullable JsonObject arguments) {
    byte[] canonical = JsonWriter.toSortedBytes(arguments == null ? JsonObject.EMPTY : arguments);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
