package app.intentgate.revocation;

import java.time.Instant;

/**
 * One revoked token.
 *
 * @param id a token's jti, which revokes it and all its descendants, or the chain id of one
 *     attenuated token, which revokes that one and its descendants (B11)
 * @param tenant the tenant it holds for; empty for all of them
 * @param revokedAt when it was first revoked
 * @param reason what the operator wrote; may be empty
 */
public record Revocation(String id, String tenant, Instant revokedAt, String reason) {
  /** The length of a chain id; a jti made by a gate has 22 characters. */
  public static final int CHAIN_ID_LENGTH = 43;

  /** The tenant that stands for all tenants. */
  public static final String EVERY_TENANT = "";

  /** Whether the id can be a chain id. */
  public boolean mayBeChainId() {
    return id.length() == CHAIN_ID_LENGTH;
  }
}
