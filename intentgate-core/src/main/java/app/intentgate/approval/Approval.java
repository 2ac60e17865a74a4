package app.intentgate.approval;

import app.intentgate.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One escalated call and what became of it. Immutable: each step is a new value.
 *
 * @param id the pending id given to the agent and the operator
 * @param binding the call it is good for
 * @param rootTokenId the id of the root token; empty without a token
 * @param arguments the arguments as the agent sent them, or null when it sent none
 * @param intentSummary what the extractor said; may be empty
 * @param reason why the policy escalated
 * @param requiresStepUp whether the policy asked for a stepped-up operator
 * @param status where it stands
 * @param createdAt when it was enqueued
 * @param expiresAt until when it can be decided, and after that used
 * @param decision who decided, when and why; null while it waits
 * @param usedAt when the approved call went through; null before
 * @param voidReason why it can no longer be used; null while it can
 */
public record Approval(
    String id,
    ApprovalBinding binding,
    String rootTokenId,
    @Nullable JsonObject arguments,
    String intentSummary,
    String reason,
    boolean requiresStepUp,
    Status status,
    Instant createdAt,
    Instant expiresAt,
    @Nullable ApprovalDecision decision,
    @Nullable Instant usedAt,
    @Nullable String voidReason) {

  /** How long an approved row can be used. */
  public static final Duration USABLE_FOR = Duration.ofMinutes(15);

  /** Where an approval stands. */
  public enum Status {
    /** Waiting for a human. */
    PENDING,
    /** A human agreed. */
    APPROVED,
    /** A human refused. */
    REJECTED,
    /** Nobody decided in time. */
    TIMEOUT;

    /** The word used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The row once it is decided; an approval can then be used for {@link #USABLE_FOR}. */
  public Approval decided(ApprovalDecision made) {
    Status became = made.approved() ? Status.APPROVED : Status.REJECTED;
    return with(became, made.at().plus(USABLE_FOR), made, usedAt, voidReason);
  }

  /** The row once its time ran out undecided. */
  public Approval timedOut() {
    return with(Status.TIMEOUT, expiresAt, decision, usedAt, voidReason);
  }

  /** The row once the approved call went through. */
  public Approval used(Instant at) {
    return with(status, expiresAt, decision, at, voidReason);
  }

  /** The row once it can no longer be used, as when the policy changed. */
  public Approval voided(String why) {
    return with(status, expiresAt, decision, usedAt, why);
  }

  private Approval with(
      Status newStatus,
      Instant newExpiry,
      @Nullable ApprovalDecision made,
      @Nullable Instant newUse,
      @Nullable String newVoid) {
    return new Approval(
        id,
        binding,
        rootTokenId,
        arguments,
        intentSummary,
        reason,
        requiresStepUp,
        newStatus,
        createdAt,
        newExpiry,
        made,
        newUse,
        newVoid);
  }

  /** Whether its time ran out: undecided, or approved and not used. */
  public boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
