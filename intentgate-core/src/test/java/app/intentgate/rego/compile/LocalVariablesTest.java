package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.compile.program.Program;
import org.junit.jupiter.api.Test;

class LocalVariablesTest {
  @Test
  void everyDeclarationGetsANameOfItsOwn() {
    assertThat(Sources.rules("p if { x := 1; x > 0 }\nq if { x := 2; x > 0 }").bodies())
        .containsExactly("__local0__ = 1; gt(__local0__, 0)", "__local1__ = 2; gt(__local1__, 0)");
  }

  @Test
  void namesAsWrittenAreKept() {
    Program program = Sources.rules("f(arg) := res if { some k; res := input[k][arg] }").compile();
    assertThat(program.sourceName("__local0__")).isEqualTo("arg");
    assertThat(program.sourceName("__local1__")).isEqualTo("k");
    assertThat(program.sourceName("__local2__")).isEqualTo("res");
    assertThat(program.sourceName("other")).isEqualTo("other");
  }

  @Test
  void namesInTheSourceAreNotTaken() {
    assertThat(Sources.rules("p if { __local0__ = 1; x := 2; x > __local0__ }").body())
        .isEqualTo("__local0__ = 1; __local1__ = 2; gt(__local1__, __local0__)");
  }

  @Test
  void elseBranchesShareTheParametersAndNothingElse() {
    assertThat(
            Sources.rules("f(x) := y if { y := x; y > 1 } else := y if { y := -x; y > 2 }")
                .bodies())
        .containsExactly(
            "__local1__ = __local0__; gt(__local1__, 1)",
            "minus(0, __local0__, __local3__); __local2__ = __local3__; gt(__local2__, 2)");
  }

  @Test
  void someInIteratesOverKeysAndPatterns() {
    assertThat(Sources.rules("p if { some k, [a, b] in input.x; a > b; k }").body())
        .isEqualTo(
            "[__local0__, __local1__] = input.x[__local2__]; gt(__local0__, __local1__);"
                + " __local2__");
  }

  @Test
  void someInMayUseOuterVariablesInItsCollection() {
    assertThat(Sources.rules("p if { x := input.a; some y in [x, 2]; y > x }").body())
        .isEqualTo(
            "__local0__ = input.a; __local4__ = [__local0__, 2]; __local3__ ="
                + " __local4__[__local2__]; gt(__local3__, __local0__)");
  }

  @Test
  void variablesCannotBeDeclaredTwiceOrAfterUse() {
    assertThat(Sources.rules("p if { x := 1; x := 2 }").messages())
        .containsExactly("3:16 var x assigned above");
    assertThat(Sources.rules("p if { some x; some x; x = 1 }").messages())
        .containsExactly("3:16 var x declared above");
    assertThat(Sources.rules("p if { x > 1; x := 2 }").messages())
        .containsExactly("3:15 var x referenced above");
    assertThat(Sources.rules("f(x) := y if { x := 1; y := x }").messages())
        .containsExactly("3:16 arg x redeclared");
  }

  @Test
  void innerScopesMayDeclareAgain() {
    assertThat(
            Sources.rules("p if { x := 1; y := [x | x := 2]; every x in y { x > 1 }; x > 0 }")
                .messages())
        .isEmpty();
  }

  @Test
  void onlyPatternsCanBeAssignedTo() {
    assertThat(Sources.rules("p if 1 := 2").messages())
        .containsExactly("3:6 cannot assign to number");
    assertThat(Sources.rules("p if input.x := 2").messages())
        .containsExactly("3:6 cannot assign to ref");
    assertThat(Sources.rules("p if not x := 1").messages())
        .containsExactly("3:6 cannot assign vars inside negated expression");
  }

  @Test
  void declaredAndUnusedVariablesAreRefused() {
    assertThat(Sources.rules("p if { some x; input.y }").messages())
        .containsExactly("3:8 declared var x unused");
    assertThat(Sources.rules("p if every k, v in input.x { v > 1 }").messages())
        .containsExactly("3:30 declared var k unused");
  }

  @Test
  void unusedAssignmentsParametersAndImportsAreRefusedInStrictMode() {
    String rules = "p if { x := 1 }\n\nf(y) := 1";
    assertThat(Sources.rules(rules).messages()).isEmpty();
    assertThat(Sources.rules(rules).strict().messages())
        .containsExactly(
            "3:8 assigned var x unused",
            "5:1 unused argument y. (hint: use _ (wildcard variable) instead)");
    assertThat(Sources.modules("package test\nimport data.a as b").strict().messages())
        .containsExactly("2:1 import data.a as b unused");
  }

  @Test
  void strictModeCountsUsesInHeadsElseBranchesAndClosures() {
    String rules =
        """
        f(x, y) := z if { z := x } else := y
        p contains x if x := 1
        q if { n := 3; count([1 | input.x > n]) > 0 }
        """;
    assertThat(Sources.rules(rules).strict().messages()).isEmpty();
  }

  @Test
  void aVariableCannotBeCalled() {
    assertThat(Sources.rules("p if { count := 1; count([1]) == count }").messages())
        .containsExactly("3:20 called function count shadowed");
  }

  @Test
  void aWildcardHasNoPlaceInATemplate() {
    assertThat(Sources.rules("p := $\"a{input.x[_]}\"").messages())
        .containsExactly("3:10 var _ is undeclared");
    assertThat(Sources.rules("p := $\"{[x | x := input[_]]}\"").messages()).isEmpty();
  }
}
