package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.revocation.Revocation;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.TokenException;
import java.time.Instant;
import java.util.List;

/** Mints and revokes. */
public final class TokenAdmin {
  private final AdminHttp http;

  TokenAdmin(AdminHttp http) {
    this.http = http;
  }

  /** Mints a token. */
  public MintedCapability mint(MintRequest request) {
    JsonObject minted = http.post("/v1/admin/mint", request.json());
    String key = Reading.text(minted, "memory_signing_key");
    return new MintedCapability(
        decoded(Reading.text(minted, "token")),
        Reading.time(minted, "expires_at"),
        key.isEmpty() ? null : key);
  }

  private static CapabilityToken decoded(String token) {
    try {
      return CapabilityToken.decode(token);
    } catch (TokenException e) {
      throw new AdminException(0, "the answer holds no token that can be read", null, e);
    }
  }

  /**
   * Revokes a token and all its descendants.
   *
   * @param id its {@code jti}, or the {@linkplain CapabilityToken#chainId chain id} of one
   *     attenuated token
   * @param reason why, for the audit log
   */
  public void revoke(String id, String reason) {
    var unused =
        http.post(
            "/v1/admin/revoke",
            JsonObject.of("jti", JsonValue.of(id), "reason", JsonValue.of(reason)));
  }

  /**
   * The tokens that were minted, newest first, without anything secret.
   *
   * @param tenant of one tenant; empty for all the operator sees
   * @param subject of one agent; empty for all
   */
  public JsonObject minted(String tenant, String subject, int limit, int offset) {
    return http.get(
        "/v1/admin/tokens"
            + new Parameters()
                .with("tenant", tenant)
                .with("subject", subject)
                .with("limit", limit)
                .with("offset", offset));
  }

  /** Revoked tokens, newest first. */
  public List<Revocation> revocations(int limit, int offset) {
    JsonObject page =
        http.get(
            "/v1/admin/revocations" + new Parameters().with("limit", limit).with("offset", offset));
    return Reading.list(
        page,
        "revocations",
        row -> {
          Instant at = Reading.time(row, "revoked_at");
          return new Revocation(
              Reading.text(row, "jti"),
              Reading.text(row, "tenant"),
              at == null ? Instant.EPOCH : at,
              Reading.text(row, "reason"));
        });
  }
}
