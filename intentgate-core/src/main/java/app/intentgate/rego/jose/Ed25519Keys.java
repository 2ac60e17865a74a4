package app.intentgate.rego.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 keys from their 32 bytes (RFC 8032, in the encodings of RFC 8410). */
final class Ed25519Keys {
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final int SIZE = 32;

  private Ed25519Keys() {}

  static PublicKey publicKey(byte[] bytes) throws JoseException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, bytes)));
    } catch (GeneralSecurityException e) {
      throw new JoseException("invalid Ed25519 key");
    }
  }

  static PrivateKey privateKey(byte[] bytes) throws JoseException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, bytes)));
    } catch (GeneralSecurityException e) {
      throw new JoseException("invalid Ed25519 key");
    }
  }

  private static byte[] joined(byte[] prefix, byte[] bytes) throws JoseException {
    if (bytes.length != SIZE) {
      throw new JoseException("an Ed25519 key has 32 bytes, not " + bytes.length);
    }
    byte[] out = java.util.Arrays.copyOf(prefix, prefix.length + SIZE);
    System.arraycopy(bytes, 0, out, prefix.length, SIZE);
    return out;
  }
}
