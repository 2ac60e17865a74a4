package app.intentgate.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One operator. Immutable: each change is a new value. It holds hashes of its tokens, never a
 * token.
 *
 * @param id its id, part of its token
 * @param name what people call it
 * @param role what it may do
 * @param tenant the one tenant it acts in; empty for all
 * @param subject the agent subject that is the same person, whose calls it may not approve; may be
 *     empty
 * @param createdAt when it was made
 * @param expiresAt when its token stops working, or null
 * @param revokedAt when it was revoked, or null
 * @param token the hash of its token
 * @param previous the token before the last rotation, while that still works; or null
 */
public record OperatorAccount(
    String id,
    String name,
    Role role,
    String tenant,
    String subject,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    TokenHash token,
    @Nullable Previous previous) {

  /**
   * A token that was replaced and works a while longer.
   *
   * @param token its hash
   * @param until when it stops working
   */
  public record Previous(TokenHash token, Instant until) {}

  /** The name it has in the audit log. */
  public String principal() {
    return "operator:" + id;
  }

  /** Whether it is neither revoked nor expired at a time. */
  public boolean isActive(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** Whether a token is this account's at a time; compares in constant time. */
  public boolean accepts(TokenHash presented, Instant now) {
    boolean current = token.equals(presented);
    Previous old = previous;
    boolean before = old != null && old.token().equals(presented) && now.isBefore(old.until());
    return (current || before) && isActive(now);
  }

  /** The account with a new token, the old one working until a time. */
  public OperatorAccount rotated(TokenHash next, @Nullable Instant oldUntil) {
    return new OperatorAccount(
        id,
        name,
        role,
        tenant,
        subject,
        createdAt,
        expiresAt,
        revokedAt,
        next,
        oldUntil == null ? null : new Previous(token, oldUntil));
  }

  /** The account, revoked; one that is revoked already keeps its time. */
  public OperatorAccount revoked(Instant at) {
    return revokedAt != null
        ? this
        : new OperatorAccount(
            id, name, role, tenant, subject, createdAt, expiresAt, at, token, null);
  }
}
