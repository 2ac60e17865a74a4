package app.intentgate.json;

/** UTF-8 by the letter: shortest forms only, no surrogates, nothing above U+10FFFF (RFC 3629). */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the character at a position has, or 0 when no valid one starts there. */
  static int lengthAt(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (end - at < length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** The character at a position where {@link #lengthAt} gave this length. */
  static int codePointAt(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int c = bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      c = (c << 6) | (bytes[at + i] & 0x3f);
    }
    return c;
  }

  /**
   * The bytes of a string. A lone surrogate, which has none, becomes the three bytes its number
   * would have had: they are not UTF-8, so that a strict reader refuses them.
   */
  static byte[] encode(String text) {
    JsonOutput out = new JsonOutput(text.length() + text.length() / 8 + 8);
    out.rawText(text);
    return out.toByteArray();
  }

  /** Puts U+FFFD in place of each lone surrogate that {@link #encode} wrote. */
  static void replaceSurrogates(byte[] encoded) {
    for (int i = 0; i + 2 < encoded.length; i++) {
      if (encoded[i] == (byte) 0xed && (encoded[i + 1] & 0xff) >= 0xa0) {
        encoded[i] = (byte) 0xef;
        encoded[i + 1] = (byte) 0xbf;
        encoded[i + 2] = (byte) 0xbd;
      }
    }
  }
}
