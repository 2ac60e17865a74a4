package app.intentgate.rego.compile.vars;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.ast.Term;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParser;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnificationTest {
  private static Set<String> bound(String left, String right, String... safe) {
    return Unification.bound(Set.of(safe), term(left), term(right));
  }

  private static Term term(String text) {
    return RegoParser.parseTerm(text, ParserOptions.ofDefaults());
  }

  @Test
  void aVariableTakesAnyValue() {
    assertThat(bound("x", "1")).containsExactly("x");
    assertThat(bound("{1}", "x")).containsExactly("x");
    assertThat(bound("x", "[y | y = 1]")).containsExactly("x");
    assertThat(bound("x", "y.z", "y")).containsExactly("x");
    assertThat(bound("x", "y.z")).isEmpty();
  }

  @Test
  void twoVariablesShareTheValueOfOne() {
    assertThat(bound("x", "y", "y")).containsExactly("x");
    assertThat(bound("x", "y", "x")).containsExactly("y");
    assertThat(bound("x", "y")).isEmpty();
  }

  @Test
  void collectionsAreTakenApart() {
    assertThat(bound("[x, {\"a\": y}]", "z", "z")).containsExactly("x", "y");
    assertThat(bound("[x, y]", "z.w", "z")).containsExactly("x", "y");
    assertThat(bound("{\"a\": x}", "{\"a\": 1}")).containsExactly("x");
    assertThat(bound("{\"a\": x}", "{\"b\": 1}")).isEmpty();
    assertThat(bound("[x]", "[1, 2]")).isEmpty();
  }

  @Test
  void collectionsHaveAValueOnceTheirPartsHave() {
    assertThat(bound("z", "[x, y]", "x", "y")).containsExactly("z");
    assertThat(bound("z", "[x, y]", "x")).isEmpty();
    assertThat(bound("[z, y]", "[[x, y], 1]", "x")).containsExactlyInAnyOrder("z", "y");
  }
}
