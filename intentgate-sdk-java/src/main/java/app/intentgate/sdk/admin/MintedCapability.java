package app.intentgate.sdk.admin;

import app.intentgate.token.CapabilityToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was minted. Its text is in {@link CapabilityToken#encode}; neither that nor the key
 * is shown by {@link #toString}.
 *
 * @param token the token
 * @param expiresAt when it expires, or null for never
 * @param memorySigningKey the key that signs memory, where it was asked for; or null
 */
public record MintedCapability(
    CapabilityToken token, @Nullable Instant expiresAt, @Nullable String memorySigningKey) {
  @Override
  public String toString() {
    return "MintedCapability[" + token + ", expiresAt=" + expiresAt + "]";
  }
}
