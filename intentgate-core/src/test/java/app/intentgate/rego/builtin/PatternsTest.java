package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
  @Test
  void regularExpressionsMatchAnywhere() throws Exception {
    assertThat(text("regex.match", "^[a-z]+\\[[0-9]+\\]$", "foo[1]")).isEqualTo("true");
    assertThat(text("regex.match", "b", "abc")).isEqualTo("true");
    assertThat(text("regex.is_valid", "(a")).isEqualTo("false");
    assertThat(text("regex.is_valid", 10)).isEqualTo("false");
    assertThat(error("regex.match", "(a", "x"))
        .isEqualTo("error parsing regexp: missing closing ): `(a`");
    assertThat(error("regex.match", "a", 1)).isEqualTo("operand 2 must be string but got number");
  }

  @Test
  void regularExpressionsFindSplitAndReplace() throws Exception {
    assertThat(text("regex.find_n", "a.", "paranormal", 2)).isEqualTo("[\"ar\", \"an\"]");
    assertThat(text("regex.find_n", "a.", "paranormal", 0)).isEqualTo("[]");
    assertThat(error("regex.find_n", "a.", "paranormal", 1.5))
        .isEqualTo("operand 3 must be integer number but got floating-point number");
    assertThat(text("regex.find_all_string_submatch_n", "a(x)?b", "-ab-axb-", -1))
        .isEqualTo("[[\"ab\", \"\"], [\"axb\", \"x\"]]");
    assertThat(text("regex.split", "z+", "pizza")).isEqualTo("[\"pi\", \"a\"]");
    assertThat(text("regex.replace", "-wy-wxxy-", "w(x*)y", "<$1>")).isEqualTo("\"-<>-<xx>-\"");
  }

  @Test
  void templatesHoldExpressionsBetweenDelimiters() throws Exception {
    String template = "urn:foo.bar:<[0-9]{2}>";
    assertThat(text("regex.template_match", template, "urn:foo.bar:42", "<", ">"))
        .isEqualTo("true");
    assertThat(text("regex.template_match", template, "urn:fooxbar:42", "<", ">"))
        .isEqualTo("false");
    assertThat(error("regex.template_match", "a{b", "x", "{", "}"))
        .isEqualTo("unbalanced braces in \"a{b\"");
    assertThat(error("regex.template_match", "a", "x", "{{", "}"))
        .isEqualTo("start delimiter has to be exactly one character long but is 2 long");
  }

  @ParameterizedTest
  @CsvSource({
    "a.a.[0-9]+z, .b.b2359825792*594823z, true",
    "'[a-z]+', '[0-9]*', false",
    "a*, b*, false",
    "a*, a+, true",
    "'[a-c]x*', c, true",
    "'', '', true",
    "'', a*, false",
    "\\*+, \\*\\*, true"
  })
  void globsMatchWhenSomeTextMatchesBoth(String first, String second, String expected)
      throws Exception {
    assertThat(text("regex.globs_match", first, second)).isEqualTo(expected);
    assertThat(text("regex.globs_match", second, first)).isEqualTo(expected);
  }

  @Test
  void globsThatDoNotParseAreNamed() {
    assertThat(error("regex.globs_match", "a", "x]"))
        .isEqualTo(
            "input:x], pos:2, set-close ']' with no preceding '[': the input provided is invalid");
    assertThat(error("regex.globs_match", "[b-a]", "x"))
        .isEqualTo(
            "input:[b-a], pos:4, range is out of order: 'a' comes before 'b' in Unicode:"
                + " the input provided is invalid");
  }

  @Test
  void globDelimitersDefaultToADot() throws Exception {
    assertThat(text("glob.match", "*", List.of(), "foo.bar")).isEqualTo("false");
    assertThat(text("glob.match", "*", null, "foo.bar")).isEqualTo("true");
    assertThat(text("glob.match", "*:b", List.of(":"), "a.a:b")).isEqualTo("true");
    assertThat(error("glob.match", "*", List.of("ab"), "x"))
        .isEqualTo("operand 2 must be array of runes but got array containing string");
    assertThat(error("glob.match", "*", ".", "x"))
        .isEqualTo("operand 2 must be one of {array, null} but got string");
    assertThat(error("glob.match", "[a", List.of(), "x")).isEqualTo("unexpected end of input");
    assertThat(text("glob.quote_meta", "*.github.com")).isEqualTo("\"\\\\*.github.com\"");
  }

  @Test
  void workCountsToTheBudget() {
    assertThatThrownBy(() -> Calls.call("regex.find_n", "(a|b)*c", "ab".repeat(6_000_000), -1))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void longTextsHaveAnAnswerFromEveryFunctionThatKnowsAFormat() throws Exception {
    int times = 100_000;
    assertThat(text("semver.is_valid", "1.0.0-a" + ".b".repeat(times))).isEqualTo("true");
    assertThat(text("semver.is_valid", "1.0.0-a" + ".b".repeat(times) + "!")).isEqualTo("false");
    for (String format : List.of("json-pointer", "relative-json-pointer", "hostname", "email")) {
      String start = format.startsWith("relative") ? "1" : "";
      for (String unit : List.of("/a", "/~0b", "a.", "a-", "@")) {
        String document = '"' + start + unit.repeat(times) + '"';
        String schema = "{\"type\": \"string\", \"format\": \"" + format + "\"}";
        assertThat(text("json.match_schema", document, schema))
            .as("%s of %s", format, unit)
            .startsWith(format.endsWith("pointer") && unit.startsWith("/") ? "[true," : "[false,");
      }
    }
    assertThat(text("yaml.marshal", "1" + ":01".repeat(times))).contains(":01:01");
    assertThat(error("to_number", "1_0".repeat(times) + "_")).contains("invalid syntax");
    assertThat(text("to_number", "0x1p1_0")).isEqualTo("1024");
    assertThat(text("to_number", "1_000.5_0")).isEqualTo("1000.50");
    assertThat(error("to_number", "1__0")).contains("invalid syntax");
    assertThat(error("to_number", "1_.0")).contains("invalid syntax");
    assertThat(error("to_number", "1e_1")).contains("invalid syntax");
  }
}
