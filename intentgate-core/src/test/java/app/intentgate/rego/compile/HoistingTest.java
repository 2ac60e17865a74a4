package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.compile.program.RuleBranch;
import org.junit.jupiter.api.Test;

class HoistingTest {
  @Test
  void nestedCallsComeBefore() {
    assertThat(Sources.rules("p if upper(lower(input.x)) == \"X\"").body())
        .isEqualTo(
            "__local2__ = input.x; lower(__local2__, __local0__); upper(__local0__, __local1__);"
                + " __local1__ = \"X\"");
  }

  @Test
  void callsUnderNotComeOutsideOfIt() {
    assertThat(Sources.rules("p if not startswith(lower(input.x), \"a\")").body())
        .isEqualTo(
            "__local1__ = input.x; lower(__local1__, __local0__); not startswith(__local0__,"
                + " \"a\")");
  }

  @Test
  void withTheNotKeywordEverythingStaysInside() {
    String source =
        """
        package test
        import future.keywords.not
        p if not startswith(lower(input.x), "a")
        """;
    assertThat(Sources.modules(source).body())
        .isEqualTo(
            "not { __local1__ = input.x; lower(__local1__, __local0__); startswith(__local0__,"
                + " \"a\") }");
  }

  @Test
  void refsIntoCollectionsAndCallsGetAVariable() {
    assertThat(Sources.rules("p := [1, 2][input.i]").body())
        .isEqualTo(
            "true; __local0__ = [1, 2]; __local2__ = input.i; __local1__ ="
                + " __local0__[__local2__]");
    assertThat(Sources.rules("p := split(input.x, \"/\")[0]").body())
        .isEqualTo(
            "true; __local2__ = input.x; split(__local2__, \"/\", __local0__); __local1__ ="
                + " __local0__[0]");
  }

  @Test
  void whatHeadsEvaluateMovesIntoTheBody() {
    RuleBranch branch =
        Sources.rules("p[input.a].b[x] := input.v[x] if some x in input.xs")
            .rule(0)
            .branches()
            .get(0);
    assertThat(branch.ref()).hasToString("data.test.p[__local0__].b[__local3__]");
    assertThat(branch.value()).hasToString("__local4__");
    assertThat(branch.body())
        .hasToString(
            "__local3__ = input.xs[__local2__]; __local0__ = input.a; __local4__ ="
                + " input.v[__local3__]");
  }

  @Test
  void whatComprehensionsCollectMovesIntoTheirBody() {
    assertThat(Sources.rules("p := {x.k: upper(x.v) | some x in input.xs}").body())
        .isEqualTo(
            "true; __local5__ = {__local4__: __local3__ | __local2__ = input.xs[__local1__];"
                + " __local6__ = __local2__.v; upper(__local6__, __local3__); __local4__ ="
                + " __local2__.k}");
  }

  @Test
  void everyGetsItsDomainFromAVariable() {
    assertThat(Sources.rules("p if every x in input.xs { x > input.min }").body())
        .isEqualTo(
            "__local2__ = input.xs; every __local0__, __local1__ in __local2__ { __local3__ ="
                + " input.min; gt(__local1__, __local3__) }");
  }

  @Test
  void undefinedPartsOfTemplatesAreEmptySets() {
    assertThat(Sources.rules("p := $\"a {input.x}\"").body())
        .isEqualTo(
            "true; __local2__ = {__local0__ | __local0__ = input.x};"
                + " internal.template_string([\"a \", __local2__], __local1__)");
    assertThat(Sources.rules("p := $\"plain\"").rule(0).branches().get(0).value())
        .hasToString("\"plain\"");
    assertThat(Sources.rules("p := $\"\"").rule(0).branches().get(0).value()).hasToString("\"\"");
  }

  @Test
  void printIsErased() {
    assertThat(Sources.rules("p if { print(input.x, nothing) }").body()).isEqualTo("true");
    assertThat(Sources.rules("p if { input.x; print(1); every y in input.ys { print(y) } }").body())
        .isEqualTo(
            "input.x; __local2__ = input.ys; every __local0__, __local1__ in __local2__ { true }");
    assertThat(Sources.rules("p := print(\"x\")").messages())
        .containsExactly("3:6 print(\"x\") used as value");
  }
}
