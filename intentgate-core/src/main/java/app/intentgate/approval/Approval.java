package app.intentgate.approval;

import app.intentgate.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One escalated call and what became of it. Immutable: each step is a new value, and whether a step
 * can be taken is asked here, so that every store answers alike.
 *
 * @param request what was asked
 * @param status where it stands
 * @param expiresAt until when it can be decided, and after that used
 * @param votes what humans said so far, in order; the one that settled it is the last
 * @param uses how many calls went through by it
 * @param usedAt when the last of them did; null before
 * @param voidReason why it can no longer be used; null while it can
 * @param voidedAt since when; null while it can, and in rows of stores that did not keep it
 */
public record Approval(
    ApprovalRequest request,
    Status status,
    Instant expiresAt,
    List<ApprovalDecision> votes,
    int uses,
    @Nullable Instant usedAt,
    @Nullable String voidReason,
    @Nullable Instant voidedAt) {

  /** How long an approved row can be used, where the policy does not say. */
  public static final Duration USABLE_FOR = Duration.ofMinutes(15);

  /** Where an approval stands. */
  public enum Status {
    /** Waiting for a human. */
    PENDING,
    /** All agreed who had to. */
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

  /** A row that waits. */
  public static Approval pending(ApprovalRequest request) {
    return new Approval(
        request, Status.PENDING, request.decideBy(), List.of(), 0, null, null, null);
  }

  /** The pending id. */
  public String id() {
    return request.id();
  }

  /** The call it is good for. */
  public ApprovalBinding binding() {
    return request.binding();
  }

  /** The arguments as the agent sent them, or null when it sent none. */
  public @Nullable JsonObject arguments() {
    return request.arguments();
  }

  /** The decision that settled it; null while it waits or when nobody decided. */
  public @Nullable ApprovalDecision decision() {
    boolean settled = status == Status.APPROVED || status == Status.REJECTED;
    return settled && !votes.isEmpty() ? votes.get(votes.size() - 1) : null;
  }

  /**
   * The row with one more vote, or null when it cannot be cast: the row is settled, void or out of
   * time, this principal agreed before, or theirs is not asked for.
   */
  public @Nullable Approval voted(ApprovalDecision vote) {
    boolean open = status == Status.PENDING && voidReason == null && !expired(vote.at());
    if (!open || !isWanted(vote) || hasVoted(vote)) {
      return null;
    }
    List<ApprovalDecision> cast = new ArrayList<>(votes);
    cast.add(vote);
    if (!vote.approved()) {
      return with(Status.REJECTED, vote.at().plus(USABLE_FOR), cast);
    }
    if (!isSettledBy(cast)) {
      return with(Status.PENDING, expiresAt, cast);
    }
    ApprovalTerms.Standing standing = request.terms().standing();
    Duration usable = standing == null ? USABLE_FOR : standing.ttl();
    return with(Status.APPROVED, vote.at().plus(usable), cast);
  }

  /** Anyone who may see a call may stop it; agreeing is for those who were asked. */
  private boolean isWanted(ApprovalDecision vote) {
    ApprovalTerms.By by = request.terms().by();
    if (vote.byUser()) {
      return by != ApprovalTerms.By.OPERATOR;
    }
    return !vote.approved() || by != ApprovalTerms.By.USER;
  }

  private boolean hasVoted(ApprovalDecision vote) {
    return votes.stream()
        .anyMatch(v -> v.principal().equals(vote.principal()) || (v.byUser() && vote.byUser()));
  }

  private boolean isSettledBy(List<ApprovalDecision> cast) {
    long operators = cast.stream().filter(v -> !v.byUser()).count();
    boolean consented = cast.stream().anyMatch(ApprovalDecision::byUser);
    return operators >= request.terms().operatorsNeeded()
        && (consented || request.terms().by() == ApprovalTerms.By.OPERATOR);
  }

  /** The row once its time ran out undecided. */
  public Approval timedOut() {
    return with(Status.TIMEOUT, expiresAt, votes);
  }

  /** The row once one more call went through, or null when none can. */
  public @Nullable Approval used(Instant at) {
    return isUsable(at)
        ? new Approval(request, status, expiresAt, votes, uses + 1, at, voidReason, voidedAt)
        : null;
  }

  /** The row once it can no longer be used, as when the policy changed. */
  public Approval voided(String why, Instant at) {
    return new Approval(request, status, expiresAt, votes, uses, usedAt, why, at);
  }

  /** Whether a call can go through by it now. */
  public boolean isUsable(Instant now) {
    return status == Status.APPROVED && !isUsedUp() && voidReason == null && !expired(now);
  }

  /** Whether as many calls went through as may. */
  public boolean isUsedUp() {
    ApprovalTerms.Standing standing = request.terms().standing();
    return uses >= (standing == null ? 1 : standing.maxUses());
  }

  /** Whether it is a grant for further calls, see {@link ApprovalTerms.Standing}. */
  public boolean isStandingGrant() {
    return status == Status.APPROVED && request.terms().standing() != null;
  }

  /** Whether a call that says nothing of an approval meets this row. */
  public boolean isMetBy(ApprovalBinding call, Instant now) {
    if (isUsedUp() || voidReason != null || status == Status.TIMEOUT || expired(now)) {
      return false;
    }
    return binding().sameCall(call) || (isStandingGrant() && binding().covers(call));
  }

  /** When it last changed, as far as the row says. */
  public Instant changedAt() {
    if (voidedAt != null && status != Status.TIMEOUT) {
      return voidedAt;
    }
    if (usedAt != null) {
      return usedAt;
    }
    if (status == Status.TIMEOUT) {
      return expiresAt;
    }
    return votes.isEmpty() ? request.createdAt() : votes.get(votes.size() - 1).at();
  }

  /** Whether its time ran out: undecided, or approved and not used. */
  public boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  private Approval with(Status newStatus, Instant newExpiry, List<ApprovalDecision> newVotes) {
    return new Approval(
        request, newStatus, newExpiry, List.copyOf(newVotes), uses, usedAt, voidReason, voidedAt);
  }
}
