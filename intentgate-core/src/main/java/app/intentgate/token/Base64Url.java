package app.intentgate.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding, in the one spelling each sequence of bytes has (B6): no padding, no
 * line breaks, and no bits left over in the last character (RFC 4648, 3.2, 3.3 and 3.5).
 */
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The value of each ASCII character, shifted to each of the four places of a group. */
  private static final int[] FIRST = digits(18);

  private static final int[] SECOND = digits(12);
  private static final int[] THIRD = digits(6);
  private static final int[] FOURTH = digits(0);

  private static int[] digits(int shift) {
    int[] digits = new int[0x80];
    Arrays.fill(digits, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = i << shift;
    }
    return digits;
  }

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The same, by way of an array that has the length of the text. */
  static String encode(byte[] bytes, byte[] text) {
    ENCODER.encode(bytes, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The bytes, or null when the text is not their one spelling. */
  static byte @Nullable [] decode(String text) {
    byte[] bytes = new byte[decodedLength(text.length())];
    return decode(text, bytes) ? bytes : null;
  }

  /** How many bytes a text of so many characters is decoded to. */
  static int decodedLength(int characters) {
    return (int) (characters * 3L / 4);
  }

  /** Decodes a text into an array with room for it; false when it is not the one spelling. */
  static boolean decode(String text, byte[] to) {
    int length = text.length();
    if (length % 4 == 1) {
      return false;
    }
    int whole = length & ~3;
    int at = 0;
    for (int i = 0; i < whole; i += 4) {
      int bits = group(text.charAt(i), text.charAt(i + 1), text.charAt(i + 2), text.charAt(i + 3));
      if (bits < 0) {
        return false;
      }
      to[at] = (byte) (bits >> 16);
      to[at + 1] = (byte) (bits >> 8);
      to[at + 2] = (byte) bits;
      at += 3;
    }
    if (whole == length) {
      return true;
    }
    boolean three = length - whole == 3;
    int bits =
        group(
            text.charAt(whole), text.charAt(whole + 1), three ? text.charAt(whole + 2) : 'A', 'A');
    to[at] = (byte) (bits >> 16);
    if (three) {
      to[at + 1] = (byte) (bits >> 8);
    }
    return bits >= 0 && (bits & (three ? 0xff : 0xffff)) == 0;
  }

  /** The 24 bits of four characters, or a negative number when one is none of ours. */
  private static int group(char a, char b, char c, char d) {
    return (a | b | c | d) < 0x80 ? FIRST[a] | SECOND[b] | THIRD[c] | FOURTH[d] : -1;
  }
}
