package app.intentgate.server.mcp;

import app.intentgate.token.KeyRing;
import app.intentgate.token.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts that only a gate with the same keys can read or make: AES-GCM under a key derived
 * from the master key for one purpose. Sealed under the newest key, opened under each. Thread-safe.
 */
final class Sealed {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int LONGEST = 16_384;

  private final List<SecretKeySpec> keys;
  private final SecureRandom random;

  Sealed(KeyRing ring, String purpose, SecureRandom random) {
    List<SecretKeySpec> derived = new ArrayList<>();
    for (MasterKey key : ring.keys()) {
      derived.add(new SecretKeySpec(key.derive(purpose), "AES"));
    }
    this.keys = List.copyOf(derived);
    this.random = random;
  }

  /** Whether what is sealed of this can be opened again. */
  static boolean fits(byte[] plain) {
    return ((NONCE + (long) plain.length + TAG_BITS / 8) * 4 + 2) / 3 <= LONGEST;
  }

  /** What no two sealed texts have in common: the beginning that stands for the nonce. */
  static String nonce(String text) {
    return text.substring(0, NONCE * 4 / 3);
  }

  String seal(byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, keys.get(0), new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(plain);
      byte[] out = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, out, NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing", e);
    }
  }

  /** What was sealed, or null when no gate of these keys made the text. */
  byte @Nullable [] open(String text) {
    byte[] bytes;
    try {
      if (text.length() > LONGEST) {
        return null;
      }
      bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.length < NONCE + TAG_BITS / 8
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
      return null;
    }
    for (SecretKeySpec key : keys) {
      try {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE));
        return cipher.doFinal(bytes, NONCE, bytes.length - NONCE);
      } catch (GeneralSecurityException e) {
        // Not under this key.
      }
    }
    return null;
  }
}
