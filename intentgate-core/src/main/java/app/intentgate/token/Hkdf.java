package app.intentgate.token;

import java.util.Arrays;

/** HKDF-SHA256 (RFC 5869) for up to 32 bytes, which one round of expansion gives. */
final class Hkdf {
  private Hkdf() {}

  /** 32 bytes derived from a key for one purpose; an empty salt stands for none. */
  static byte[] derive(byte[] key, byte[] salt, byte[] info) {
    byte[] pseudoRandomKey = Hmac.of(salt.length == 0 ? new byte[Hmac.LENGTH] : salt, key);
    byte[] derived = Hmac.of(pseudoRandomKey, info, new byte[] {1});
    Arrays.fill(pseudoRandomKey, (byte) 0);
    return derived;
  }
}
