package app.intentgate.audit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The Ed25519 key that signs checkpoints. Does not print itself. Immutable and thread-safe. */
public final class CheckpointKey {
  static final String ALGORITHM = "Ed25519";
  static final int MARK_LENGTH = 4;
  private static final int ID_BYTES = 8;

  private final PrivateKey secret;
  private final PublicCheckpointKey open;

  private CheckpointKey(PrivateKey secret, PublicCheckpointKey open) {
    this.secret = secret;
    this.open = open;
  }

  /** A new key. */
  public static CheckpointKey generate(Instant now) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new CheckpointKey(pair.getPrivate(), PublicCheckpointKey.of(pair.getPublic(), now));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is no such key
   */
  public static CheckpointKey decode(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length != 3) {
      throw new IllegalArgumentException("a checkpoint key has three parts");
    }
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[0])));
      PublicCheckpointKey open = PublicCheckpointKey.decode(parts[1], Instant.parse(parts[2]));
      CheckpointKey key = new CheckpointKey(secret, open);
      Checkpoint probe = key.sign("probe", 1, "0".repeat(64), Instant.EPOCH);
      if (!open.verifies(probe)) {
        throw new IllegalArgumentException(
            "the two halves of the checkpoint key do not belong together");
      }
      return key;
    } catch (GeneralSecurityException | DateTimeException e) {
      throw new IllegalArgumentException("not a checkpoint key", e);
    }
  }

  /** The key as it is kept: a secret. */
  public String encode() {
    return Base64.getEncoder().encodeToString(secret.getEncoded())
        + " "
        + open.publicKey()
        + " "
        + open.notBefore();
  }

  /** The half that verifies, which everybody may have. */
  public PublicCheckpointKey publicHalf() {
    return open;
  }

  /** Its id: the first 16 hex digits of the SHA-256 of the public key. */
  public String id() {
    return open.id();
  }

  /** Signs where a chain stands. */
  public Checkpoint sign(String tenant, long sequence, String headHash, Instant at) {
    String text = Checkpoint.text(tenant, sequence, headHash, at);
    return new Checkpoint(
        tenant,
        sequence,
        headHash,
        at,
        id(),
        Base64.getEncoder().encodeToString(sign(text.getBytes(StandardCharsets.UTF_8))));
  }

  /** Signs bytes. */
  public byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the checkpoint key cannot sign", e);
    }
  }

  /** The id of a raw public key. */
  static String idOf(byte[] raw) {
    return HexFormat.of().formatHex(Arrays.copyOf(sha256(raw), ID_BYTES));
  }

  /** What a signature line starts with, so that a verifier finds its key. */
  static byte[] mark(String keyId) {
    return Arrays.copyOf(
        sha256(("intentgate+" + keyId + "\n\u0001").getBytes(StandardCharsets.UTF_8)), MARK_LENGTH);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The id alone. */
  @Override
  public String toString() {
    return "CheckpointKey[" + id() + "]";
  }
}
