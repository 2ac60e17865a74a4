package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes the hashes that link a chain; for whoever appends or verifies many events. Reuses its
 * buffers: not thread-safe.
 */
final class ChainHasher {
  /** The length of a hash as text. */
  static final int HASH_LENGTH = 64;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREV_HASH = ",\"prev_hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256 = sha256();
  private final byte[] raw = new byte[HASH_LENGTH / 2];
  private final byte[] hex = new byte[HASH_LENGTH];
  private final ByteBuilder hashed = new ByteBuilder(2048);

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The hash of an event's members after a previous hash (64 bytes, or none for the first), as text
   * in an array that the next call overwrites.
   */
  byte[] hash(byte[] prev, int prevFrom, int prevTo, EventMembers event) {
    hashed.reset().add(prev, prevFrom, prevTo);
    return hashed(event);
  }

  /** The same, after a previous hash that is text. */
  byte[] hash(String prev, EventMembers event) {
    hashed.reset().ascii(prev);
    return hashed(event);
  }

  private byte[] hashed(EventMembers event) {
    event.canonical(hashed);
    hashed.update(sha256);
    try {
      sha256.digest(raw, 0, raw.length);
    } catch (java.security.DigestException e) {
      throw new IllegalStateException("the buffer has the length of the digest", e);
    }
    for (int i = 0; i < raw.length; i++) {
      hex[2 * i] = HEX[raw[i] >> 4 & 15];
      hex[2 * i + 1] = HEX[raw[i] & 15];
    }
    return hex;
  }

  /** Adds the wire form of members with the hashes of a stored event. */
  static void wire(EventMembers members, StoredEvent stored, ByteBuilder out) {
    members.openWire(out);
    if (!stored.prevHash().isEmpty()) {
      out.add(PREV_HASH).ascii(stored.prevHash()).add('"');
    }
    if (!stored.hash().isEmpty()) {
      out.add(HASH).ascii(stored.hash()).add('"');
    }
    out.add('}');
  }
}
