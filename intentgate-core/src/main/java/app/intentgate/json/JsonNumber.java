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

  private static final int CACHED = 256;
  private static final JsonNumber[] SMALL = new JsonNumber[CACHED];

  static {
    for (int i = 0; i < CACHED; i++) {
      SMALL[i] = new JsonNumber(i, null);
    }
  }

  /** Zero. */
  public static final JsonNumber ZERO = SMALL[0];

  private final @Nullable String text;

  /** The value, when {@link #normal} is null and {@link #known}. */
  private long small;

  private volatile boolean known;
  private @Nullable NormalForm normal;

  private JsonNumber(long value, @Nullable String text) {
    this.small = value;
    this.text = text;
    this.known = true;
  }

  private JsonNumber(String text) {
    this.text = text;
  }

  /** A whole number. */
  public static JsonNumber of(long value) {
    return value >= 0 && value < CACHED ? SMALL[(int) value] : new JsonNumber(value, null);
  }

  /** A whole number of any size. */
  public static JsonNumber of(BigInteger value) {
    return value.bitLength() < 64 ? of(value.longValue()) : new JsonNumber(value.toString());
  }

  /**
   * The number a text writes.
   *
   * @throws NumberFormatException when the text is no JSON number, or its exponent has more than 18
   *     digits
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

  /** A number whose text and value the reader knows. */
  static JsonNumber trusted(String text, long value) {
    return new JsonNumber(value, text);
  }

  /** The text, as it was written where the number was read. */
  public String text() {
    return text != null ? text : Long.toString(small);
  }

  /** Whether the value is whole, however it is written: {@code 1.0} and {@code 1e3} are. */
  public boolean isInteger() {
    NormalForm n = normal();
    return n == null || n.exponent() >= 0;
  }

  /** Whether the value is whole and fits a {@code long}. */
  public boolean fitsLong() {
    return normal() == null;
  }

  /**
   * The value as a {@code long}.
   *
   * @throws ArithmeticException when it is not whole or does not fit
   */
  public long longValue() {
    if (normal() != null) {
      throw new ArithmeticException("number is not a 64-bit integer");
    }
    return small;
  }

  /** The nearest {@code double}; infinite when the value is out of its range. */
  public double doubleValue() {
    return normal() == null ? (double) small : Double.parseDouble(text());
  }

  /** -1, 0 or 1. */
  public int signum() {
    NormalForm n = normal();
    return n == null ? Long.signum(small) : n.signum();
  }

  /**
   * The exact value.
   *
   * @throws ArithmeticException when its exponent is beyond {@link #MAX_EXPONENT}
   */
  public BigDecimal toBigDecimal() {
    NormalForm n = normal();
    return n == null ? BigDecimal.valueOf(small) : n.toBigDecimal(MAX_EXPONENT);
  }

  /**
   * The exact whole value.
   *
   * @throws ArithmeticException when it is not whole, or its exponent is beyond {@link
   *     #MAX_EXPONENT}
   */
  public BigInteger toBigInteger() {
    NormalForm n = normal();
    return n == null ? BigInteger.valueOf(small) : toBigDecimal().toBigIntegerExact();
  }

  /** Null when the value is {@link #small}. Computed once; a race computes the same twice. */
  private @Nullable NormalForm normal() {
    if (!known) {
      NormalForm n = NormalForm.of(text());
      Long whole = n.asLong();
      if (whole != null) {
        small = whole;
      } else {
        normal = n;
      }
      known = true;
    }
    return normal;
  }

  @Override
  public int compareTo(JsonNumber other) {
    NormalForm a = normal();
    NormalForm b = other.normal();
    if (a == null && b == null) {
      return Long.compare(small, other.small);
    }
    return (a == null ? NormalForm.of(small) : a)
        .compareTo(b == null ? NormalForm.of(other.small) : b);
  }

  @Override
  public int typeOrder() {
    return 2;
  }

  @Override
  public int hashCode() {
    NormalForm n = normal();
    return n == null ? Long.hashCode(small) : n.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonNumber o)) {
      return false;
    }
    NormalForm a = normal();
    NormalForm b = o.normal();
    return a == null ? b == null && small == o.small : a.equals(b);
  }

  /** The number's text. */
  @Override
  public String toString() {
    return text();
  }
}
