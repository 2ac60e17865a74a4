package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;

/** Built-ins that fail: undefined unless errors are strict, wherever the call stands. */
class FailingBuiltinsTest {
  @Expressions(
      """
      1 / input.zero => builtin error: div: divide by zero
      input.n % input.zero => builtin error: rem: modulo by zero
      input.n % input.half => builtin error: rem: modulo on floating-point number
      input.n + input.s => type error: plus: operand 2 must be number but got string
      [1, 1 / input.zero] => builtin error: div: divide by zero
      {"k": 1 / input.zero} => builtin error: div: divide by zero
      count([1 / input.zero]) => builtin error: div: divide by zero
      if 1 / input.zero == 1 => builtin error: div: divide by zero
      if not 1 / input.zero == 1 => builtin error: div: divide by zero
      if x := 1 / input.zero; x > 0 => builtin error: div: divide by zero
      if some x in [1, 0]; 1 / x == 7 => builtin error: div: divide by zero
      if every x in [1, 0] { 1 / x == 1 } => builtin error: div: divide by zero
      abs(input.s) => type error: abs: operand 1 must be number but got string
      lower(input.n) => type error: lower: operand 1 must be string but got number
      count(input.n) => type error: count: operand 1 must be one of {array, object, set, string} but got number
      to_number(input.s) => builtin error: to_number: strconv.ParseFloat: parsing "text": invalid syntax
      regex.match("(", input.s) => builtin error: regex.match: error parsing regexp: missing closing ): `(`
      json.unmarshal(input.s) => builtin error: json.unmarshal: invalid character 'e' in literal true (expecting 'r')
      """)
  void an_error_is_undefined_unless_strict(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if input.f; 1 / input.zero == 1 => undefined
      if input.n == 2; input.n + input.s == 3 => undefined
      [x | some x in []; 1 / input.zero == x] => []
      if every x in [] { 1 / input.zero == x } => true
      lower(input.missing) => undefined
      1 / input.missing => undefined
      input.missing + input.s => undefined
      """)
  void what_is_not_called_does_not_fail(ExpressionTable.Line line) {
    line.check();
  }

  @Test
  void a_failing_item_is_left_out_and_the_others_stay() {
    Asked asked =
        Asked.of(
            """
            quotients := [q | some x in input.xs; q := 6 / x]

            some_rule := 1 if 6 / input.xs[0] == 1

            some_rule := 2 if 6 / input.xs[1] == 3

            default guarded := "default"

            guarded := "found" if 6 / input.xs[0] == 6
            """);
    Asked zeros = asked.input("{'xs': [0, 2, 3]}");
    assertThat(zeros.rule("quotients")).isEqualTo("[3, 2]");
    assertThat(zeros.rule("some_rule")).isEqualTo("2");
    assertThat(zeros.rule("guarded")).isEqualTo("\"default\"");
    for (String rule : new String[] {"quotients", "some_rule", "guarded"}) {
      assertThat(zeros.strict().rule(rule)).isEqualTo("builtin error: div: divide by zero");
    }
  }

  @Test
  void a_strict_error_names_the_place_of_the_call() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .module("a.rego", "package p\n\nr if {\n  input.x\n  1 / input.x == 1\n}\n")
            .module("b.rego", "package q\n\nr := data.p.r\n")
            .compile();
    EvalOptions strict = EvalOptions.builder().strictBuiltinErrors(true).build();
    assertThatThrownBy(() -> policy.prepare("data.q.r").value(Asked.json("{'x': 0}"), strict))
        .isInstanceOf(RegoEvalException.class)
        .hasMessage("a.rego:5: eval_builtin_error: div: divide by zero");
    assertThatThrownBy(
            () ->
                policy
                    .prepare("x := 1 + 1; y := x / input.x")
                    .results(Asked.json("{'x': 0}"), strict))
        .isInstanceOf(RegoEvalException.class)
        .hasMessageEndingWith("eval_builtin_error: div: divide by zero");
  }
}
