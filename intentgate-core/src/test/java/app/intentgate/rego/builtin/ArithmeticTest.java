package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Numbers in expressions: how they compare, what arithmetic gives and how it is written. */
class ArithmeticTest {
  @Expressions(
      """
      1 + 2 * 3 => 7
      (1 + 2) * 3 => 9
      10 - 2 - 3 => 5
      8 / 4 / 2 => 1
      2 * 3 % 4 => 2
      7 % 3 => 1
      -7 % 3 => -1
      7 % -3 => 1
      7 % 3.0 => 1
      1 / 4 => 0.25
      6 / 3 => 2
      1 / 3 => 0.33333333333333333334
      0.1 + 0.2 => 0.3
      1.5 * 2 => 3
      0.5 + 0.5 => 1
      1e3 => 1e3
      1e3 + 0 => 1000
      1.0 => 1.0
      1.0 + 1.0 => 2
      3 - 3.5 => -0.5
      9223372036854775807 + 1 => 9223372036854775808
      -9223372036854775808 - 1 => -9223372036854775809
      9223372036854775807 * 9223372036854775807 => 85070591730234615847396907784232501249
      1e100 - 1e100 => 0
      input.n + input.half => 1.5
      input.missing + 1 => undefined
      """)
  void operators_have_their_usual_order_and_exact_results(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      input.n / 0 => builtin error: div: divide by zero
      input.n / 0.0 => builtin error: div: divide by zero
      0 / input.zero => builtin error: div: divide by zero
      input.n % 0 => builtin error: rem: modulo by zero
      input.half % 1 => builtin error: rem: modulo on floating-point number
      input.n % 1.5 => builtin error: rem: modulo on floating-point number
      input.s * 2 => type error: mul: operand 1 must be number but got string
      2 / input.nil => type error: div: operand 2 must be number but got null
      input.n - input.a => type error: minus: operand 2 must be number but got array
      input.n + input.t => type error: plus: operand 2 must be number but got boolean
      """)
  void what_cannot_be_computed_is_an_error(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      abs(-3) => 3
      abs(3.5) => 3.5
      abs(-9223372036854775808) => 9223372036854775808
      round(2.5) => 3
      round(-2.5) => -3
      round(2.4) => 2
      round(0.5) => 1
      round(7) => 7
      ceil(1.1) => 2
      ceil(-1.9) => -1
      ceil(5) => 5
      floor(1.9) => 1
      floor(-1.1) => -2
      floor(5.0) => 5
      """)
  void numbers_are_rounded(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      numbers.range(1, 4) => [1, 2, 3, 4]
      numbers.range(4, 1) => [4, 3, 2, 1]
      numbers.range(2, 2) => [2]
      numbers.range(-1, 1) => [-1, 0, 1]
      numbers.range(1.0, 3) => [1, 2, 3]
      numbers.range(9223372036854775806, 9223372036854775808) => [9223372036854775806, 9223372036854775807, 9223372036854775808]
      numbers.range_step(1, 7, 3) => [1, 4, 7]
      numbers.range_step(7, 1, 3) => [7, 4, 1]
      numbers.range_step(1, 6, 3) => [1, 4]
      numbers.range_step(1, 2, 5) => [1]
      numbers.range_step(input.n, 2, input.zero) => builtin error: numbers.range_step: numbers.range_step: step must be a positive integer
      numbers.range_step(input.n, 2, input.neg) => builtin error: numbers.range_step: numbers.range_step: step must be a positive integer
      """)
  void ranges_include_both_ends(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      bits.and(12, 10) => 8
      bits.or(12, 10) => 14
      bits.xor(12, 10) => 6
      bits.negate(0) => -1
      bits.negate(-8) => 7
      bits.and(-1, 255) => 255
      bits.or(-8, 3) => -5
      bits.xor(-1, 5) => -6
      bits.lsh(1, 10) => 1024
      bits.lsh(-1, 3) => -8
      bits.lsh(1, 70) => 1180591620717411303424
      bits.rsh(1024, 3) => 128
      bits.rsh(-1, 10) => -1
      bits.rsh(7, 100) => 0
      bits.lsh(5, 0) => 5
      bits.and(18446744073709551616, 18446744073709551617) => 18446744073709551616
      bits.and(input.half, 1) => type error: bits.and: operand 1 must be integer number but got floating-point number
      bits.rsh(1, input.neg) => type error: bits.rsh: operand 2 must be an unsigned integer number but got a negative integer
      """)
  void bits_are_those_of_endless_twos_complement(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      to_number("42") => 42
      to_number("-0.50") => -0.50
      to_number("1e3") => 1e3
      to_number(true) => 1
      to_number(false) => 0
      to_number(null) => 0
      to_number(7.0) => 7.0
      to_number("") => builtin error: to_number: strconv.ParseFloat: parsing "": invalid syntax
      to_number(" 1") => builtin error: to_number: strconv.ParseFloat: parsing " 1": invalid syntax
      to_number(input.a) => type error: to_number: operand 1 must be one of {null, boolean, number, string} but got array
      to_number("1") == 1.0 => true
      to_number(format_int(255, 10)) => 255
      type_name(null) => "null"
      type_name(true) => "boolean"
      type_name(1.5) => "number"
      type_name("") => "string"
      type_name([]) => "array"
      type_name({}) => "object"
      type_name(set()) => "set"
      type_name(input.missing) => undefined
      [f | f := [is_null(x), is_boolean(x), is_number(x), is_string(x), is_array(x), is_object(x), is_set(x)]; x = input.nil] => [[true, false, false, false, false, false, false]]
      [is_number(input.n), is_number(input.s), is_string(input.s), is_array(input.a), is_object(input.o), is_set(input.a)] => [true, false, true, true, true, false]
      is_set({1}) => true
      is_boolean(input.f) => true
      """)
  void values_are_converted_and_told_apart(ExpressionTable.Line line) {
    line.check();
  }
}
