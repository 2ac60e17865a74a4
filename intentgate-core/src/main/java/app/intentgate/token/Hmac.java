package app.intentgate.token;

import app.intentgate.json.JsonOutput;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) by the JDK's own provider. Not thread-safe; lent by {@link #POOL}. */
final class Hmac {
  /** How many bytes a code has. */
  static final int LENGTH = 32;

  /** Instances that wait for use: making one costs more than most messages. */
  static final Pool<Hmac> POOL = new Pool<>(Hmac::new);

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  private Hmac() {
    mac = newMac();
  }

  static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The code of a message. */
  static byte[] of(byte[] key, byte[]... message) {
    Hmac hmac = POOL.take();
    hmac.key(key, 0, key.length);
    for (byte[] part : message) {
      hmac.mac.update(part);
    }
    byte[] code = hmac.mac.doFinal();
    POOL.give(hmac);
    return code;
  }

  private void key(byte[] bytes, int from, int length) {
    try {
      mac.init(new SecretKeySpec(bytes, from, length, ALGORITHM));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a raw key is always a key", e);
    }
  }

  /** Puts the code of a message at a place in an array. */
  void sign(byte[] key, int keyFrom, int keyLength, JsonOutput message, byte[] code, int codeAt) {
    key(key, keyFrom, keyLength);
    message.update(mac);
    try {
      mac.doFinal(code, codeAt);
    } catch (ShortBufferException e) {
      throw new IllegalArgumentException("no room for a code", e);
    }
  }
}
