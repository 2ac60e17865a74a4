package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void namesOfThePackageBecomeFullRefs() {
    assertThat(Sources.rules("p if q.x\nq.x := 1").body()).isEqualTo("data.test.q.x");
  }

  @Test
  void namesOfOtherFilesOfThePackageAreKnown() {
    assertThat(Sources.modules("package a.b\np if q", "package a.b\nq if true").body())
        .isEqualTo("data.a.b.q");
  }

  @Test
  void importsBecomeFullRefsAndWinOverRules() {
    String source =
        """
        package test
        import data.lib.users
        import input.request as req
        p if { users[req.id]; req.ok }
        users := 1
        """;
    assertThat(Sources.modules(source).body())
        .isEqualTo("__local0__ = input.request.id; data.lib.users[__local0__]; input.request.ok");
  }

  @Test
  void declaredVariablesAndParametersHideRules() {
    assertThat(Sources.rules("p if { q := 1; q > 0 }\nq := 2").body())
        .isEqualTo("__local0__ = 1; gt(__local0__, 0)");
    assertThat(Sources.rules("f(q) if q > 1\nq := 2").body()).isEqualTo("gt(__local0__, 1)");
    assertThat(Sources.rules("p := [q | some q in input.x]\nq := 2").body())
        .isEqualTo("true; __local3__ = [__local2__ | __local2__ = input.x[__local1__]]");
  }

  @Test
  void aVariableOfAComprehensionHidesNothingOutside() {
    assertThat(Sources.rules("p if { x = [q | q := 1]; x = q }\nq := [2]").body())
        .isEqualTo("x = [__local0__ | __local0__ = 1]; x = data.test.q");
  }

  @Test
  void documentsAloneAreRefs() {
    assertThat(Sources.rules("p if count(input) > 0").body())
        .isEqualTo("__local1__ = input; count(__local1__, __local0__); gt(__local0__, 0)");
  }

  @Test
  void rulesHideBuiltInFunctionsAndOperators() {
    assertThat(Sources.rules("and := 1\n\np := {1} & {2}").messages())
        .containsExactly("5:6 function data.test.and has arity 0, got 2 arguments");
  }

  @Test
  void documentsCannotBeNamesOfRulesParametersOrVariablesInV1() {
    assertThat(Sources.rules("input := 1").messages())
        .containsExactly("3:1 rules must not shadow input (use a different rule name)");
    assertThat(Sources.rules("f(data) := data").messages())
        .containsExactly("3:1 args must not shadow data (use a different variable name)");
    assertThat(Sources.rules("p if { input := 1; input == 1 }").messages())
        .containsExactly("3:8 variables must not shadow input (use a different variable name)");
  }

  @Test
  void documentsCanBeNamesOfVariablesInV0() {
    assertThat(Sources.rules("p { input := {\"x\": 1}; input.x = 1 }").v0().body())
        .isEqualTo("__local0__ = {\"x\": 1}; __local0__.x = 1");
  }

  @Test
  void twoImportsUnderOneNameAreRefusedInV1Only() {
    String source = "package test\nimport data.foo\nimport data.bar.foo\np = foo";
    assertThat(Sources.modules(source).messages())
        .containsExactly("3:1 import must not shadow import data.foo");
    assertThat(Sources.modules(source).v0().messages()).isEmpty();
  }
}
