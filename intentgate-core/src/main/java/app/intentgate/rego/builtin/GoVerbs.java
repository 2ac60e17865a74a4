package app.intentgate.rego.builtin;

import app.intentgate.text.GoText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Prints one argument of Go's {@code fmt.Sprintf} by a verb and the flags before it. */
final class GoVerbs {
  /** A float of 64 bits with neither width nor precision. */
  private static final int LONGEST_NUMBER = 320;

  /** What one char of a text may become: {@code \ufffd}. */
  private static final int ESCAPED_CHARS = 6;

  boolean sharp;
  boolean zero;
  boolean plus;
  boolean minus;
  boolean space;

  /** The least number of characters; 0 for none. */
  int width;

  /** What was given after the point; -1 for none. */
  int precision;

  private boolean goSyntax;
  private final StringBuilder out;

  GoVerbs(StringBuilder out) {
    this.out = out;
  }

  /** Forgets the flags of the last directive. */
  void clear() {
    sharp = false;
    zero = false;
    plus = false;
    minus = false;
    space = false;
    goSyntax = false;
    width = 0;
    precision = -1;
  }

  /** About as many chars at most as a directive prints, before it does. */
  long mostChars(Object argument, int verb) {
    long padding = (long) width + Math.max(0, precision);
    if (argument instanceof BigInteger n) {
      return padding + n.bitLength();
    }
    if (!(argument instanceof String s)) {
      return padding + LONGEST_NUMBER;
    }
    boolean escaped = sharp || verb == 'q' || verb == 'x' || verb == 'X';
    return padding + (escaped ? ESCAPED_CHARS : 1L) * s.length();
  }

  /** Prints an argument by the verb of a directive. */
  void directive(Object argument, int verb) {
    if (verb == 'v' && !(argument instanceof BigInteger)) {
      goSyntax = sharp;
      sharp = false;
      plus = false;
    }
    print(argument, verb);
  }

  private void print(Object argument, int verb) {
    if (verb == 'T') {
      pad(truncated(typeName(argument)));
    } else if (argument instanceof Long n) {
      integer(n, verb);
    } else if (argument instanceof BigInteger n) {
      bigInteger(n, verb);
    } else if (argument instanceof Double d) {
      real(d, verb);
    } else {
      string((String) argument, verb);
    }
  }

  /** Prints {@code type=value}. */
  void typed(Object argument) {
    out.append(typeName(argument)).append('=');
    print(argument, 'v');
  }

  private static String typeName(Object argument) {
    if (argument instanceof Long) {
      return "int64";
    } else if (argument instanceof BigInteger) {
      return "*big.Int";
    }
    return argument instanceof Double ? "float64" : "string";
  }

  private void badVerb(Object argument, int verb) {
    out.append("%!").appendCodePoint(verb).append('(');
    typed(argument);
    out.append(')');
  }

  private void integer(long n, int verb) {
    switch (verb) {
      case 'v', 'd' -> digits(n, 10, verb);
      case 'b' -> digits(n, 2, verb);
      case 'o', 'O' -> digits(n, 8, verb);
      case 'x', 'X' -> digits(n, 16, verb);
      case 'c' -> pad(Character.toString(codePoint(n)));
      case 'q' -> pad(GoText.quote(Character.toString(codePoint(n)), '\'', plus));
      case 'U' -> unicode(n);
      default -> badVerb(n, verb);
    }
  }

  private static int codePoint(long n) {
    boolean valid = n >= 0 && n <= Character.MAX_CODE_POINT && (n < 0xd800 || n > 0xdfff);
    return valid ? (int) n : 0xfffd;
  }

  private void digits(long n, int base, int verb) {
    if (precision == 0 && n == 0) {
      out.append(" ".repeat(width));
      return;
    }
    String sign = n < 0 ? "-" : plus ? "+" : space ? " " : "";
    String digits = Long.toUnsignedString(Math.abs(n), base);
    int least = precision;
    if (precision < 0 && zero && !minus) {
      least = width - sign.length();
    }
    digits = "0".repeat(Math.max(0, least - digits.length())) + digits;
    String prefix = "";
    if (verb == 'O') {
      prefix = "0o";
    } else if (sharp) {
      prefix =
          base == 2 ? "0b" : base == 16 ? "0x" : base == 8 && !digits.startsWith("0") ? "0" : "";
    }
    String text = prefix + digits;
    padSpaces(sign + (verb == 'X' ? text.toUpperCase(Locale.ROOT) : text));
  }

  private void unicode(long n) {
    String digits = Long.toHexString(n).toUpperCase(Locale.ROOT);
    String text = "U+" + "0".repeat(Math.max(0, Math.max(4, precision) - digits.length())) + digits;
    if (sharp && n >= 0 && n <= Character.MAX_CODE_POINT && GoText.isPrintable((int) n)) {
      text += " '" + Character.toString((int) n) + "'";
    }
    padSpaces(text);
  }

  private void bigInteger(BigInteger n, int verb) {
    int base =
        switch (verb) {
          case 'b' -> 2;
          case 'o', 'O' -> 8;
          case 'd', 's', 'v' -> 10;
          case 'x', 'X' -> 16;
          default -> 0;
        };
    if (base == 0) {
      out.append("%!").appendCodePoint(verb).append("(big.Int=").append(n).append(')');
      return;
    }
    String sign = n.signum() < 0 ? "-" : plus ? "+" : space ? " " : "";
    String prefix = verb == 'O' ? "0o" : "";
    if (sharp) {
      prefix =
          switch (verb) {
            case 'b' -> "0b";
            case 'o' -> "0";
            case 'x', 'X' -> "0x";
            default -> prefix;
          };
    }
    String digits = n.abs().toString(base);
    int zeros = precision - digits.length();
    if (precision < 0) {
      zeros = zero && !minus ? width - sign.length() - prefix.length() - digits.length() : 0;
    }
    String text = prefix + "0".repeat(Math.max(0, zeros)) + digits;
    padSpaces(sign + (verb == 'X' ? text.toUpperCase(Locale.ROOT) : text));
  }

  private void real(double d, int verb) {
    switch (verb) {
      case 'v' -> real(d, 'g', precision);
      case 'b', 'g', 'G', 'x', 'X' -> real(d, (char) verb, precision);
      case 'e', 'E', 'f' -> real(d, (char) verb, precision < 0 ? 6 : precision);
      case 'F' -> real(d, 'f', precision < 0 ? 6 : precision);
      default -> badVerb(d, verb);
    }
  }

  private void real(double d, char verb, int digits) {
    String number = GoFloatText.format(d, verb, digits);
    String sign = number.startsWith("-") ? "-" : plus ? "+" : space ? " " : "";
    if (number.startsWith("-")) {
      number = number.substring(1);
    }
    if (sharp && verb != 'b') {
      number = GoSharp.withPoint(number, verb, digits);
    }
    if (zero && !minus) {
      number = "0".repeat(Math.max(0, width - sign.length() - number.length())) + number;
    }
    padSpaces(sign + number);
  }

  private void string(String s, int verb) {
    switch (verb) {
      case 'v' -> {
        if (goSyntax) {
          pad(GoText.quote(truncated(s)));
        } else {
          pad(truncated(s));
        }
      }
      case 's' -> pad(truncated(s));
      case 'q' -> quoted(truncated(s));
      case 'x', 'X' -> hexadecimal(s, verb);
      default -> badVerb(s, verb);
    }
  }

  private void quoted(String s) {
    if (sharp && GoSharp.canBackquote(s)) {
      pad("`" + s + "`");
    } else {
      pad(GoText.quote(s, '"', plus));
    }
  }

  private String truncated(String s) {
    if (precision < 0 || s.length() <= precision) {
      return s;
    }
    int end = 0;
    for (int i = 0; i < precision && end < s.length(); i++) {
      end += Character.charCount(s.codePointAt(end));
    }
    return s.substring(0, end);
  }

  private void hexadecimal(String s, int verb) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    int length = precision >= 0 ? Math.min(precision, bytes.length) : bytes.length;
    StringBuilder hex = new StringBuilder(2 * length);
    for (int i = 0; i < length; i++) {
      if (space && i > 0) {
        hex.append(' ');
      }
      if (sharp && (space || i == 0)) {
        hex.append("0x");
      }
      hex.append(Character.forDigit(bytes[i] >> 4 & 15, 16));
      hex.append(Character.forDigit(bytes[i] & 15, 16));
    }
    pad(verb == 'X' ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString());
  }

  /** Pads with spaces, or with zeros on the left where that was asked for. */
  private void pad(String text) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      out.append(text);
    } else if (minus) {
      out.append(text).append(" ".repeat(missing));
    } else {
      out.append((zero ? "0" : " ").repeat(missing)).append(text);
    }
  }

  private void padSpaces(String text) {
    boolean kept = zero;
    zero = false;
    pad(text);
    zero = kept;
  }
}
