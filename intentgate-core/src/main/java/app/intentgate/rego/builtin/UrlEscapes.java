package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.text.GoText;
import java.util.Arrays;

/** Percent escapes the way Go's {@code net/url} reads and writes them. */
final class UrlEscapes {
  /** Which part of a URL a text is; each has its own reserved characters. */
  enum Part {
    PATH("$&+,/:;=@"),
    QUERY(""),
    USER("$&+,;="),
    FRAGMENT("$&+,/:;=?@!()*"),
    HOST("!$&'()*+,;=:[]<>\""),
    ZONE("!$&'()*+,;=:[]<>\"");

    /** The octets of ASCII that are escaped, a bit each; all others are. */
    private final long low;

    private final long high;

    Part(String plain) {
      long[] bits = new long[2];
      for (int octet = 0; octet < 0x80; octet++) {
        if (!Character.isLetterOrDigit(octet)
            && "-_.~".indexOf(octet) < 0
            && plain.indexOf(octet) < 0) {
          bits[octet >> 6] |= 1L << octet;
        }
      }
      this.low = bits[0];
      this.high = bits[1];
    }

    private boolean escapes(int octet) {
      return octet >= 0x80 || ((octet < 64 ? low : high) >>> octet & 1) != 0;
    }

    private boolean isHost() {
      return this == HOST || this == ZONE;
    }
  }

  private static final String HEX = "0123456789ABCDEF";

  private UrlEscapes() {}

  /** The text with everything escaped that the part reserves; a space in a query is a plus. */
  static String escape(String text, Part part) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : GoBytes.of(text)) {
      int octet = b & 0xff;
      if (octet == ' ' && part == Part.QUERY) {
        out.append('+');
      } else if (part.escapes(octet)) {
        out.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
      } else {
        out.append((char) octet);
      }
    }
    return out.toString();
  }

  /** The text that escapes stand for. */
  static String unescape(String text, Part part) throws BuiltinException {
    byte[] in = GoBytes.of(text);
    byte[] out = new byte[in.length];
    int size = 0;
    for (int i = 0; i < in.length; i++) {
      int c = in[i] & 0xff;
      if (c == '%') {
        out[size++] = (byte) escaped(in, i, part);
        i += 2;
      } else if (c == '+' && part == Part.QUERY) {
        out[size++] = ' ';
      } else if (part.isHost() && c < 0x80 && part.escapes(c)) {
        throw BuiltinException.of(
            "invalid character " + GoText.quote(Character.toString(c)) + " in host name");
      } else {
        out[size++] = in[i];
      }
    }
    return GoBytes.text(Arrays.copyOf(out, size));
  }

  private static int escaped(byte[] in, int at, Part part) throws BuiltinException {
    int high = at + 1 < in.length ? Character.digit(in[at + 1], 16) : -1;
    int low = at + 2 < in.length ? Character.digit(in[at + 2], 16) : -1;
    int value = high << 4 | low;
    boolean percent = value == '%';
    // In a host only what is not ASCII may be escaped, and in a zone only what needs it.
    if (high < 0
        || low < 0
        || part == Part.HOST && high < 8 && !percent
        || part == Part.ZONE && !percent && value != ' ' && Part.HOST.escapes(value)) {
      int end = Math.min(in.length, at + 3);
      String shown = GoBytes.text(Arrays.copyOfRange(in, at, end));
      throw BuiltinException.of("invalid URL escape " + GoText.quote(shown));
    }
    return value;
  }
}
