package app.intentgate.token;

import app.intentgate.token.TokenException.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs tokens. It does not print; {@link #exposeText} gives it to the one place that
 * stores it. Equality takes the same time whatever differs. Immutable and thread-safe.
 */
public final class MasterKey {
  /** The fewest bytes a key may have. */
  public static final int MIN_BYTES = 16;

  private static final int GENERATED_BYTES = 32;
  private static final int ID_LENGTH = 8;

  private final byte[] bytes;
  private final String id;
  private final byte[] stepUpKey;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = Base64Url.encode(derive("intentgate-key-id-v1")).substring(0, ID_LENGTH);
    this.stepUpKey = derive("intentgate-step-up-v1");
  }

  /**
   * A key from its bytes, which are copied.
   *
   * @throws TokenException with {@code INVALID_KEY} when there are fewer than {@link #MIN_BYTES}
   */
  public static MasterKey of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new TokenException(Code.INVALID_KEY, "master key is empty");
    }
    if (bytes.length < MIN_BYTES) {
      throw new TokenException(
          Code.INVALID_KEY, "master key must decode to at least " + MIN_BYTES + " bytes");
    }
    return new MasterKey(bytes.clone());
  }

  /**
   * A key from base64, either alphabet, with or without padding; line breaks are skipped.
   *
   * @throws TokenException with {@code INVALID_KEY} when it is empty, no base64 or too short; the
   *     message does not show the text
   */
  public static MasterKey parse(String text) {
    String compact = text.replace("\r", "").replace("\n", "");
    if (compact.isEmpty()) {
      throw new TokenException(Code.INVALID_KEY, "master key is empty");
    }
    byte[] decoded = decode(Base64.getUrlDecoder(), compact);
    if (decoded == null) {
      decoded = decode(Base64.getDecoder(), compact);
    }
    if (decoded == null) {
      throw new TokenException(Code.INVALID_KEY, "master key is not valid base64");
    }
    return of(decoded);
  }

  private static byte @Nullable [] decode(Base64.Decoder decoder, String text) {
    try {
      return decoder.decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A new key of 32 random bytes. */
  public static MasterKey generate(SecureRandom random) {
    byte[] bytes = new byte[GENERATED_BYTES];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /** A name for the key that says nothing about it, for logs and lists. */
  public String id() {
    return id;
  }

  /** The secret as base64url, to be stored where only the gate can read it. */
  public String exposeText() {
    return Base64Url.encode(bytes);
  }

  /** 32 bytes for another purpose: HKDF-SHA256 without salt, the purpose as its info. */
  public byte[] derive(String purpose) {
    return Hkdf.derive(bytes, new byte[0], purpose.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key with which the holder of a token signs its memory (contract 9.4): 32 bytes by
   * HKDF-SHA256, salted with the token's id.
   */
  public byte[] memorySessionKey(String tokenId) {
    return Hkdf.derive(
        bytes,
        tokenId.getBytes(StandardCharsets.UTF_8),
        "intentgate-memory-v1".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * HMAC-SHA256 over a proof of intent in its first form ({@code poi-1}), as clients of the
   * contract know it. Such a document starts with another member than a token's payload, so that a
   * signature over one never is one over the other.
   *
   * @throws IllegalArgumentException when it does not start as such a document does
   */
  public byte[] proofSignature(byte[] document) {
    String start = "{\"version\":\"poi-1\",";
    if (!new String(document, StandardCharsets.UTF_8).startsWith(start)) {
      throw new IllegalArgumentException("a proof of intent starts with " + start);
    }
    return Hmac.of(bytes, document);
  }

  /** The secret itself; callers must not change it. */
  byte[] bytes() {
    return bytes;
  }

  /** The derived key that proves step-ups; callers must not change it. */
  byte[] stepUpKey() {
    return stepUpKey;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MasterKey k && MessageDigest.isEqual(bytes, k.bytes);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The key's {@link #id}, never the key. */
  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
