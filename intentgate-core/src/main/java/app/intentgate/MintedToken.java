package app.intentgate;

import app.intentgate.token.CapabilityToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was just minted, with what its holder may want to know.
 *
 * @param token the token; print it nowhere but to its holder
 * @param expiresAt when it expires, or null for never
 */
public record MintedToken(CapabilityToken token, @Nullable Instant expiresAt) {}
