package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.text.GoText;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in texts that Go's {@code strconv.ParseFloat} takes: signs, a point at either end,
 * leading zeros, hexadecimal, and underscores between digits.
 */
final class GoFloat {
  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?)(?:([0-9]++)(?:\\.([0-9]*+))?|\\.([0-9]++))([eE][+-]?[0-9]++)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX](?:[0-9a-fA-F]++(?:\\.[0-9a-fA-F]*+)?|\\.[0-9a-fA-F]++)[pP][+-]?[0-9]++");

  private GoFloat() {}

  /** The number a text means; its spelling is kept where JSON has it. */
  static JsonNumber parse(String text) throws BuiltinException {
    String plain = text;
    if (text.indexOf('_') >= 0) {
      plain = separateDigits(text) ? text.replace("_", "") : "";
    }
    Matcher m = DECIMAL.matcher(plain);
    boolean decimal = m.matches();
    if (!decimal && !HEXADECIMAL.matcher(plain).matches()) {
      throw failed(text, "invalid syntax");
    }
    double value = Double.parseDouble(plain);
    if (Double.isInfinite(value)) {
      throw failed(text, "value out of range");
    }
    return decimal ? number(m, text) : JsonNumber.parse(new BigDecimal(value).toString());
  }

  /** Whether underscores stand only between digits, or between the prefix of a base and a digit. */
  private static boolean separateDigits(String text) {
    int at = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    boolean hexadecimal = text.regionMatches(true, at, "0x", 0, 2);
    boolean afterDigit = hexadecimal;
    boolean afterUnderscore = false;
    for (at += hexadecimal ? 2 : 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean digit = hexadecimal ? HexFormat.isHexDigit(c) : c >= '0' && c <= '9';
      if (c == '_' ? !afterDigit : afterUnderscore && !digit) {
        return false;
      }
      afterDigit = digit;
      afterUnderscore = c == '_';
    }
    return !afterUnderscore;
  }

  private static JsonNumber number(Matcher m, String text) throws BuiltinException {
    String sign = "-".equals(m.group(1)) ? "-" : "";
    String whole = m.group(2) == null ? "0" : withoutLeadingZeros(m.group(2));
    String fraction = m.group(2) == null ? m.group(4) : m.group(3);
    String point = fraction == null || fraction.isEmpty() ? "" : "." + fraction;
    String exponent = m.group(5) == null ? "" : m.group(5);
    try {
      return JsonNumber.parse(sign + whole + point + exponent);
    } catch (NumberFormatException exponentTooLong) {
      throw failed(text, "value out of range");
    }
  }

  private static String withoutLeadingZeros(String digits) {
    int i = 0;
    while (i < digits.length() - 1 && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }

  private static BuiltinException failed(String text, String why) {
    return BuiltinException.of("strconv.ParseFloat: parsing " + GoText.quote(text) + ": " + why);
  }
}
