package app.intentgate.operator;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditStore;
import app.intentgate.operator.OperatorException.Code;
import app.intentgate.store.Stages;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes, rotates and revokes operators' accounts (B41). Nobody grants more than they have, and each
 * act is on the audit chain before it is answered. Thread-safe.
 */
public final class OperatorAccounts {
  /** The longest name or subject, in characters. */
  public static final int MAX_TEXT = 200;

  /** The longest a replaced token may go on working. */
  public static final Duration MAX_GRACE = Duration.ofDays(7);

  private final OperatorStore store;
  private final AuditStore audit;
  private final Clock clock;
  private final SecureRandom random;

  /** Accounts kept in a store, with their acts recorded in a log. */
  public OperatorAccounts(OperatorStore store, AuditStore audit, Clock clock, SecureRandom random) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A new account as asked for.
   *
   * @param name what people call it
   * @param role what it may do
   * @param tenant the tenant it acts in; empty for all
   * @param subject the agent subject that is the same person; may be empty
   * @param expiresAt when its token stops working, or null
   */
  public record Draft(
      String name, Role role, String tenant, String subject, @Nullable Instant expiresAt) {}

  /**
   * An account with its token, which is nowhere else.
   *
   * @param account the account
   * @param token the token, to be shown once
   */
  public record Issued(OperatorAccount account, String token) {
    /** The account alone. */
    @Override
    public String toString() {
      return "Issued[" + account.id() + "]";
    }
  }

  /**
   * Makes an account.
   *
   * @throws OperatorException when the draft is incomplete, or grants more than the authority has
   */
  public CompletionStage<Issued> create(Draft draft, Authority authority, Operator by) {
    check(draft);
    if (!authority.mayGrant(draft.role(), draft.tenant())) {
      throw new OperatorException(
          Code.FORBIDDEN, "an operator cannot grant a role or a scope beyond its own");
    }
    String id = OperatorToken.newId(random);
    String token = OperatorToken.make(id, random);
    OperatorAccount account =
        new OperatorAccount(
            id,
            draft.name(),
            draft.role(),
            draft.tenant(),
            draft.subject(),
            clock.instant(),
            draft.expiresAt(),
            null,
            TokenHash.of(token),
            null);
    AuditEventBuilder event =
        event(by, "admin/operators/create", account)
            .reason(
                "operator created: id="
                    + id
                    + " name="
                    + draft.name()
                    + " role="
                    + draft.role().wireName());
    return Stages.then(
        audit.append(event.build()),
        stored -> Stages.map(store.create(account), done -> new Issued(account, token)));
  }

  private void check(Draft draft) {
    if (draft.name().isBlank() || draft.name().length() > MAX_TEXT) {
      throw new OperatorException(
          Code.INVALID, "name is required, of at most " + MAX_TEXT + " characters");
    }
    if (draft.subject().length() > MAX_TEXT || draft.tenant().length() > MAX_TEXT) {
      throw new OperatorException(
          Code.INVALID, "tenant and subject have at most " + MAX_TEXT + " characters");
    }
    if (draft.expiresAt() != null && !draft.expiresAt().isAfter(clock.instant())) {
      throw new OperatorException(Code.INVALID, "expires_at must be in the future");
    }
  }

  /**
   * Gives an account a new token.
   *
   * @param grace how long the old one works on, at most {@link #MAX_GRACE}
   * @throws OperatorException when there is no such account to be seen, or it is revoked
   */
  public CompletionStage<Issued> rotate(
      String id, Duration grace, Authority authority, Operator by) {
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw new OperatorException(
          Code.INVALID, "grace_seconds must be 0 to " + MAX_GRACE.toSeconds());
    }
    OperatorAccount account = visible(id, authority);
    if (!account.isActive(clock.instant())) {
      throw new OperatorException(
          Code.CONFLICT, "this operator is revoked or expired: make a new one");
    }
    String token = OperatorToken.make(id, random);
    OperatorAccount next =
        account.rotated(TokenHash.of(token), grace.isZero() ? null : clock.instant().plus(grace));
    AuditEventBuilder event =
        event(by, "admin/operators/rotate", account)
            .reason("operator token rotated: id=" + id + " grace_seconds=" + grace.toSeconds());
    return Stages.then(
        audit.append(event.build()),
        stored -> Stages.map(replace(account, next), done -> new Issued(next, token)));
  }

  /**
   * Revokes an account; one that is revoked already stays as it is.
   *
   * @throws OperatorException when there is no such account to be seen
   */
  public CompletionStage<OperatorAccount> revoke(String id, Authority authority, Operator by) {
    OperatorAccount account = visible(id, authority);
    OperatorAccount next = account.revoked(clock.instant());
    AuditEventBuilder event =
        event(by, "admin/operators/revoke", account).reason("operator revoked: id=" + id);
    return Stages.then(
        replace(account, next), done -> Stages.map(audit.append(event.build()), stored -> next));
  }

  private CompletionStage<Void> replace(OperatorAccount account, OperatorAccount next) {
    return Stages.then(
        store.replace(account, next),
        replaced ->
            replaced
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(
                    new OperatorException(
                        Code.CONFLICT, "the operator was changed meanwhile: try again")));
  }

  /** The accounts an authority may see, oldest first. May block. */
  public List<OperatorAccount> list(Authority authority) {
    return store.list(authority.tenant().isEmpty() ? null : authority.tenant());
  }

  /** When an account last signed in; null for never, or unknown. */
  public @Nullable Instant lastUsed(String id) {
    return store.lastUsed(id);
  }

  /** One that may not be changed is as one that is not there. */
  private OperatorAccount visible(String id, Authority authority) {
    OperatorAccount account = store.find(id);
    if (account == null || !authority.maySee(account.tenant())) {
      throw new OperatorException(Code.NOT_FOUND, "operator not found");
    }
    if (!authority.mayGrant(account.role(), account.tenant())) {
      throw new OperatorException(
          Code.FORBIDDEN, "an operator cannot change one with a role beyond its own");
    }
    return account;
  }

  private AuditEventBuilder event(Operator by, String action, OperatorAccount account) {
    return OperatorEvents.event(by, action, clock.instant())
        .decision(AuditDecision.ALLOW)
        .check("capability")
        .tenant(account.tenant());
  }
}
