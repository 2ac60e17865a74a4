package app.intentgate.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of any size that keeps the text it was written with. Compared, and hashed, by value:
 * {@code 1}, {@code 1.0} and {@code 10e-1} are equal. Comparison never builds a large number: it
 * looks at sign, magnitude and digits.
 */
public final class JsonNumber implements JsonValue, Comparable<JsonNumber> {
  /**
   * Exponents beyond this are compared but not computed with: {@link #toBigDecimal} refuses, since
   * adding 1 to 1e1000000000 would need a gigabyte.
   */
  public static final int MAX_EXPONENT = 100_000;

  /** Numbers with more digits than this are compared but not computed with, either. */
  public static final int MAX_DIGITS = 20_000;

  private static final int CACHED = 256;
  private static final JsonNumber[] SMALL = new JsonNumber[CACHED];

  static {
    for (int i = 0; i < CACHED; i++) {
      SMALL[i] = new JsonNumber(i);
    }
  }

  /** Zero. */
  public static final JsonNumber ZERO = SMALL[0];

  /** The text, or null when it is that of {@link #small}. */
  private final @Nullable String text;

  private final long small;

  /** Whether {@link #small} is the value. If not, {@link #normal()} is. */
  private final boolean isSmall;

  /** Computed when first asked for; a race computes the same twice. */
  private @Nullable NormalForm normal;

  private JsonNumber(long value) {
    this.small = value;
    this.isSmall = true;
    this.text = null;
  }

  private JsonNumber(String text) {
    this.small = 0;
    this.isSmall = false;
    this.text = text;
  }

  /** A whole number. */
  public static JsonNumber of(long value) {
    return value >= 0 && value < CACHED ? SMALL[(int) value] : new JsonNumber(value);
  }

  /** A whole number of any size. */
  public static JsonNumber of(BigInteger value) {
    return value.bitLength() < 64 ? of(value.longValue()) : new JsonNumber(value.toString());
  }

  /**
   * The number a text writes.
   *
   * @throws NumberFormatException when the text is no JSON number, or its exponent has more than 18
   *     digits after leading zeros
   */
  public static JsonNumber parse(String text) {
    if (!NormalForm.isNumber(text)) {
      throw new NumberFormatException("not a JSON number");
    }
    return new JsonNumber(text);
  }

  /** A number whose text the reader has checked already. */
  static JsonNumber trusted(String text) {
    return new JsonNumber(text);
  }

  /** The text, as it was written where the number was read. */
  public String text() {
    return text != null ? text : Long.toString(small);
  }

  @Override
  public int weight() {
    return text == null ? 1 : Weights.ofText(text.length());
  }

  /** Whether {@link #text} is the shortest decimal of {@link #longValue}. */
  boolean hasPlainText() {
    return text == null;
  }

  /** Whether the value is whole, however it is written: {@code 1.0} and {@code 1e3} are. */
  public boolean isInteger() {
    return isSmall || normal().exponent() >= 0;
  }

  /** Whether it is written as digits alone, with a sign or not: not {@code 10.0} or {@code 1e1}. */
  public boolean isWrittenAsInteger() {
    return text == null
        || (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0);
  }

  /** Whether the value is whole and fits a {@code long}. */
  public boolean fitsLong() {
    return isSmall || normal().fitsLong();
  }

  /**
   * The value as a {@code long}.
   *
   * @throws ArithmeticException when it is not whole or does not fit
   */
  public long longValue() {
    if (!fitsLong()) {
      throw new ArithmeticException("number is not a 64-bit integer");
    }
    return isSmall ? small : normal().longValue();
  }

  /** The nearest {@code double}; infinite when the value is out of its range. */
  public double doubleValue() {
    return isSmall ? (double) small : Double.parseDouble(text());
  }

  /** -1, 0 or 1. */
  public int signum() {
    return isSmall ? Long.signum(small) : normal().signum();
  }

  /**
   * The exact value.
   *
   * @throws ArithmeticException when its exponent is beyond {@link #MAX_EXPONENT}, or it has more
   *     than {@link #MAX_DIGITS} digits
   */
  public BigDecimal toBigDecimal() {
    return isSmall ? BigDecimal.valueOf(small) : normal().toBigDecimal(MAX_EXPONENT, MAX_DIGITS);
  }

  /**
   * The exact whole value.
   *
   * @throws ArithmeticException when it is not whole, its exponent is beyond {@link #MAX_EXPONENT},
   *     or it has more than {@link #MAX_DIGITS} digits
   */
  public BigInteger toBigInteger() {
    return fitsLong() ? BigInteger.valueOf(longValue()) : toBigDecimal().toBigIntegerExact();
  }

  private NormalForm normal() {
    NormalForm n = normal;
    if (n == null) {
      n = NormalForm.of(text());
      normal = n;
    }
    return n;
  }

  @Override
  public int compareTo(JsonNumber other) {
    if (fitsLong()) {
      return other.fitsLong()
          ? Long.compare(longValue(), other.longValue())
          : -other.normal().compareToLong(longValue());
    }
    return other.fitsLong()
        ? normal().compareToLong(other.longValue())
        : normal().compareTo(other.normal());
  }

  @Override
  public int typeOrder() {
    return 2;
  }

  @Override
  public int hashCode() {
    return fitsLong() ? Long.hashCode(longValue()) : normal().hashCode();
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonNumber o) || fitsLong() != o.fitsLong()) {
      return false;
    }
    return fitsLong() ? longValue() == o.longValue() : normal().equals(o.normal());
  }

  /** The number's text. */
  @Override
  public String toString() {
    return text();
  }
}
