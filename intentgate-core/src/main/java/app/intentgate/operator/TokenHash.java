package app.intentgate.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of an operator's token. The token has 256 random bits, so no slow hash is needed, and a
 * wrong token costs nothing. Comparing takes the same time whatever the bytes.
 */
public final class TokenHash {
  private static final int LENGTH = 32;

  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a token. */
  public static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A hash as it is stored.
   *
   * @throws IllegalArgumentException when it is not 64 hex digits
   */
  public static TokenHash parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a token hash has 64 hex digits");
    }
    return new TokenHash(bytes);
  }

  /** The hash as it is stored: lower-case hex. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3];
  }

  /** Nothing of the hash. */
  @Override
  public String toString() {
    return "TokenHash";
  }
}
