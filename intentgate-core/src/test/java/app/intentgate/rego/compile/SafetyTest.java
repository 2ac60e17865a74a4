package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafetyTest {
  @Test
  void expressionsMoveBehindWhatGivesTheirVariablesValues() {
    assertThat(Sources.rules("p if { x > 1; not y; x = input.a; y = input.b[x] }").body())
        .isEqualTo("x = input.a; y = input.b[x]; gt(x, 1); not y");
  }

  @Test
  void whatNeedNotMoveDoesNot() {
    assertThat(Sources.rules("p if { input.a = x; input.b; x > 1; input.c }").body())
        .isEqualTo("input.a = x; input.b; gt(x, 1); input.c");
  }

  @Test
  void comprehensionsWaitForTheirOuterVariables() {
    assertThat(Sources.rules("p if { xs = [y | y = input.ys[_]; y > x]; x = input.x; xs }").body())
        .isEqualTo("x = input.x; xs = [y | y = input.ys[_]; gt(y, x)]; xs");
  }

  @Test
  void bodiesWithinAreOrderedToo() {
    assertThat(Sources.rules("p if { every v in input.vs { y > 1; y = v } }").body())
        .isEqualTo(
            "__local2__ = input.vs; every __local0__, __local1__ in __local2__ { y ="
                + " __local1__; gt(y, 1) }");
  }

  @Test
  void unificationGoesBothWaysThroughCollections() {
    assertThat(Sources.rules("p if { [x, {\"k\": y}] = z; z = [1, {\"k\": 2}]; x > y }").messages())
        .isEmpty();
    assertThat(Sources.rules("p if { [x, 1] = [2, y]; x > y }").messages()).isEmpty();
    assertThat(Sources.rules("p if { [x, y] = [1, 2, 3] }").messages())
        .containsExactly("3:8 var x is unsafe", "3:8 var y is unsafe");
  }

  @Test
  void assignmentGoesOneWay() {
    assertThat(Sources.rules("p if { x := y; x = 7 }").messages())
        .containsExactly("3:8 var y is unsafe");
    assertThat(Sources.rules("p if { x = y; x = 7 }").messages()).isEmpty();
  }

  @Test
  void variablesWithoutAValueAreReportedOnceAtTheirFirstUse() {
    assertThat(Sources.rules("p if {\n\tx > 1\n\tx < 5\n\tnot input.a[i] == 1\n}").messages())
        .containsExactly("4:2 var x is unsafe", "6:2 var i is unsafe");
  }

  @Test
  void namesOfRulesThatDoNotExistAreUnsafe() {
    assertThat(Sources.rules("p if { alow }").messages()).containsExactly("3:8 var alow is unsafe");
    assertThat(Sources.rules("p if every x in xs { x }").messages())
        .containsExactly("3:17 var xs is unsafe");
  }

  @Test
  void headsNeedValuesFromTheBody() {
    assertThat(Sources.rules("p contains x if true\nf(a) := b if a\nq[y] := 1 if true").messages())
        .containsExactly("3:12 var x is unsafe", "4:9 var b is unsafe", "5:3 var y is unsafe");
  }

  @Test
  void wildcardsAreShownAsWritten() {
    assertThat(Sources.rules("p if x[_] == 1").messages())
        .containsExactlyInAnyOrder("3:6 var _ is unsafe", "3:6 var x is unsafe");
  }

  @Test
  void keywordsThatWereNotImportedGetAHint() {
    assertThat(Sources.rules("p { every }").v0().messages())
        .containsExactly(
            "3:5 var every is unsafe (hint: `import future.keywords.every` to import a future"
                + " keyword)");
  }

  @Test
  void aVariableInsideOfANotBlockOnlyIsItsOwn() {
    String source = "package test\nimport future.keywords.not\np if not input.xs[i] == i";
    assertThat(Sources.modules(source).messages()).isEmpty();
    String outer = "package test\nimport future.keywords.not\np if { not x > 1; x = input.x }";
    assertThat(Sources.modules(outer).body()).isEqualTo("x = input.x; not { gt(x, 1) }");
  }
}
