package app.intentgate.rego.net;

import org.jspecify.annotations.Nullable;

/** Reads and writes addresses: four bytes for IPv4, sixteen for IPv6. */
final class IpText {
  private static final int V4 = 4;
  private static final int V6 = 16;

  private IpText() {}

  /** The bytes of an address; null when the text is none. Zones are not accepted. */
  static byte @Nullable [] parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '.') {
        return parseV4(text);
      }
      if (text.charAt(i) == ':') {
        return parseV6(text);
      }
    }
    return null;
  }

  /** Four decimal numbers without leading zeros. */
  private static byte @Nullable [] parseV4(String text) {
    byte[] out = new byte[V4];
    int field = 0;
    int digits = 0;
    int value = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (digits == 0 || field == V4) {
          return null;
        }
        out[field++] = (byte) value;
        digits = 0;
        value = 0;
      } else {
        boolean leadingZero = digits > 0 && value == 0;
        if (c < '0' || c > '9' || leadingZero) {
          return null;
        }
        value = value * 10 + (c - '0');
        digits++;
        if (value > 255) {
          return null;
        }
      }
    }
    return field == V4 ? out : null;
  }

  private static byte @Nullable [] parseV6(String text) {
    byte[] out = new byte[V6];
    int filled = 0;
    int gap = -1;
    int i = 0;
    if (text.startsWith("::")) {
      gap = 0;
      i = 2;
    }
    while (i < text.length()) {
      if (filled == V6) {
        return null;
      }
      int end = i;
      int value = 0;
      while (end < text.length() && end - i < 5 && hex(text.charAt(end)) >= 0) {
        value = value * 16 + hex(text.charAt(end++));
      }
      if (end == i || end - i > 4) {
        return null;
      }
      if (end < text.length() && text.charAt(end) == '.') {
        byte[] v4 = parseV4(text.substring(i));
        boolean last = gap >= 0 ? filled <= V6 - V4 : filled == V6 - V4;
        if (v4 == null || !last) {
          return null;
        }
        System.arraycopy(v4, 0, out, filled, V4);
        filled += V4;
        break;
      }
      out[filled++] = (byte) (value >> 8);
      out[filled++] = (byte) value;
      i = end;
      if (i == text.length()) {
        break;
      }
      if (text.charAt(i) != ':' || i + 1 == text.length()) {
        return null;
      }
      i++;
      if (text.charAt(i) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = filled;
        i++;
      }
    }
    return spread(out, filled, gap);
  }

  /** Moves what follows the gap to the end. */
  private static byte @Nullable [] spread(byte[] out, int filled, int gap) {
    if (gap < 0) {
      return filled == V6 ? out : null;
    }
    if (filled == V6) {
      return null;
    }
    byte[] spread = new byte[V6];
    System.arraycopy(out, 0, spread, 0, gap);
    System.arraycopy(out, gap, spread, V6 - (filled - gap), filled - gap);
    return spread;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  /** The usual form; IPv6 as RFC 5952 has it. */
  static String format(byte[] address) {
    StringBuilder b = new StringBuilder();
    if (address.length == V4) {
      for (int i = 0; i < V4; i++) {
        b.append(i > 0 ? "." : "").append(address[i] & 0xff);
      }
      return b.toString();
    }
    int gapStart = -1;
    int gapEnd = -1;
    for (int i = 0; i < V6; i += 2) {
      int end = i;
      while (end < V6 && address[end] == 0 && address[end + 1] == 0) {
        end += 2;
      }
      if (end - i > gapEnd - gapStart && end - i > 2) {
        gapStart = i;
        gapEnd = end;
      }
    }
    for (int i = 0; i < V6; i += 2) {
      if (i == gapStart) {
        b.append("::");
        i = gapEnd;
        if (i == V6) {
          break;
        }
      } else if (i > 0) {
        b.append(':');
      }
      b.append(Integer.toHexString((address[i] & 0xff) << 8 | (address[i + 1] & 0xff)));
    }
    return b.toString();
  }
}
