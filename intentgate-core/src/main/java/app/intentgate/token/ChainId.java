package app.intentgate.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Names a token of a chain by a hash of its signature, from which the signature cannot be had. */
final class ChainId {
  private static final byte[] PURPOSE = "intentgate-chain-v1".getBytes(StandardCharsets.US_ASCII);
  private static final Pool<MessageDigest> DIGESTS = new Pool<>(ChainId::sha256);

  private ChainId() {}

  /** The chain id of the 32 bytes of signature at a place. */
  static String of(byte[] signatures, int from) {
    MessageDigest digest = DIGESTS.take();
    digest.update(PURPOSE);
    digest.update(signatures, from, Hmac.LENGTH);
    byte[] hash = digest.digest();
    DIGESTS.give(digest);
    return Base64Url.encode(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
