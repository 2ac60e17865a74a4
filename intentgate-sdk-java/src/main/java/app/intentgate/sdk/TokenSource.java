package app.intentgate.sdk;

import app.intentgate.token.CapabilityToken;
import org.jspecify.annotations.Nullable;

/**
 * Where a client gets the token of a call. Asked before every call, on the thread that calls, so it
 * should remember what it gave; must be thread-safe.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * The token for a call, or null for none.
   *
   * @throws RuntimeException when there is no token to be had; the call fails with it
   */
  @Nullable CapabilityToken token(Request request);

  /**
   * What a token is asked for.
   *
   * @param user the user the agent acts for, as {@link CallOptions#user} names it, or null
   * @param refused the token that a gate has just refused as expired, revoked or unknown, or null;
   *     the same one again ends the call with that refusal
   */
  record Request(@Nullable String user, @Nullable CapabilityToken refused) {}

  /** Always the same token. */
  static TokenSource of(CapabilityToken token) {
    return request -> token;
  }

  /**
   * Always the same token, given as text.
   *
   * @throws app.intentgate.token.TokenException when it is none
   */
  static TokenSource of(String token) {
    return of(CapabilityToken.decode(token));
  }

  /** No token: for gates that do not require one. */
  static TokenSource none() {
    return request -> null;
  }
}
