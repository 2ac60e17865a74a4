package app.intentgate.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** A {@code double} as text the way Go's {@code strconv.FormatFloat} writes it. */
final class GoFloatText {
  private static final int MANTISSA_BITS = 52;
  private static final int MAX_SHORTEST_DIGITS = 17;

  /** No number has more decimals that are not zero. */
  private static final int MAX_DECIMALS = 1_074;

  private GoFloatText() {}

  /**
   * Formats a finite number.
   *
   * @param verb one of {@code b e E f g G x X}
   * @param precision digits as the verb counts them; -1 for the fewest that read back the same
   */
  static String format(double value, char verb, int precision) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double size = Math.abs(value);
    return sign
        + switch (verb) {
          case 'b' -> binary(size);
          case 'x' -> hexadecimal(size, precision);
          case 'X' -> hexadecimal(size, precision).toUpperCase(Locale.ROOT);
          case 'e' -> scientific(size, precision);
          case 'E' -> scientific(size, precision).toUpperCase(Locale.ROOT);
          case 'f' -> fixed(size, precision);
          case 'G' -> general(size, precision).toUpperCase(Locale.ROOT);
          default -> general(size, precision);
        };
  }

  /** The fewest digits that read back as the number, as an unscaled value without end zeros. */
  private static BigDecimal shortest(double size) {
    BigDecimal exact = new BigDecimal(size);
    for (int digits = 1; digits < MAX_SHORTEST_DIGITS; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() == size) {
        return trimmed(candidate);
      }
    }
    return trimmed(exact.round(new MathContext(MAX_SHORTEST_DIGITS, RoundingMode.HALF_EVEN)));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  private static BigDecimal rounded(double size, int digits) {
    return trimmed(new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
  }

  private static String digits(BigDecimal value) {
    return value.signum() == 0 ? "" : value.unscaledValue().toString();
  }

  /** Where the point is, counted from the first digit. */
  private static int point(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale();
  }

  private static String fixed(double size, int precision) {
    if (precision < 0) {
      return shortest(size).toPlainString();
    }
    int decimals = Math.min(precision, MAX_DECIMALS);
    return new BigDecimal(size).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        + "0".repeat(precision - decimals);
  }

  private static String scientific(double size, int precision) {
    BigDecimal value = precision < 0 ? shortest(size) : rounded(size, precision + 1);
    return scientific(value, precision < 0 ? Math.max(0, digits(value).length() - 1) : precision);
  }

  private static String scientific(BigDecimal value, int decimals) {
    String digits = digits(value);
    StringBuilder out = new StringBuilder().append(digits.isEmpty() ? '0' : digits.charAt(0));
    if (decimals > 0) {
      out.append('.');
      for (int i = 1; i <= decimals; i++) {
        out.append(i < digits.length() ? digits.charAt(i) : '0');
      }
    }
    int exponent = digits.isEmpty() ? 0 : point(value) - 1;
    return appendExponent(out.append('e'), exponent).toString();
  }

  private static StringBuilder appendExponent(StringBuilder out, int exponent) {
    out.append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return (size < 10 ? out.append('0') : out).append(size);
  }

  private static String general(double size, int precision) {
    int wanted = precision == 0 ? 1 : precision;
    BigDecimal value = wanted < 0 ? shortest(size) : rounded(size, wanted);
    int count = digits(value).length();
    int point = point(value);
    int limit = wanted < 0 ? 6 : wanted > count && count >= point ? count : wanted;
    if (point - 1 < -4 || point - 1 >= limit) {
      return scientific(value, Math.max(0, count - 1));
    }
    return value.toPlainString();
  }

  private static String binary(double size) {
    long bits = Double.doubleToRawLongBits(size);
    int e = (int) (bits >> MANTISSA_BITS);
    long mantissa = bits & (1L << MANTISSA_BITS) - 1;
    if (e == 0) {
      e++;
    } else {
      mantissa |= 1L << MANTISSA_BITS;
    }
    int exponent = e - 1075;
    return mantissa + "p" + (exponent >= 0 ? "+" : "") + exponent;
  }

  private static String hexadecimal(double size, int precision) {
    if (size == 0) {
      return "0x0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "p+00";
    }
    // One hexadecimal digit before the point, 13 after it; subnormal numbers are shifted up.
    int exponent = Math.getExponent(Math.max(size, Double.MIN_NORMAL));
    long bits = Double.doubleToRawLongBits(size);
    long fraction = bits & (1L << MANTISSA_BITS) - 1;
    if (size >= Double.MIN_NORMAL) {
      fraction |= 1L << MANTISSA_BITS;
    }
    int shift = Long.numberOfLeadingZeros(fraction) - (63 - MANTISSA_BITS);
    BigInteger mantissa = BigInteger.valueOf(fraction << shift);
    exponent -= shift;
    int digits = precision < 0 ? 13 : precision;
    if (digits < 13) {
      int cut = 4 * (13 - digits);
      BigInteger kept =
          new BigDecimal(mantissa)
              .divide(new BigDecimal(BigInteger.ONE.shiftLeft(cut)), 0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      mantissa = kept.shiftLeft(cut);
      if (mantissa.bitLength() > MANTISSA_BITS + 1) {
        mantissa = mantissa.shiftRight(1);
        exponent++;
      }
    }
    String hex = mantissa.toString(16);
    String after = hex.substring(1) + "0".repeat(Math.max(0, digits - 13));
    after = precision < 0 ? withoutEndZeros(after) : after.substring(0, digits);
    StringBuilder out = new StringBuilder("0x").append(hex.charAt(0));
    if (!after.isEmpty()) {
      out.append('.').append(after);
    }
    return appendExponent(out.append('p'), exponent).toString();
  }

  private static String withoutEndZeros(String digits) {
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
