package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Template strings: text, and between braces expressions whose values are put in place. */
class TemplateLiteralsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := $"plain"
      => "plain"
      --
      p := $""
      => ""
      --
      p := $"{1}"
      => "1"
      --
      p := $"a {1 + 2} b"
      => "a 3 b"
      --
      p := $"a {"b"} c"
      => "a b c"
      --
      p := $"{null}|{true}|{1.50}|{"é"}"
      => "null|true|1.50|é"
      --
      p := $"x {input.missing} y"
      => "x <undefined> y"
      --
      p := $"{[1, "a"]} {{1, 2}} {{"k": "v"}}"
      => "[1, \\"a\\"] {1, 2} {\\"k\\": \\"v\\"}"
      --
      p := $"\\{not} \\"quoted\\" \\\\ \\u0041\\n"
      => "{not} \\"quoted\\" \\\\ A\\n"
      --
      p := $`raw \\n {1}
      second \\{brace} {`a`}`
      => "raw \\\\n 1\\nsecond {brace} a"
      --
      p := $"{$"{1}{2}"}3"
      => "123"
      --
      p := $"{ x }" if x := 4
      => "4"
      --
      p := $"{{x | some x in [1, 2]}}"
      => "{1, 2}"
      --
      p := $"{input.a with input as {"a": 5}}"
      => "5"
      --
      p := $"{upper("a")}{count([1,2])}"
      => "A2"
      --
      p := [$"{x}" | some x in ["a", 1, null]]
      => ["a","1","null"]
      --
      p := $"a" == "a"
      => true
      --
      f(x) := $"<{x}>"
      p := f("y")
      => "<y>"
      --
      p := $"{1 > 2}"
      => "false"
      --
      p := $"{"a" in ["a"]}"
      => "true"
      --
      p := $"{set()}"
      => "set()"
      --
      p := $"😀{1}é"
      => "😀1é"
      --
      p := $"{ # comment
      1}"
      => "1"
      """)
  void expressions_in_braces_are_put_in_place(RegoRow row) {
    row.isAnsweredByEvaluation();
  }

  @ParameterizedTest
  @RegoTable(
      """
      p := $"a
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := $`a
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := $"{1"
      => 3:10 parse: non-terminated string
      => 3:10 parse: expected } to end template string expression
      => 3:10 parse: illegal token
      --
      p := $"{1 2}"
      => 3:11 parse: expected } to end template string expression
      => 3:11 parse: unexpected number token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{}"
      => 3:9 parse: unexpected } token
      => 3:9 parse: invalid template-string expression
      => 3:9 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{x := 1}"
      => 3:9 parse: unexpected assignment (':=') in template-string expression
      => 3:15 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{x = 1}"
      => 3:9 parse: unexpected unification ('=') in template-string expression
      => 3:14 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{not true}"
      => 3:9 parse: unexpected negation ('not') in template-string expression
      => 3:17 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{some x in [1]}"
      => 3:9 parse: unexpected 'some' in template-string expression
      => 3:22 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{every x in [1] { x }}"
      => 3:9 parse: unexpected 'every' in template-string expression
      => 3:29 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"\\q"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := $"\\u00zz {1}"
      => 3:6 parse: illegal template-string part: "\\u00zz {
      => 3:6 parse: unexpected template-string-part token: expected rule value term (e.g., p :=
         <VALUE> { ... })
      --
      p := $"{1}\\q"
      => 3:11 parse: illegal escape sequence
      => 3:11 parse: expected template-string part
      => 3:11 parse: illegal token
      --
      p := $"{1} "a"
      => 3:14 parse: non-terminated string
      --
      p := $'a'
      => 3:6 parse: illegal $ character
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := $ "a"
      => 3:6 parse: illegal $ character
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := $"a".b
      => 3:6 parse: illegal ref (head cannot be templatestring)
      --
      p := $"{
      1
      }"
      => ok
      --
      $"a" := 1
      => 3:1 parse: templatestring cannot be used for rule name
      --
      p := $"{"
      => 3:9 parse: non-terminated string
      => 3:9 parse: illegal token
      => 3:9 parse: invalid template-string expression
      => 3:9 parse: illegal token
      --
      p := $"{1}\\u00zz\\{"
      => 3:11 parse: illegal template-string part: }\\u00zz{"
      => 3:11 parse: unexpected template-string-end token: expected rule value term (e.g., p :=
         <VALUE> { ... })
      --
      p := $"{1}\\u00zz{2}"
      => 3:11 parse: illegal template-string part: }\\u00zz{
      => 3:11 parse: unexpected template-string-part token: expected rule value term (e.g., p :=
         <VALUE> { ... })
      --
      p := $`{1`
      => 3:10 parse: non-terminated string
      => 3:10 parse: expected } to end template string expression
      => 3:10 parse: illegal token
      --
      p := $"{x | y = 1}"
      => 3:9 parse: unexpected unification ('=') in template-string expression
      => 3:18 parse: unexpected } token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := $"{1; 2}"
      => 3:10 parse: expected } to end template string expression
      => 3:10 parse: unexpected ; token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p contains $"{x
      => 3:15 parse: expected } to end template string expression
      => 3:15 parse: unexpected eof token: expected rule key term (e.g., p contains <VALUE> { ... })
      """)
  void what_is_no_template_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p = $"a" { true }
      => 3:5 parse: template strings are not supported by current capabilities
      => 3:5 parse: unexpected template-string-end token: expected rule value term (e.g., p[<nil>]
         = <VALUE> { ... })
      --
      p = x { x := $`{1}` }
      => 3:14 parse: template strings are not supported by current capabilities
      """)
  void template_strings_are_not_part_of_version_0(RegoRow row) {
    row.isAnsweredBy(Parsing.errorsV0(row.module()));
  }
}
