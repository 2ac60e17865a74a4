package app.intentgate.rego.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoPolicy;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which rows of a policy an evaluation covers. */
class CoverageLinesTest {
  private static final String POLICY =
      """
      package p

      default allow := false

      allow if {
        input.a
        input.b
      }

      level := "one" if {
        input.n == 1
      } else := "two" if {
        input.n == 2
      } else := "many"

      f(x) := y if {
        y := x * 2
      }

      loop contains y if {
        some x in input.xs
        x > 1
        y := f(x)
      }

      quantified if {
        every x in input.xs {
          x > 0
        }
      }

      constant := 7
      """;

  private static final RegoPolicy COMPILED =
      RegoPolicy.builder().module("p.rego", POLICY).compile();

  private static CoverageReport.FileRows rows(String rule, String input) {
    Coverage coverage = new Coverage();
    evaluate(coverage, rule, input);
    return coverage.report(COMPILED.coverableRows()).files().get("p.rego");
  }

  private static void evaluate(Coverage coverage, String rule, String input) {
    PreparedQuery query = COMPILED.prepareObserved("data.p." + rule);
    query.value(Asked.json(input), EvalOptions.builder().observer(coverage).build());
  }

  @Test
  void rows_are_those_where_a_rule_or_an_expression_starts() {
    assertThat(COMPILED.coverableRows().get("p.rego"))
        .containsExactly(3, 5, 6, 7, 10, 11, 12, 13, 14, 16, 17, 20, 22, 23, 26, 27, 28, 32);
  }

  @Test
  void an_expression_is_covered_when_it_is_evaluated_and_a_rule_when_it_has_a_value() {
    assertThat(rows("allow", "{'a': true, 'b': true}").covered()).containsExactly(5, 6, 7);
    assertThat(rows("allow", "{'a': true}").covered()).containsExactly(3, 6, 7);
    assertThat(rows("allow", "{}").covered()).containsExactly(3, 6);
  }

  @Test
  void branches_are_covered_up_to_the_one_that_holds() {
    assertThat(rows("level", "{'n': 1}").covered()).containsExactly(10, 11);
    assertThat(rows("level", "{'n': 2}").covered()).containsExactly(11, 12, 13);
    assertThat(rows("level", "{'n': 3}").covered()).containsExactly(11, 13, 14);
  }

  @Test
  void functions_loops_and_bodies_count_like_others() {
    assertThat(rows("loop", "{'xs': [0, 2]}").covered()).contains(16, 17, 20, 22, 23);
    assertThat(rows("loop", "{'xs': [0, 1]}").covered()).contains(22).doesNotContain(17, 20, 23);
    assertThat(rows("loop", "{'xs': []}").covered()).doesNotContain(20, 22, 23);
    assertThat(rows("quantified", "{'xs': [1]}").covered()).containsExactly(26, 27, 28);
    assertThat(rows("quantified", "{'xs': []}").covered()).containsExactly(26, 27);
    assertThat(rows("quantified", "{'xs': [0]}").covered()).containsExactly(27, 28);
    assertThat(rows("constant", "{}").covered()).containsExactly(32);
  }

  @Test
  void covered_and_not_covered_rows_are_all_that_can_be_covered() {
    SortedSet<Integer> all = COMPILED.coverableRows().get("p.rego");
    for (String rule : new String[] {"allow", "level", "loop", "quantified", "constant"}) {
      CoverageReport.FileRows rows = rows(rule, "{'n': 2, 'xs': [1, 2]}");
      SortedSet<Integer> both = new TreeSet<>(rows.covered());
      both.addAll(rows.notCovered());
      assertThat(both).as(rule).containsAll(all);
      assertThat(rows.covered()).as(rule).doesNotContainAnyElementsOf(rows.notCovered());
    }
  }

  @Test
  void evaluations_add_up_in_one_coverage_and_coverages_in_another() {
    Coverage both = new Coverage();
    evaluate(both, "allow", "{}");
    evaluate(both, "constant", "{}");
    Coverage one = new Coverage();
    evaluate(one, "allow", "{}");
    Coverage other = new Coverage();
    evaluate(other, "constant", "{}");
    one.addAll(other);
    assertThat(one.report(COMPILED.coverableRows()))
        .isEqualTo(both.report(COMPILED.coverableRows()));
    assertThat(one.report(COMPILED.coverableRows()).files().get("p.rego").covered())
        .containsExactly(3, 6, 32);
  }

  @Test
  void percentages_are_of_rows_and_of_all_files_together() {
    CoverageReport report =
        new CoverageReport(
            Map.of(
                "a.rego",
                new CoverageReport.FileRows(
                    new TreeSet<>(java.util.List.of(1, 2)), new TreeSet<>(java.util.List.of(3))),
                "b.rego",
                new CoverageReport.FileRows(
                    new TreeSet<>(), new TreeSet<>(java.util.List.of(1, 2, 3)))));
    assertThat(report.coveredLines()).isEqualTo(2);
    assertThat(report.notCoveredLines()).isEqualTo(4);
    assertThat(report.percent()).isCloseTo(33.333, within(0.001));
    assertThat(report.files().get("a.rego").percent()).isCloseTo(66.666, within(0.001));
    assertThat(report.files().get("b.rego").percent()).isZero();
    assertThat(new CoverageReport(Map.of()).percent()).isZero();
  }
}
