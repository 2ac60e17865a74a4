package app.intentgate.rego.yaml;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means: null, a boolean, a number, or its own text. */
final class PlainScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> TRUE_1_1 =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> FALSE_1_1 =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern OTHER_BASE =
      Pattern.compile("[-+]?0([xX][0-9a-fA-F]+|[bB][01]+|[oO]?[0-7]+)");
  private static final Set<String> BEYOND_JSON =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");
  private static final int LONGEST_NUMBER = 400;

  private PlainScalars() {}

  /** Whether a plain scalar is a number that JSON has no way to write. */
  static boolean isBeyondJson(String text) {
    return BEYOND_JSON.contains(text);
  }

  static JsonValue resolve(String text, YamlWords words) {
    if (NULLS.contains(text)) {
      return JsonNull.NULL;
    }
    if (TRUE.contains(text) || (words == YamlWords.V1_1 && TRUE_1_1.contains(text))) {
      return JsonValue.of(true);
    }
    if (FALSE.contains(text) || (words == YamlWords.V1_1 && FALSE_1_1.contains(text))) {
      return JsonValue.of(false);
    }
    JsonNumber number = number(text);
    return number == null ? JsonString.of(text) : number;
  }

  private static @Nullable JsonNumber number(String text) {
    char first = text.charAt(0);
    if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') {
      return null;
    }
    String digits = text.length() > LONGEST_NUMBER ? "" : text.replace("_", "");
    if (digits.isEmpty()) {
      return null;
    }
    if (DECIMAL.matcher(digits).matches()) {
      BigInteger value = new BigInteger(digits);
      return has64Bits(value) ? JsonNumber.of(value) : ofDouble(value.doubleValue());
    }
    if (OTHER_BASE.matcher(digits).matches()) {
      BigInteger value = otherBase(digits);
      if (has64Bits(value)) {
        return JsonNumber.of(value);
      }
    }
    return FLOAT.matcher(digits).matches() ? ofDouble(Double.parseDouble(digits)) : null;
  }

  /** Whether Go has an integer type for a value: larger ones are read as floating-point numbers. */
  private static boolean has64Bits(BigInteger value) {
    return value.bitLength() <= (value.signum() < 0 ? 63 : 64);
  }

  private static BigInteger otherBase(String text) {
    boolean negative = text.startsWith("-");
    String digits = text.substring(negative || text.startsWith("+") ? 2 : 1);
    BigInteger value =
        switch (digits.charAt(0)) {
          case 'x', 'X' -> new BigInteger(digits.substring(1), 16);
          case 'b', 'B' -> new BigInteger(digits.substring(1), 2);
          case 'o', 'O' -> new BigInteger(digits.substring(1), 8);
          default -> new BigInteger(digits, 8);
        };
    return negative ? value.negate() : value;
  }

  /** As Go writes a float64 in JSON; null when it is infinite. */
  static @Nullable JsonNumber ofDouble(double value) {
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      return null;
    }
    if (value == 0) {
      return JsonNumber.ZERO;
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= 1e-6 && size < 1e21) {
      return JsonNumber.parse(decimal.toPlainString());
    }
    int exponent = decimal.precision() - decimal.scale() - 1;
    String mantissa = decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return JsonNumber.parse(mantissa + "e" + (exponent < 0 ? "" : "+") + exponent);
  }
}
