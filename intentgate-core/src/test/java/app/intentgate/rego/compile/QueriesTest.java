package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.spi.RegoError;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private static final Sources POLICY = Sources.rules("p := 1\n\nf(x) := x");

  @Test
  void variablesKeepTheirNames() {
    assertThat(POLICY.query("data.test.p = x; y = x + 1").body())
        .hasToString("data.test.p = x; plus(x, 1, __localq0__); y = __localq0__");
  }

  @Test
  void assignedVariablesAreRenamedAndRemembered() {
    CompiledQuery query = POLICY.query("x := data.test.p");
    assertThat(query.body()).hasToString("__localq0__ = data.test.p");
    assertThat(query.sourceNames()).containsExactly(entry("__localq0__", "x"));
  }

  @Test
  void comparisonsStayComparisons() {
    assertThat(POLICY.query("data.test.p == 1").body())
        .hasToString("__localq0__ = data.test.p; equal(__localq0__, 1)");
  }

  @Test
  void functionsOfThePolicyCanBeCalledAndReplaced() {
    assertThat(POLICY.query("data.test.f(1, x) with data.test.f as upper").body())
        .hasToString("data.test.f(1, x) with data.test.f as upper");
    assertThat(POLICY.queryErrors("data.test.g(1)"))
        .extracting(RegoError::message)
        .containsExactly("undefined function data.test.g");
  }

  @Test
  void unsafeVariablesAreRefused() {
    assertThat(POLICY.queryErrors("x > 1"))
        .extracting(RegoError::toString)
        .containsExactly("1:1: rego_unsafe_var_error: var x is unsafe");
  }
}
