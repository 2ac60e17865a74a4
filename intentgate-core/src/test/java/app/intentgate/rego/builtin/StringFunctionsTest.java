package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Functions on strings, as policies call them. */
class StringFunctionsTest {
  @Expressions(
      """
      contains("abcdef", "cde") => true
      contains("abcdef", "ce") => false
      contains("abc", "") => true
      contains("", "a") => false
      contains("å", "a") => false
      startswith("abc", "ab") => true
      startswith("abc", "b") => false
      startswith("abc", "") => true
      startswith("ab", "abc") => false
      endswith("abc", "bc") => true
      endswith("abc", "b") => false
      endswith("abc", "") => true
      indexof("abcabc", "ca") => 2
      indexof("abc", "x") => -1
      indexof("😀😀a", "a") => 2
      indexof("a😀b😀", "😀") => 1
      indexof("ab", "abc") => -1
      indexof_n("abab", "ab") => [0, 2]
      indexof_n("aaaa", "aa") => [0, 1, 2]
      indexof_n("abc", "x") => []
      indexof_n("é😀é", "é") => [0, 2]
      strings.count("cheese", "e") => 3
      strings.count("aaaa", "aa") => 2
      strings.count("abc", "") => 4
      strings.count("", "a") => 0
      strings.count("", "") => 1
      strings.any_prefix_match("abc", "ab") => true
      strings.any_prefix_match(["x", "abc"], ["q", "ab"]) => true
      strings.any_prefix_match({"abc"}, {"b"}) => false
      strings.any_prefix_match([], ["a"]) => false
      strings.any_suffix_match("abc", {"x", "bc"}) => true
      strings.any_suffix_match(["abc"], "b") => false
      """)
  void parts_are_found_at_code_points(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      substring("abcdef", 2, 3) => "cde"
      substring("abcdef", 0, 0) => ""
      substring("abcdef", 2, -1) => "cdef"
      substring("abcdef", 2, 100) => "cdef"
      substring("abcdef", 6, 1) => ""
      substring("abcdef", 7, 1) => ""
      substring("a😀é", 1, 1) => "😀"
      substring("a😀é", 2, -1) => "é"
      substring("", 0, 1) => ""
      substring(input.s, input.neg, 1) => builtin error: substring: negative offset
      split("a.b.c", ".") => ["a", "b", "c"]
      split("a..c", ".") => ["a", "", "c"]
      split(".a.", ".") => ["", "a", ""]
      split("abc", ".") => ["abc"]
      split("", ".") => [""]
      split("", "") => []
      split("aé😀", "") => ["a", "é", "😀"]
      split("a::b", "::") => ["a", "b"]
      strings.split_n("a.b.c.d", ".", 2) => ["a", "b"]
      strings.split_n("a.b.c.d", ".", -2) => ["c", "d"]
      strings.split_n("a.b", ".", -2) => ["a", "b"]
      strings.split_n("a.b", ".", -9) => ["a", "b"]
      strings.split_n("a.b", ".", 9) => ["a", "b"]
      strings.split_n("a.b", ".", 0) => []
      strings.reverse("aé😀") => "😀éa"
      strings.reverse("") => ""
      """)
  void texts_are_cut(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      concat(",", ["b", "a"]) => "b,a"
      concat(",", {"b", "a"}) => "a,b"
      concat("", ["a", "b"]) => "ab"
      concat(",", []) => ""
      concat(",", ["one"]) => "one"
      concat(",", input.a) => type error: concat: operand 2 must be array of strings but got array containing number
      replace("a.b.a", "a", "x") => "x.b.x"
      replace("aaa", "aa", "b") => "ba"
      replace("abc", "", "-") => "-a-b-c-"
      replace("abc", "x", "y") => "abc"
      replace("a$b", "$", "\\\\1") => "a\\\\1b"
      strings.replace_n({"<": "&lt;", ">": "&gt;"}, "<b>") => "&lt;b&gt;"
      strings.replace_n({"a": "b", "b": "a"}, "abba") => "baab"
      strings.replace_n({"f": "x", "foo": "yyy"}, "foobar") => "xoobar"
      strings.replace_n({}, "abc") => "abc"
      """)
  void texts_are_joined_and_replaced(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      trim("..a.b..", ".") => "a.b"
      trim("xyaxy", "yx") => "a"
      trim("aaa", "a") => ""
      trim("abc", "") => "abc"
      trim("😀a😀", "😀") => "a"
      trim_left("..a..", ".") => "a.."
      trim_right("..a..", ".") => "..a"
      trim_prefix("foobar", "foo") => "bar"
      trim_prefix("foofoo", "foo") => "foo"
      trim_prefix("foobar", "oo") => "foobar"
      trim_suffix("foobar", "bar") => "foo"
      trim_suffix("foobar", "ba") => "foobar"
      trim_space("\\t a b \\n") => "a b"
      trim_space("\\u00a0a\\u3000") => "a"
      trim_space("\\u200ba") => "\\u200ba"
      upper("aé ß") => "AÉ ß"
      lower("AÉ İ") => "aé i"
      upper("") => ""
      format_int(255, 16) => "ff"
      format_int(255, 2) => "11111111"
      format_int(-255, 8) => "-377"
      format_int(15.9, 10) => "15"
      format_int(-0.5, 10) => "0"
      format_int(18446744073709551616, 16) => "10000000000000000"
      format_int(input.n, 7) => type error: format_int: operand 2 must be one of {2, 8, 10, 16}
      """)
  void texts_are_trimmed_and_written(ExpressionTable.Line line) {
    line.check();
  }
}
