package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code units.parse} and {@code units.parse_bytes}: amounts such as {@code 10Ki} or {@code 1.5gb}.
 */
final class Units {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)([0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE]([+-]?[0-9]++))?");

  /** Longer exponents are refused, as OPA does. */
  private static final int MAX_EXPONENT_DIGITS = 6;

  /** The double nearest to a thousandth, not a thousandth: that is what OPA multiplies by. */
  private static final BigDecimal MILLI =
      new BigDecimal("0.001000000000000000020816681711721685132943093776702880859375");

  private static final String LETTERS = "kmgtpe";

  private Units() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("units.parse(string): number", (c, a) -> parse(c, Operands.string(a, 0)));
    b.add("units.parse_bytes(string): number", (c, a) -> parseBytes(c, Operands.string(a, 0)));
  }

  private static JsonNumber parse(BuiltinContext context, String raw) throws BuiltinException {
    Amount amount = split(raw.replace("\"", ""), "units.parse", "");
    BigDecimal factor = factor(amount.unit);
    if (factor == null) {
      throw BuiltinException.of("units.parse: unit " + amount.unit + " not recognized");
    }
    BigDecimal value = amount.decimal(context).multiply(factor);
    BigInteger whole = value.toBigInteger();
    if (value.compareTo(new BigDecimal(whole)) == 0) {
      Numbers.chargeBits(context, whole.bitLength());
      return JsonNumber.of(whole);
    }
    return JsonNumber.parse(value.setScale(10, RoundingMode.HALF_UP).toPlainString());
  }

  /** The factor of an SI or binary unit; {@code m} is a thousandth and {@code M} a million. */
  private static @Nullable BigDecimal factor(String unit) {
    if (unit.equals("m")) {
      return MILLI;
    }
    String lower = unit.toLowerCase(Locale.ROOT);
    BigInteger factor = lower.endsWith("b") ? null : factorOf(lower);
    return factor == null ? null : new BigDecimal(factor);
  }

  private static JsonNumber parseBytes(BuiltinContext context, String raw) throws BuiltinException {
    String text = raw.toLowerCase(Locale.ROOT).replace("\"", "");
    Amount amount = split(text, "units.parse_bytes", "byte ");
    BigInteger factor = factorOf(amount.unit);
    if (factor == null) {
      throw BuiltinException.of("units.parse_bytes: byte unit " + amount.unit + " not recognized");
    }
    BinaryFloat value = BinaryFloat.parse(context, amount.decimal(context).toString());
    BigInteger bytes = value.times(BinaryFloat.of(factor)).truncated();
    Numbers.chargeBits(context, bytes.bitLength());
    return JsonNumber.of(bytes);
  }

  /** The factor of {@code k}, {@code ki}, {@code kb}, {@code kib}; null for no unit. */
  private static @Nullable BigInteger factorOf(String unit) {
    if (unit.isEmpty()) {
      return BigInteger.ONE;
    }
    int power = LETTERS.indexOf(unit.charAt(0)) + 1;
    return power == 0
        ? null
        : switch (unit.substring(1)) {
          case "", "b" -> BigInteger.TEN.pow(3 * power);
          case "i", "ib" -> BigInteger.ONE.shiftLeft(10 * power);
          default -> null;
        };
  }

  private static Amount split(String text, String function, String kind) throws BuiltinException {
    if (text.indexOf(' ') >= 0) {
      throw BuiltinException.of(function + ": spaces not allowed in resource strings");
    }
    int end = endOfNumber(text, function);
    if (end == 0) {
      throw BuiltinException.of(function + ": no " + kind + "amount provided");
    }
    String unit = text.substring(end);
    if (unit.length() > 1) {
      unit = unit.charAt(0) + unit.substring(1).toLowerCase(Locale.ROOT);
    }
    Matcher m = NUMBER.matcher(text.substring(0, end));
    boolean isNumber = m.matches();
    BuiltinException noNumber =
        BuiltinException.of(function + ": could not parse " + kind + "amount to a number");
    return new Amount(
        isNumber ? m.group(1) + m.group(2) : null, isNumber ? m.group(3) : null, unit, noNumber);
  }

  /** An amount as written; the number is looked at after the unit, so that errors come in order. */
  private record Amount(
      @Nullable String digits, @Nullable String exponent, String unit, BuiltinException noNumber) {

    BigDecimal decimal(BuiltinContext context) throws BuiltinException {
      if (digits == null) {
        throw noNumber;
      }
      Numbers.chargeBits(context, Numbers.bits(Numbers.readable(digits).length()));
      BigDecimal value = new BigDecimal(digits);
      if (exponent == null) {
        return value;
      }
      int power = Integer.parseInt(exponent);
      Numbers.chargeBits(context, 4L * Math.abs(power));
      return value.scaleByPowerOfTen(power);
    }
  }

  /** Where the number ends: an {@code e} belongs to it when a digit or sign follows. */
  private static int endOfNumber(String text, String function) throws BuiltinException {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        int next = i + 1;
        if (next == text.length() || !isDigit(text, next) && !isSign(text.charAt(next))) {
          return i;
        }
        int from = isSign(text.charAt(next)) ? next + 1 : next;
        int to = from;
        while (isDigit(text, to)) {
          to++;
        }
        if (to - from > MAX_EXPONENT_DIGITS) {
          throw BuiltinException.of(function + ": exponent too large");
        }
        i = from;
      } else if (!isDigit(text, i) && c != '.' && !isSign(c)) {
        return i;
      } else {
        i++;
      }
    }
    return i;
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }
}
