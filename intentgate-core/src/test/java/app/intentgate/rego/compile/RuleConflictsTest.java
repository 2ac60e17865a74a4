package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleConflictsTest {
  @Test
  void kindsAndAritiesOfOnePathMustAgree() {
    assertThat(Sources.rules("p := 1\n\np contains 2").messages())
        .containsExactly("3:1 conflicting rules data.test.p found");
    assertThat(Sources.rules("f(x) := x\n\nf(x, y) := x").messages())
        .containsExactly("3:1 conflicting rules data.test.f found");
    assertThat(Sources.rules("p := {}\n\np[x] := 1 if x := \"q\"").messages())
        .containsExactly("3:1 conflicting rules data.test.p[x] found");
  }

  @Test
  void nothingMayBeBelowAFixedPath() {
    assertThat(Sources.rules("p.a := 1\n\np.a.b := 2").messages())
        .containsExactly(
            "3:1 rule data.test.p.a conflicts with:\n  rule data.test.p.a.b at m0.rego:5");
    assertThat(Sources.rules("p[x] := 1 if x := \"a\"\n\np.b.c := 2").messages()).isEmpty();
  }

  @Test
  void thereIsOneDefault() {
    assertThat(Sources.rules("default p := 1\n\ndefault p := 2").messages())
        .containsExactly("1:1 multiple default rules data.test.p found at m0.rego:3, m0.rego:5");
  }

  @Test
  void packagesCannotBeAtThePathOfARule() {
    assertThat(Sources.modules("package a\n\nb := 1", "package a.b\n\nc := 2").messages())
        .containsExactly(
            "3:1 rule data.a.b conflicts with:\n  rule data.a.b.c at m1.rego:3",
            "1:1 package a.b conflicts with rule b defined at m0.rego:3");
  }

  @Test
  void rulesMustNotUseThemselves() {
    assertThat(Sources.rules("a if b\n\nb if c\n\nc if not a").messages())
        .containsExactly(
            "3:1 rule data.test.a is recursive: data.test.a -> data.test.b -> data.test.c ->"
                + " data.test.a",
            "5:1 rule data.test.b is recursive: data.test.b -> data.test.c -> data.test.a ->"
                + " data.test.b",
            "7:1 rule data.test.c is recursive: data.test.c -> data.test.a -> data.test.b ->"
                + " data.test.c");
  }

  @Test
  void refsWithVariablesReachEverythingTheyCould() {
    assertThat(Sources.rules("p := data.test[x] if x := input.y").messages())
        .containsExactly("3:1 rule data.test.p is recursive: data.test.p -> data.test.p");
    assertThat(Sources.rules("p := data.test[x].b if x := input.y\nq.b := 1").messages())
        .containsExactly("3:1 rule data.test.p is recursive: data.test.p -> data.test.p");
    assertThat(Sources.rules("p := data[x].q if x := input.y\nq.b := 1").messages()).isEmpty();
  }

  @Test
  void anElseBranchMayUseWhatTheRuleBeforeItDoesNot() {
    assertThat(Sources.rules("p if { q } else if { p }\n\nq if input.x").messages())
        .containsExactly("3:12 rule data.test.p is recursive: data.test.p -> data.test.p");
  }

  @Test
  void callsMustFitWhatTheyCall() {
    assertThat(Sources.rules("p if cuont([1])").messages())
        .containsExactly("3:6 undefined function cuont");
    assertThat(Sources.rules("f(x) := x\n\np := f(1, 2, 3)").messages())
        .containsExactly("5:6 function data.test.f has arity 1, got 3 arguments");
    assertThat(Sources.rules("p := count()").messages())
        .containsExactly("3:6 count: arity mismatch");
  }

  @Test
  void deprecatedFunctionsAreRefusedInV1AndInStrictMode() {
    assertThat(Sources.rules("p := any([true])").messages())
        .containsExactly("3:6 deprecated built-in function calls in expression: any");
    assertThat(Sources.rules("p = any([true])").v0().messages()).isEmpty();
    assertThat(Sources.rules("p = any([true])").v0().strict().messages()).hasSize(1);
  }

  @Test
  void theFirstStageWithErrorsIsTheLast() {
    assertThat(Sources.rules("p if { nofn(1); x > 1 }\n\nq if q").messages())
        .containsExactly("3:8 undefined function nofn");
  }

  @Test
  void afterTenErrorsTheCompilerGivesUp() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      rules.append("p").append(i).append(" if nofn(").append(i).append(")\n");
    }
    assertThat(Sources.rules(rules.toString()).messages())
        .hasSize(11)
        .endsWith("12:7 undefined function nofn", "0:0 error limit reached");
  }
}
