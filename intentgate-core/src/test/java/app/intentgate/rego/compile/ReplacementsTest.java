package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplacementsTest {
  private static final String RULES =
      """
      p if q with %s as %s

      q if f(1)

      f(x) := x

      g(x) := x
      """;

  private static Sources replacing(String target, String value) {
    return Sources.rules(String.format(RULES, target, value));
  }

  @Test
  void valuesThatAreEvaluatedComeBefore() {
    assertThat(replacing("input.x", "input.y").body())
        .isEqualTo("__local2__ = input.y; data.test.q with input.x as __local2__");
    assertThat(replacing("input", "{\"a\": input.y}").body())
        .isEqualTo(
            "__local3__ = input.y; __local2__ = {\"a\": __local3__}; data.test.q with input as"
                + " __local2__");
  }

  @Test
  void functionsReplaceFunctionsByName() {
    assertThat(replacing("f", "g").body()).isEqualTo("data.test.q with data.test.f as data.test.g");
    assertThat(replacing("upper", "g").body()).isEqualTo("data.test.q with upper as data.test.g");
    assertThat(replacing("f", "upper").body()).isEqualTo("data.test.q with data.test.f as upper");
    assertThat(replacing("f", "input.y").body())
        .isEqualTo("__local2__ = input.y; data.test.q with data.test.f as __local2__");
  }

  @Test
  void replacementsHoldForWhatIsHoistedFromTheirExpression() {
    assertThat(Sources.rules("p if startswith(input.a, \"x\") with input.a as \"xy\"").body())
        .isEqualTo(
            "__local0__ = input.a with input.a as \"xy\"; startswith(__local0__, \"x\") with"
                + " input.a as \"xy\"");
  }

  @Test
  void onlyDocumentsAndFunctionsCanBeReplaced() {
    assertThat(replacing("foo.bar", "1").messages())
        .containsExactly(
            "3:13 with keyword target must reference existing input, data, or a function");
    assertThat(replacing("q.x", "1").messages())
        .containsExactly("3:13 with keyword cannot partially replace virtual document(s)");
  }

  @Test
  void someBuiltInFunctionsCannotBeReplaced() {
    String prefix = "3:13 with keyword replacing built-in function: ";
    assertThat(replacing("internal.member_2", "g").messages())
        .containsExactly(prefix + "replacement of internal function \"internal.member_2\" invalid");
    assertThat(replacing("eq", "g").messages())
        .containsExactly(prefix + "replacement of \"eq\" invalid");
    assertThat(replacing("walk", "g").messages())
        .containsExactly(prefix + "target must not be a relation");
    assertThat(replacing("print", "g").messages())
        .containsExactly(prefix + "target must not be a void function");
  }

  @Test
  void valuesNeedValues() {
    assertThat(replacing("input", "nope").messages()).containsExactly("3:6 var nope is unsafe");
  }
}
