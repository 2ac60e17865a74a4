package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.spi.RegoError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what is no module: queries and single terms; and the limits of reading. */
class QueriesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "data.a.b @ data.a.b",
        "x := 1; y = x @ assign(x, 1); y = x",
        "x; y @ x; y",
        "if.x @ if.x",
        "some x in [1]; x > 0 @ some x in [1]; gt(x, 0)",
        "not x @ not x",
        "x with input as 1 @ x with input as 1",
        "{x | x = 1} @ {x | x = 1}",
        "  x   # comment @ x",
      })
  void a_query_is_expressions(String text, String printed) {
    assertThat(Parsing.query(text)).isEqualTo(printed);
  }

  @Test
  void lines_of_a_query_are_expressions() {
    assertThat(Parsing.query("x\ny\n\nz # c\n")).isEqualTo("x; y; z");
    assertThat(Parsing.query("x +\ny\nz")).isEqualTo("plus(x, y); z");
  }

  private static List<RegoError> errors(Runnable parse) {
    try {
      parse.run();
      return List.of();
    } catch (RegoParseException e) {
      return e.errors();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "'' @ 1:1 @ empty query",
        "# c @ 1:1 @ empty query",
        "package a @ 1:1 @ 'expected expressions, found a package or import'",
        "import data.a @ 1:1 @ 'expected expressions, found a package or import'",
        "x := @ 1:4 @ unexpected eof token",
        "x; @ 1:2 @ unexpected eof token",
        "x } @ 1:3 @ unexpected } token",
        "p if x @ 1:3 @ unexpected if keyword",
        "default p := 1 @ 1:1 @ unexpected default keyword",
        "p contains 1 else @ 1:14 @ unexpected else keyword",
      })
  void what_is_no_query_is_refused(String text, String place, String message) {
    RegoError error = errors(() -> RegoParser.parseQuery(text, Parsing.V1)).get(0);
    assertThat(error.location().row() + ":" + error.location().col()).isEqualTo(place);
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void errors_of_a_query_with_a_name_have_it() {
    assertThatThrownBy(() -> RegoParser.parseQuery("asked", "x y ]", Parsing.V1))
        .hasMessage("asked:1: rego_parse_error: unexpected ] token");
    assertThatThrownBy(() -> RegoParser.parseQuery("x ]", Parsing.V1))
        .hasMessage("1:3: rego_parse_error: unexpected ] token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x; y", "not x", "x := 1", "x = 1", "x with input as 1", "some x", "x y"})
  void more_or_less_than_a_term_is_no_term(String text) {
    assertThatThrownBy(() -> RegoParser.parseTerm(text, Parsing.V1))
        .hasMessageContaining("expected exactly one term");
  }

  @Test
  void words_of_later_versions_are_names_in_version_0() {
    assertThat(RegoParser.parseQuery("if; contains; every; in", Parsing.V0).exprs()).hasSize(4);
    assertThat(errors(() -> RegoParser.parseQuery("if", Parsing.V1))).isNotEmpty();
  }

  @Test
  void the_longest_source_is_an_option() {
    ParserOptions ten = new ParserOptions(RegoVersion.V1, name -> false, 10, 250);
    assertThat(RegoParser.parseQuery("1234567890", ten).exprs()).hasSize(1);
    assertThat(errors(() -> RegoParser.parseQuery("12345678901", ten)))
        .extracting(RegoError::message)
        .containsExactly("source is longer than 10 characters");
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "{, }", "f(, )", "x[, ]", "[x | , ]"})
  void the_deepest_nesting_is_an_option(String open, String close) {
    ParserOptions eight = new ParserOptions(RegoVersion.V1, name -> false, 1000, 8);
    int deepest = 0;
    for (int depth = 1; depth < 12; depth++) {
      String text = open.repeat(depth) + "1" + close.repeat(depth);
      List<RegoError> errors = errors(() -> RegoParser.parseQuery(text, eight));
      if (errors.isEmpty()) {
        assertThat(deepest).as("no deeper one was refused before").isEqualTo(depth - 1);
        deepest = depth;
      } else {
        assertThat(errors.get(0).message()).isEqualTo("max parsing recursion depth exceeded");
      }
    }
    assertThat(deepest).isBetween(1, 8);
  }
}
