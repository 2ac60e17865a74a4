package app.intentgate.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A text that opens something. Compared in constant time, never printed. */
public final class Secret {
  private final byte[] digest;

  private Secret(byte[] digest) {
    this.digest = digest;
  }

  /** A secret of that text. */
  public static Secret of(String text) {
    return new Secret(sha256(text));
  }

  /** Whether a presented text is this secret; takes the same time whatever is presented. */
  public boolean matches(String presented) {
    return MessageDigest.isEqual(digest, sha256(presented));
  }

  /** Whether a text with this digest is the secret; constant time. */
  public boolean matches(Presented presented) {
    return MessageDigest.isEqual(digest, presented.digest);
  }

  /** Whether both are of the same text; constant time. */
  boolean isSameAs(Secret other) {
    return MessageDigest.isEqual(digest, other.digest);
  }

  /** A presented text, digested once to be compared with several secrets. */
  public static Presented presented(String text) {
    return new Presented(sha256(text));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }

  /** The digest of what a caller presented. */
  public static final class Presented {
    private final byte[] digest;

    private Presented(byte[] digest) {
      this.digest = digest;
    }

    @Override
    public String toString() {
      return "***";
    }
  }
}
