package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonNumber;
import app.intentgate.rego.spi.BuiltinException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void resultsThatAreNotWholeShowSixtyFourBits() throws Exception {
    assertThat(text("div", 1, 3)).isEqualTo("0.33333333333333333334");
    assertThat(text("div", 2, 3)).isEqualTo("0.6666666666666666667");
    assertThat(text("div", 10, 3)).isEqualTo("3.3333333333333333333");
    assertThat(text("plus", num("0.1"), num("0.2"))).isEqualTo("0.3");
    assertThat(text("plus", num("1234567.5"), 0)).isEqualTo("1.2345675e+06");
    assertThat(text("plus", num("0.00001"), 0)).isEqualTo("1e-05");
    assertThat(text("div", num("1234567.5"), num("1e+21"))).isEqualTo("1.2345675e-15");
  }

  @Test
  void wholeResultsAreWrittenInFull() throws Exception {
    assertThat(text("plus", num("1e3"), 0)).isEqualTo("1000");
    assertThat(text("mul", num("3.0"), 1)).isEqualTo("3");
    assertThat(text("plus", num("1e21"), num("0.5"))).isEqualTo("1000000000000000000000");
    assertThat(text("plus", num("1234567.5"), num("1e+21"))).isEqualTo("1000000000000001234560");
    assertThat(text("div", num("1.5"), num("0.1"))).isEqualTo("15");
    assertThat(text("div", 0, -5)).isEqualTo("-0");
  }

  @Test
  void wholeNumbersAreExactHoweverTheyAreWritten() throws Exception {
    assertThat(text("plus", num("1e30"), 1)).isEqualTo("1000000000000000000000000000001");
    assertThat(text("minus", num("12345678901234567890.0"), 1)).isEqualTo("12345678901234567889");
    assertThat(text("mul", num("1.5e1"), 3)).isEqualTo("45");
    assertThat(text("rem", num("1e30"), 7)).isEqualTo("1");
    assertThat(error("rem", 5, num("18446744073709551616"))).isEqualTo("modulo by zero");
  }

  @Test
  void integersOfAnySizeAreExact() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      BigInteger a = new BigInteger(random.nextInt(200) + 1, random);
      BigInteger b = new BigInteger(random.nextInt(200) + 1, random).add(BigInteger.ONE).negate();
      assertThat(text("plus", a, b)).isEqualTo(a.add(b).toString());
      assertThat(text("minus", a, b)).isEqualTo(a.subtract(b).toString());
      assertThat(text("mul", a, b)).isEqualTo(a.multiply(b).toString());
      assertThat(text("rem", a, b)).isEqualTo(a.remainder(b).toString());
    }
    assertThat(text("plus", Long.MAX_VALUE, 1)).isEqualTo("9223372036854775808");
    assertThat(text("mul", Long.MIN_VALUE, -1)).isEqualTo("9223372036854775808");
  }

  @Test
  void whatIsNotWholeIsTheExactResultToSixtyFourBits() throws Exception {
    Random random = new Random(44);
    for (int i = 0; i < 3_000; i++) {
      BigDecimal a = dyadic(random);
      BigDecimal b = dyadic(random).add(new BigDecimal("0.5")); // whole numbers are exact
      b = b.signum() == 0 ? new BigDecimal("0.5") : b;
      assertSame("plus", a, b, a.add(b), BigDecimal.ONE);
      assertSame("minus", a, b, a.subtract(b), BigDecimal.ONE);
      assertSame("mul", a, b, a.multiply(b), BigDecimal.ONE);
      assertSame("div", a, b, a, b);
    }
  }

  /** A number of which 64 bits hold even the decimal digits: a fraction, or a long whole number. */
  private static BigDecimal dyadic(Random random) {
    if (random.nextInt(3) == 0) {
      return new BigDecimal(random.nextLong() | 1);
    }
    int mantissa = random.nextInt() >> random.nextInt(31) | 1;
    return new BigDecimal(mantissa)
        .divide(new BigDecimal(BigInteger.TWO.pow(1 + random.nextInt(13))));
  }

  /** Whether a result is the number nearest to a fraction, to 64 bits. */
  private static void assertSame(
      String operator, BigDecimal a, BigDecimal b, BigDecimal numerator, BigDecimal denominator)
      throws Exception {
    String result = text(operator, num(a.toString()), num(b.toString()));
    assertThat(nearest(new BigDecimal(result), BigDecimal.ONE))
        .as("%s %s %s = %s", a, operator, b, result)
        .isEqualByComparingTo(nearest(numerator, denominator));
  }

  /** The number of 64 binary digits that is nearest to a fraction, the even one of two. */
  private static BigDecimal nearest(BigDecimal numerator, BigDecimal denominator) {
    int scale = Math.max(0, Math.max(numerator.scale(), denominator.scale()));
    BigInteger n = numerator.movePointRight(scale).toBigIntegerExact().abs();
    BigInteger d = denominator.movePointRight(scale).toBigIntegerExact().abs();
    if (n.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int shift = 64 - (n.bitLength() - d.bitLength());
    BigInteger[] q = quotient(n, d, shift);
    if (q[0].bitLength() > 64) {
      shift--;
      q = quotient(n, d, shift);
    }
    BigInteger divisor = shift < 0 ? d.shiftLeft(-shift) : d;
    int half = q[1].shiftLeft(1).compareTo(divisor);
    BigInteger digits =
        half > 0 || (half == 0 && q[0].testBit(0)) ? q[0].add(BigInteger.ONE) : q[0];
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(shift)));
    BigDecimal value = new BigDecimal(digits);
    value = shift < 0 ? value.multiply(power) : value.divide(power);
    return numerator.signum() * denominator.signum() < 0 ? value.negate() : value;
  }

  private static BigInteger[] quotient(BigInteger n, BigInteger d, int shift) {
    return shift < 0
        ? n.divideAndRemainder(d.shiftLeft(-shift))
        : n.shiftLeft(shift).divideAndRemainder(d);
  }

  @Test
  void theTextOfAFloatReadsBackAsTheSameFloat() throws Exception {
    Random random = new Random(43);
    for (int i = 0; i < 5_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong() & ~(1L << 62) | 0x3000000000000000L);
      BinaryFloat f = parse(JsonNumber.parse(Double.toString(d)).text());
      BinaryFloat third = f.dividedBy(parse("3"));
      String text = third.text(new Calls());
      assertThat(parse(text).text(new Calls())).isEqualTo(text);
      assertThat(text.replaceAll("[-.]|e.*", "").replaceAll("^0+", "").length())
          .isLessThanOrEqualTo(21);
      assertThat(parse(text).minus(third).isZero()).as(text).isTrue();
    }
  }

  private static BinaryFloat parse(String text) throws BuiltinException {
    return BinaryFloat.parse(new Calls(), text);
  }

  @Test
  void floats_far_from_one_have_the_fewest_digits_that_read_back() throws Exception {
    Random random = new Random(45);
    for (int i = 0; i < 80; i++) {
      int exponent = random.nextInt(115_000) - 90_000;
      String written = random.nextLong(1L << 62) + "." + random.nextInt(1_000_000) + "e" + exponent;
      BinaryFloat f = parse(written);
      String text = f.text(new Calls());
      assertThat(parse(text).minus(f).isZero()).as(written).isTrue();
      String digits = text.replaceAll("[-.]|e.*", "").replaceAll("^0+|0+$", "");
      assertThat(digits.length()).as(text).isLessThanOrEqualTo(21);
      MathContext digits15 = new MathContext(15);
      assertThat(new BigDecimal(text).round(digits15))
          .as(written)
          .isEqualByComparingTo(new BigDecimal(written).round(digits15));
    }
  }

  @Test
  void divisionAndModuloHaveTheirErrors() {
    assertThat(error("div", 1, 0)).isEqualTo("divide by zero");
    assertThat(error("div", 1, num("0.0"))).isEqualTo("divide by zero");
    assertThat(error("rem", 1, 0)).isEqualTo("modulo by zero");
    assertThat(error("rem", num("1.5"), 2)).isEqualTo("modulo on floating-point number");
    assertThat(error("plus", "a", 1)).isEqualTo("operand 1 must be number but got string");
    assertThat(error("minus", 1, set(1))).isEqualTo("operand 2 must be number but got set");
    assertThat(error("minus", set(1), 1)).isEqualTo("operand 2 must be set but got number");
    assertThat(error("minus", "a", 1))
        .isEqualTo("operand 1 must be one of {number, set} but got string");
  }

  @Test
  void roundingIsThatOfOpa() throws Exception {
    assertThat(text("round", num("1.5"))).isEqualTo("2");
    assertThat(text("round", num("-1.5"))).isEqualTo("-2");
    assertThat(text("floor", num("-2.5"))).isEqualTo("-3");
    assertThat(text("ceil", num("-1.99999"))).isEqualTo("-1");
    assertThat(text("ceil", num("1.0001"))).isEqualTo("2");
    assertThat(text("abs", num("-7.25"))).isEqualTo("7.25");
    assertThat(text("round", num("1.0"))).isEqualTo("1");
  }

  @Test
  void rangesGoUpAndDown() throws Exception {
    assertThat(text("numbers.range", -1, 2)).isEqualTo("[-1, 0, 1, 2]");
    assertThat(text("numbers.range", 2, -1)).isEqualTo("[2, 1, 0, -1]");
    assertThat(text("numbers.range_step", 0, 7, 3)).isEqualTo("[0, 3, 6]");
    assertThat(error("numbers.range_step", 0, 7, 0))
        .isEqualTo("numbers.range_step: step must be a positive integer");
    assertThat(error("numbers.range", num("1.5"), 2))
        .isEqualTo("operand 1 must be integer number but got floating-point number");
    assertThatThrownBy(() -> text("numbers.range", 0, num("99999999999999999999")))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void shiftsThatWouldExplodeRunOutOfBudget() throws Exception {
    assertThat(text("bits.lsh", Long.MAX_VALUE, 1)).isEqualTo("18446744073709551614");
    assertThat(text("bits.rsh", -8, 1)).isEqualTo("-4");
    assertThat(text("bits.negate", 42)).isEqualTo("-43");
    assertThat(error("bits.lsh", 7, -1))
        .isEqualTo("operand 2 must be an unsigned integer number but got a negative integer");
    assertThatThrownBy(() -> text("bits.lsh", 1, 1_000_000_000_000L))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void anyTextThatGoReadsIsANumber() throws Exception {
    assertThat(text("to_number", "-42.0")).isEqualTo("-42.0");
    assertThat(text("to_number", "+5")).isEqualTo("5");
    assertThat(text("to_number", ".5")).isEqualTo("0.5");
    assertThat(text("to_number", "007")).isEqualTo("7");
    assertThat(text("to_number", "0x1p-2")).isEqualTo("0.25");
    assertThat(error("to_number", "abc"))
        .isEqualTo("strconv.ParseFloat: parsing \"abc\": invalid syntax");
    assertThat(error("to_number", "1e400"))
        .isEqualTo("strconv.ParseFloat: parsing \"1e400\": value out of range");
    assertThat(error("to_number", "-Inf"))
        .isEqualTo("operand 1 must be valid number string but got string");
  }

  @Test
  void unitsAreDecimalOrBinary() throws Exception {
    assertThat(text("units.parse", "10Ki")).isEqualTo("10240");
    assertThat(text("units.parse", "1M")).isEqualTo("1000000");
    assertThat(text("units.parse", "1m")).isEqualTo("0.0010000000");
    assertThat(text("units.parse", "1e3k")).isEqualTo("1000000");
    assertThat(text("units.parse_bytes", "1.5GiB")).isEqualTo("1610612736");
    assertThat(text("units.parse_bytes", "100MB")).isEqualTo("100000000");
    assertThat(error("units.parse", "10 Ki"))
        .isEqualTo("units.parse: spaces not allowed in resource strings");
    assertThat(error("units.parse_bytes", "GB"))
        .isEqualTo("units.parse_bytes: no byte amount provided");
    assertThat(error("units.parse", "1e1234567")).isEqualTo("units.parse: exponent too large");
  }

  @Test
  void aggregatesAreExactOnIntegersAndNameTheWrongItem() throws Exception {
    assertThat(text("sum", List.of(Long.MAX_VALUE, 1))).isEqualTo("9223372036854775808");
    assertThat(text("product", List.of(num("1.5"), num("0.1")))).isEqualTo("0.15");
    assertThat(text("max", List.of(1, "a", 2))).isEqualTo("\"a\"");
    assertThat(text("min", List.of())).isEqualTo("undefined");
    assertThat(text("sort", set(3, "x", 1))).isEqualTo("[1, 3, \"x\"]");
    assertThat(error("sum", List.of(1, "a")))
        .isEqualTo("operand 1 must be array of numbers but got array containing string");
    assertThat(error("count", 1))
        .isEqualTo("operand 1 must be one of {array, object, set, string} but got number");
  }

  @Test
  void numbersTooBigToComputeWithAreRefused() {
    assertThat(error("plus", num("1e99999999"), 1)).isEqualTo("number too big");
    assertThat(error("plus", num("1e3000000000"), 1)).isEqualTo("number too big");
    assertThat(error("sum", List.of(num("-1e-3000000000")))).isEqualTo("number too big");
    assertThat(error("rem", num("1e3000000000"), 7)).isEqualTo("modulo on floating-point number");
  }

  @Test
  void numbers_of_too_many_digits_are_not_read() {
    String digits = "1".repeat(1_000_000);
    assertThat(error("plus", num(digits), 1)).isEqualTo("number too big");
    assertThat(error("plus", num("0." + digits), 1)).isEqualTo("number too big");
    assertThat(error("div", num(digits), 3)).isEqualTo("number too big");
    assertThat(error("units.parse", digits)).isEqualTo("number too big");
    assertThat(error("units.parse_bytes", "0." + digits + "k")).isEqualTo("number too big");
  }

  @Test
  void exponents_count_although_their_text_is_short() throws Exception {
    assertThat(text("sum", List.of(num("1e-90000"), num("0.5")))).isEqualTo("0.5");
    for (String number : List.of("1e-99999", "1e20000", "1e-30000")) {
      List<JsonNumber> numbers = Collections.nCopies(1_000, num(number));
      assertThatThrownBy(() -> Calls.within(100_000, "sum", numbers))
          .isInstanceOf(Calls.OverBudget.class);
    }
    assertThatThrownBy(() -> text("numbers.range", num("1e20000"), num("1.00001e20000")))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void sums_and_products_are_exact_when_all_numbers_are_whole() throws Exception {
    assertThat(text("sum", List.of(num("1e30"), 1, num("2.0"))))
        .isEqualTo("1000000000000000000000000000003");
    assertThat(text("product", List.of(num("1e20"), 3))).isEqualTo("300000000000000000000");
    assertThat(text("product", List.of(num("1e20"), num("0.5")))).isEqualTo("50000000000000000000");
    assertThat(text("sum", List.of())).isEqualTo("0");
    assertThat(text("product", List.of())).isEqualTo("1");
  }

  @Test
  void units_with_zeros_at_the_end_are_whole() throws Exception {
    assertThat(text("units.parse", "1500m")).startsWith("1.5");
    assertThat(text("units.parse", "1.50k")).isEqualTo("1500");
    assertThat(text("units.parse", "2.000")).isEqualTo("2");
    assertThat(text("units.parse", "-0.0")).isEqualTo("0");
    assertThat(text("units.parse", "0.12345678905")).isEqualTo("0.1234567891");
    assertThat(text("units.parse", "5e-2k")).isEqualTo("50");
  }

  @Test
  void a_multiple_is_found_whatever_the_exponents() throws Exception {
    assertMultiple("1e20000", "1e-20000", true);
    assertMultiple("1e20000", "3", false);
    assertMultiple("3e20000", "3", true);
    assertMultiple("1e-20000", "1", false);
    assertMultiple("0", "1e20000", true);
    assertMultiple("0.3", "0.1", true);
    assertMultiple("-7.5", "2.5", true);
    assertMultiple("-7.4", "2.5", false);
    assertMultiple("10000000000", "1e10", true);
    assertMultiple("1000000000", "1e10", false);
  }

  private static void assertMultiple(String number, String of, boolean expected)
      throws BuiltinException {
    assertThat(Numbers.isMultiple(new Calls(), num(number), num(of)))
        .as("%s of %s", number, of)
        .isEqualTo(expected);
  }
}
