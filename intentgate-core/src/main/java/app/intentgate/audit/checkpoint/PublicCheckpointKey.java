package app.intentgate.audit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The half of a checkpoint key that verifies.
 *
 * @param id the first 16 hex digits of the SHA-256 of the key
 * @param publicKey the 32 bytes of the key, base64
 * @param notBefore when it was made
 */
public record PublicCheckpointKey(String id, String publicKey, Instant notBefore) {
  private static final int LENGTH = 32;
  private static final int SIGNATURE_LENGTH = 64;

  /** What stands before the 32 bytes in X.509: algorithm 1.3.101.112 (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  static PublicCheckpointKey of(PublicKey key, Instant notBefore) {
    byte[] encoded = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    return new PublicCheckpointKey(
        CheckpointKey.idOf(raw), Base64.getEncoder().encodeToString(raw), notBefore);
  }

  /**
   * A key from its 32 bytes in base64.
   *
   * @throws IllegalArgumentException when it is not that
   */
  public static PublicCheckpointKey decode(String base64, Instant notBefore) {
    byte[] raw = Base64.getDecoder().decode(base64.strip());
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
    return new PublicCheckpointKey(CheckpointKey.idOf(raw), base64.strip(), notBefore);
  }

  /** Whether this key signed a checkpoint, and nothing of it was changed since. */
  public boolean verifies(Checkpoint checkpoint) {
    return checkpoint.keyId().equals(id)
        && verifies(checkpoint.text().getBytes(StandardCharsets.UTF_8), checkpoint.signature());
  }

  /** Whether a signature, in base64, is this key's over these bytes. */
  public boolean verifies(byte[] bytes, String signature) {
    byte[] raw = Base64.getDecoder().decode(publicKey);
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + raw.length);
    System.arraycopy(raw, 0, encoded, PREFIX.length, raw.length);
    try {
      Signature verifier = Signature.getInstance(CheckpointKey.ALGORITHM);
      verifier.initVerify(
          KeyFactory.getInstance(CheckpointKey.ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(bytes);
      byte[] signed = Base64.getDecoder().decode(signature);
      // Some JDKs pass over bytes behind a signature, which would be another spelling of it.
      return signed.length == SIGNATURE_LENGTH && verifier.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
