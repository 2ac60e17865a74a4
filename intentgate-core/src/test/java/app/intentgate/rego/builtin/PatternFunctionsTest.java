package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Regular expressions and globs, as policies call them. */
class PatternFunctionsTest {
  @Expressions(
      """
      regex.match("b", "abc") => true
      regex.match("^b", "abc") => false
      regex.match("^a.c$", "abc") => true
      regex.match("^a.c$", "a\\nc") => false
      regex.match("(?s)^a.c$", "a\\nc") => true
      regex.match("(?i)^ABC$", "abc") => true
      regex.match("(?m)^b$", "a\\nb\\nc") => true
      regex.match("^b$", "a\\nb\\nc") => false
      regex.match("c$", "abc\\n") => false
      regex.match("", "anything") => true
      regex.match(`^\\d{3}-\\w+$`, "123-ab_c") => true
      regex.match(`^\\d+$`, "١٢") => false
      regex.match(`^\\pL+$`, "äßλ") => true
      regex.match("^.$", "😀") => true
      regex.match("a{2,3}", "aa") => true
      regex.match("^a{2,3}$", "aaaa") => false
      regex.match("^(a|ab)(c|bcd)$", "abcd") => true
      regex.match(`\\bcat\\b`, "a cat.") => true
      regex.match(`\\bcat\\b`, "concatenate") => false
      regex.match("[^a-c]", "abc") => false
      regex.match(input.s, "some text") => true
      regex.match("a", input.missing) => undefined
      regex.match("a(?=b)", input.s) => builtin error: regex.match: error parsing regexp: invalid or unsupported Perl syntax: `(?=`
      regex.match("a**", input.s) => builtin error: regex.match: error parsing regexp: invalid nested repetition operator: `**`
      regex.match("[z-a]", input.s) => builtin error: regex.match: error parsing regexp: invalid character class range: `z-a`
      regex.is_valid("a+") => true
      regex.is_valid("a(") => false
      regex.is_valid(`\\1`) => false
      """)
  void regular_expressions_match_as_re2_does(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      regex.split(",", "a,b,,c") => ["a", "b", "", "c"]
      regex.split(",", "") => [""]
      regex.split("x*", "axbxc") => ["a", "b", "c"]
      regex.split("", "abc") => ["a", "b", "c"]
      regex.split("[0-9]+", "a1b22c") => ["a", "b", "c"]
      regex.split("b", "abc") => ["a", "c"]
      regex.split("z", "abc") => ["abc"]
      regex.find_n("[a-z]", "a1b2c3", 2) => ["a", "b"]
      regex.find_n("[a-z]", "a1b2c3", -1) => ["a", "b", "c"]
      regex.find_n("[x-z]", "abc", -1) => []
      regex.find_n("a*", "baac", -1) => ["", "aa", ""]
      regex.find_n("(?:ab)+", "ababxab", -1) => ["abab", "ab"]
      regex.find_n("a+?", "aaa", 1) => ["a"]
      regex.find_n("a|ab", "ab", 1) => ["a"]
      regex.find_all_string_submatch_n("(a)(b)?", "ab a", -1) => [["ab", "a", "b"], ["a", "a", ""]]
      regex.find_all_string_submatch_n("(a)", "aaa", 2) => [["a", "a"], ["a", "a"]]
      regex.find_all_string_submatch_n("x", "abc", -1) => []
      """)
  void they_split_and_find(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      regex.replace("abcabc", "b", "X") => "aXcaXc"
      regex.replace("abc", "a(b)c", "$1") => "b"
      regex.replace("abc", "(a)(b)(c)", "$3$2$1") => "cba"
      regex.replace("ab", "(a)", "${1}x") => "axb"
      regex.replace("ab", "(a)", "$1x") => "b"
      regex.replace("ab", "(a)", "$$1") => "$1b"
      regex.replace("ab", "(a)", "$9") => "b"
      regex.replace("key=value", "(?P<k>[a-z]+)=(?P<v>[a-z]+)", "$v=$k") => "value=key"
      regex.replace("abc", "", "-") => "-a-b-c-"
      regex.replace("abc", "x*", "-") => "-a-b-c-"
      regex.replace("a😀b", "[^a-z]", "?") => "a?b"
      regex.replace("none", "x", "y") => "none"
      """)
  void they_replace_with_templates(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      regex.globs_match("a.a.[0-9]+z", ".b.b2359825792*594823z") => true
      regex.globs_match("[a-c]+", "[d-f]+") => false
      regex.globs_match("[a-c]+x", "[c-f]*x") => true
      regex.globs_match("[a-c]+x", "[d-f]*y") => false
      regex.globs_match("ab", "a.") => true
      regex.globs_match("ab", "a") => false
      regex.globs_match("[-a]", input.s) => builtin error: regex.globs_match: ...
      regex.globs_match("[a-]", input.s) => builtin error: regex.globs_match: ...
      regex.globs_match(`a\\`, input.s) => builtin error: regex.globs_match: ...
      regex.globs_match("a]", input.s) => builtin error: regex.globs_match: ...
      regex.template_match("urn:{.*}:x", "urn:anything:x", "{", "}") => true
      regex.template_match("urn:{[a-z]+}:x", "urn:UP:x", "{", "}") => false
      regex.template_match("a.c", "abc", "{", "}") => false
      regex.template_match("{a", input.s, "{", "}") => builtin error: regex.template_match: ...
      regex.template_match("a", input.s, "", "}") => builtin error: regex.template_match: ...
      """)
  void patterns_meet_and_templates_hold_expressions(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      glob.match("*.test", ["."], "api.test") => true
      glob.match("*.test", ["."], "a.b.test") => false
      glob.match("**.test", ["."], "a.b.test") => true
      glob.match("*", [], "a.b") => false
      glob.match("*", [], "ab") => true
      glob.match("*", null, "a.b/c") => true
      glob.match("*:*", [":"], "a.b:c") => true
      glob.match("*:*", [":", "."], "a.b:c") => false
      glob.match("a?c", [], "abc") => true
      glob.match("a?c", [], "a.c") => false
      glob.match("a?c", ["/"], "a.c") => true
      glob.match("[a-c]x", [], "bx") => true
      glob.match("[!a-c]x", [], "bx") => false
      glob.match("{read,write}:*", [":"], "write:7") => true
      glob.match("{read,write}:*", [":"], "exec:7") => false
      glob.match("a*", [], "") => false
      glob.match("", [], "") => true
      glob.match("/v1/**/x", ["/"], "/v1/a/b/x") => true
      glob.match("/v1/*/x", ["/"], "/v1/a/b/x") => false
      glob.match(`a\\*b`, [], "a*b") => true
      glob.match(`a\\*b`, [], "axb") => false
      glob.match("*", ["ab"], input.s) => type error: glob.match: operand 2 must be array of runes but got array containing string
      glob.match("[a", [], input.s) => builtin error: glob.match: unexpected end of input
      glob.match(glob.quote_meta("*.{a}[b]?"), [], "*.{a}[b]?") => true
      glob.match(glob.quote_meta("*"), [], "x") => false
      """)
  void globs_stop_at_delimiters(ExpressionTable.Line line) {
    line.check();
  }
}
