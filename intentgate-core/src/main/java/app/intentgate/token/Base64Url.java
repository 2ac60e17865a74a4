package app.intentgate.token;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding, in the one spelling each sequence of bytes has (B6): no padding, no
 * line breaks, and no bits left over in the last character (RFC 4648, 3.2, 3.3 and 3.5).
 */
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes, or null when the text is not their one spelling. */
  static byte @Nullable [] decode(String text) {
    int length = text.length();
    if (length == 0) {
      return new byte[0];
    }
    int unused =
        switch (length % 4) {
          case 0 -> 0;
          case 2 -> 15;
          case 3 -> 3;
          default -> -1;
        };
    char last = text.charAt(length - 1);
    if (unused < 0 || last == '=' || (ALPHABET.indexOf(last) & unused) != 0) {
      return null;
    }
    try {
      return DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
