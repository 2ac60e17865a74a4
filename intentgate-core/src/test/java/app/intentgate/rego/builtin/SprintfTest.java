package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** {@code sprintf}: verbs, flags, widths, and what it says about arguments that do not fit. */
class SprintfTest {
  @Expressions(
      """
      sprintf("%d", [input.n]) => "1"
      sprintf("%d and %d", [1, -2]) => "1 and -2"
      sprintf("%5d|%-5d|%05d", [42, 42, 42]) => "   42|42   |00042"
      sprintf("%+d %+d", [1, -1]) => "+1 -1"
      sprintf("%x %X %#x", [255, 255, 255]) => "ff FF 0xff"
      sprintf("%o %b", [8, 5]) => "10 101"
      sprintf("%c%c", [97, 128512]) => "a😀"
      sprintf("%#b %#o %#X", [5, 8, 255]) => "0b101 010 0XFF"
      sprintf("%U %#U", [128512, 128512]) => "U+1F600 U+1F600 '😀'"
      sprintf("%d", [123456789012345678901234567890]) => "123456789012345678901234567890"
      sprintf("%x", [18446744073709551616]) => "10000000000000000"
      # What is written with a point is a float, with an exponent alone a text.
      sprintf("%d", [1.0]) => "%!d(float64=1)"
      sprintf("%v", [1.0]) => "1"
      sprintf("%d %v", [1e3, 1e3]) => "%!d(string=1e3) 1e3"
      """)
  void whole_numbers(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      sprintf("%.2f", [3.14159]) => "3.14"
      sprintf("%5.1f|%-6.1f|%06.1f", [3.14, 3.14, 3.14]) => "  3.1|3.1   |0003.1"
      sprintf("%f", [0.5]) => "0.500000"
      sprintf("%.0f", [2.5]) => "2"
      sprintf("%.0f", [3.5]) => "4"
      sprintf("%+.1f", [2.25]) => "+2.2"
      sprintf("%e", [12345.678]) => "1.234568e+04"
      sprintf("%.3E", [0.00012345]) => "1.234E-04"
      sprintf("%g", [0.00001]) => "1e-05"
      sprintf("%b", [1.5]) => "6755399441055744p-52"
      sprintf("%x %X", [1.5, 1.5]) => "0x1.8p+00 0X1.8P+00"
      sprintf("%.1x", [1.96875]) => "0x1.0p+01"
      sprintf("%G", [1e-10]) => "%!G(string=1e-10)"
      sprintf("%F", [2.5]) => "2.500000"
      sprintf("%g", [123456.5]) => "123456.5"
      sprintf("%v", [0.1]) => "0.1"
      sprintf("%6.2f%%", [12.345]) => " 12.35%"
      """)
  void numbers_with_fractions(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      sprintf("%s", ["a"]) => "a"
      sprintf("%5s|%-5s|", ["é", "b"]) => "    é|b    |"
      sprintf("%.2s", ["😀é😀"]) => "😀é"
      sprintf("%q", ["a\\"b\\n"]) => "\\"a\\\\\\"b\\\\n\\""
      sprintf("%x", ["hi"]) => "6869"
      sprintf("%#x %X", ["hi", "é"]) => "0x6869 C3A9"
      sprintf("%#q", ["a`b"]) => "\\"a`b\\""
      sprintf("%#q", ["ab"]) => "`ab`"
      sprintf("%+q", ["é"]) => "\\"\\\\u00e9\\""
      sprintf("% x", ["abc"]) => "61 62 63"
      sprintf("%s and %s", ["a", "b"]) => "a and b"
      sprintf("plain", []) => "plain"
      sprintf("%%", []) => "%"
      sprintf("%v", ["text"]) => "text"
      """)
  void strings(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      sprintf("%v %v %v", [true, false, null]) => "true false null"
      sprintf("%s", [true]) => "true"
      sprintf("%v", [[1, "a", [null]]]) => "[1, \\"a\\", [null]]"
      sprintf("%s", [{"b": 1, "a": {2, 1}}]) => "{\\"a\\": {1, 2}, \\"b\\": 1}"
      sprintf("%v", [set()]) => "set()"
      sprintf("%v", [{}]) => "{}"
      sprintf("%v", [{"k": 1.50}]) => "{\\"k\\": 1.50}"
      sprintf("%10v|", [[1]]) => "       [1]|"
      """)
  void other_values_are_written_as_terms(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      sprintf("%d", ["a"]) => "%!d(string=a)"
      sprintf("%s", [1]) => "%!s(int64=1)"
      sprintf("%s", [1.5]) => "%!s(float64=1.5)"
      sprintf("%d", [1.5]) => "%!d(float64=1.5)"
      sprintf("%s %s", ["a"]) => "a %!s(MISSING)"
      sprintf("%s", ["a", "b"]) => "a%!(EXTRA string=b)"
      sprintf("%y", ["a"]) => "%!y(string=a)"
      sprintf("100%", []) => "100%!(NOVERB)"
      sprintf("%[2]s %[1]s", ["a", "b"]) => "b a"
      sprintf("%[3]s", ["a", "b"]) => "%!s(BADINDEX)"
      sprintf("%*d", ["a", 42]) => "%!(BADWIDTH)42"
      sprintf("%.*f", ["a", 1.5]) => "%!(BADPREC)1.500000"
      sprintf("%*d", [5, 42]) => "   42"
      sprintf("%s", [input.missing]) => undefined
      sprintf(input.n, []) => type error: sprintf: operand 1 must be string but got number
      sprintf("%s", input.s) => type error: sprintf: operand 2 must be array but got string
      """)
  void what_does_not_fit_is_said_in_the_text(ExpressionTable.Line line) {
    line.check();
  }
}
