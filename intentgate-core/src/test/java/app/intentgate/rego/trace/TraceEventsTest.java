package app.intentgate.rego.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.trace.EvalEvent.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events an observer is told, and in which order. */
class TraceEventsTest {
  private static Trace trace(String rules, String input) {
    Trace trace = Trace.ofDefaults();
    RegoPolicy.builder()
        .module("p.rego", "package p\n\n" + rules)
        .compile()
        .prepareObserved("data.p.r")
        .value(Asked.json(input), EvalOptions.builder().observer(trace).build());
    return trace;
  }

  /** What happened to what is written in the source, as {@code depth OP text = value}. */
  private static List<String> events(String rules, String input) {
    List<String> lines = new ArrayList<>();
    for (Trace.Event e : trace(rules, input).events()) {
      if (!e.spot().generated() && e.op() != Op.INDEX) {
        String text = e.spot().text().isEmpty() ? "" : " " + e.spot().text();
        lines.add(e.depth() + " " + e.op() + text + (e.value() == null ? "" : " = " + e.value()));
      }
    }
    return lines;
  }

  @Test
  void a_rule_that_holds_is_entered_evaluated_left_and_asked_again() {
    assertThat(events("r if {\n  input.x == 1\n  input.y == 2\n}\n", "{'x': 1, 'y': 2}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL input.x == 1",
            "1 HOLD input.x == 1",
            "1 EVAL input.y == 2",
            "1 HOLD input.y == 2",
            "1 EXIT data.p.r = true",
            "1 REDO input.y == 2",
            "1 REDO input.x == 1");
  }

  @Test
  void an_expression_that_fails_sends_evaluation_back_to_the_one_before() {
    assertThat(events("r if {\n  input.x == 1\n  input.y == 2\n}\n", "{'x': 1, 'y': 3}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL input.x == 1",
            "1 HOLD input.x == 1",
            "1 EVAL input.y == 2",
            "1 FAIL input.y == 2",
            "1 REDO input.x == 1");
  }

  @Test
  void each_item_of_a_loop_holds_and_is_redone() {
    assertThat(events("r := v if {\n  some v in input.xs\n  v == 2\n}\n", "{'xs': [1, 2]}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL some v in input.xs",
            "1 HOLD some v in input.xs",
            "1 EVAL v == 2",
            "1 FAIL v == 2",
            "1 REDO some v in input.xs",
            "1 HOLD some v in input.xs",
            "1 EVAL v == 2",
            "1 HOLD v == 2",
            "1 EXIT data.p.r = 2",
            "1 REDO v == 2",
            "1 REDO some v in input.xs");
  }

  @Test
  void branches_and_the_default_are_rules_of_their_own_in_their_order() {
    String rules = "r := 1 if {\n  input.x\n} else := 2 if {\n  input.y\n}\n\ndefault r := 0\n";
    assertThat(events(rules, "{}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL input.x",
            "1 FAIL input.x",
            "0 ENTER data.p.r",
            "1 EVAL input.y",
            "1 FAIL input.y",
            "0 ENTER default data.p.r",
            "1 EXIT default data.p.r = 0");
    assertThat(events(rules, "{'x': true, 'y': true}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL input.x",
            "1 HOLD input.x",
            "1 EXIT data.p.r = 1",
            "1 REDO input.x");
  }

  @Test
  void what_a_rule_asks_for_lies_one_deeper_and_happens_once() {
    assertThat(events("r if {\n  helper\n  helper\n}\n\nhelper if input.x\n", "{'x': true}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL helper",
            "1 ENTER data.p.helper",
            "2 EVAL input.x",
            "2 HOLD input.x",
            "2 EXIT data.p.helper = true",
            "2 REDO input.x",
            "1 HOLD helper",
            "1 EVAL helper",
            "1 HOLD helper",
            "1 EXIT data.p.r = true",
            "1 REDO helper",
            "1 REDO helper");
  }

  @Test
  void bodies_of_every_are_entered_for_each_item_until_one_fails() {
    assertThat(events("r if every x in input.xs { x > 1 }\n", "{'xs': [2, 1, 3]}"))
        .containsExactly(
            "0 ENTER data.p.r",
            "1 EVAL every x in input.xs { x > 1 }",
            "1 ENTER",
            "2 EVAL x > 1",
            "2 HOLD x > 1",
            "2 REDO x > 1",
            "1 ENTER",
            "2 EVAL x > 1",
            "2 FAIL x > 1",
            "1 FAIL every x in input.xs { x > 1 }");
  }

  @Test
  void a_note_comes_between_the_start_and_the_end_of_its_expression() {
    Trace trace = trace("r if {\n  trace(\"first\")\n  trace(input.s)\n}\n", "{'s': 'second'}");
    assertThat(trace.events().stream().filter(e -> e.op() == Op.NOTE).map(Trace.Event::note))
        .containsExactly("first", "second");
    assertThat(events("r if trace(\"x\")\n", "{}"))
        .containsSubsequence("1 EVAL trace(\"x\")", "1 NOTE trace(\"x\")", "1 HOLD trace(\"x\")");
  }

  @Test
  void an_expression_tells_the_values_it_looked_at() {
    Trace trace = trace("r if {\n  some u in input.us\n  u == data.none.x\n}\n", "{'us': ['a']}");
    Trace.Event fail =
        trace.events().stream().filter(e -> e.op() == Op.FAIL).findFirst().orElseThrow();
    assertThat(fail.spot().text()).isEqualTo("u == data.none.x");
    assertThat(fail.spot().location()).hasToString("p.rego:5");
    assertThat(fail.values()).containsOnlyKeys("u");
    assertThat(fail.values().get("u")).hasToString("\"a\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r if {\n  some x in input.xs\n  x > 1\n  not bad[x]\n}\n\nbad contains 3\n",
        "r := [y | some x in input.xs; y := f(x)]\n\nf(x) := x + 1 if x > 1\n\nelse := 0\n",
        "r if {\n  every x in input.xs { some y in input.xs; y >= x }\n}\n",
        "r := {k: v | some k, v in input.xs; v > 1}\n",
        "r := count(s)\n\ns contains x if some x in input.xs\n\ns contains 9 if input.none\n",
        "default r := false\n\nr if input.none\n\nr if 7 in input.xs\n",
      })
  void each_evaluation_has_an_outcome_and_each_exit_an_entry(String rules) {
    Deque<Trace.Event> open = new ArrayDeque<>();
    int exits = 0;
    for (Trace.Event e : trace(rules, "{'xs': [1, 2, 3]}").events()) {
      switch (e.op()) {
        case EVAL -> open.push(e);
        case HOLD, FAIL -> {
          // A HOLD after a REDO has no EVAL of its own.
          if (!open.isEmpty() && open.element().spot() == e.spot()) {
            assertThat(open.pop().depth()).isEqualTo(e.depth());
          } else {
            assertThat(e.op()).as("%s of %s", e.op(), e.spot().text()).isEqualTo(Op.HOLD);
          }
        }
        case EXIT -> exits++;
        default -> assertThat(e.depth()).isNotNegative();
      }
    }
    assertThat(open).isEmpty();
    assertThat(exits).isPositive();
  }

  @Test
  void several_observers_are_told_the_same() {
    Trace one = Trace.ofDefaults();
    Trace other = Trace.ofDefaults();
    RegoPolicy policy =
        RegoPolicy.builder().module("p.rego", "package p\n\nr if input.x == 1\n").compile();
    EvalObserver both = EvalObserver.all(List.of(one, other));
    policy
        .prepareObserved("data.p.r")
        .value(Asked.json("{'x': 1}"), EvalOptions.builder().observer(both).build());
    assertThat(one.events()).isNotEmpty().isEqualTo(other.events());
  }

  @Test
  void an_observer_that_breaks_ends_the_evaluation_with_an_internal_error() {
    RegoPolicy policy = RegoPolicy.builder().module("p.rego", "package p\n\nr := 1\n").compile();
    EvalOptions broken =
        EvalOptions.builder()
            .observer(
                event -> {
                  throw new IllegalStateException("observer");
                })
            .build();
    assertThatThrownBy(() -> policy.prepareObserved("data.p.r").value(null, broken))
        .isInstanceOf(RegoEvalException.class)
        .hasMessageContaining("eval_internal_error");
  }

  @Test
  void what_was_kept_of_an_evaluation_that_ended_in_an_error_can_be_read() {
    Trace trace = Trace.ofDefaults();
    RegoPolicy policy =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nr := 1 if input.x\n\nr := 2 if input.y\n")
            .compile();
    assertThatThrownBy(
            () ->
                policy
                    .prepareObserved("data.p.r")
                    .value(
                        Asked.json("{'x': true, 'y': true}"),
                        EvalOptions.builder().observer(trace).build()))
        .isInstanceOf(RegoEvalException.class);
    assertThat(trace.events().stream().filter(e -> e.op() == Op.ENTER)).hasSize(2);
    assertThat(TraceTree.print(trace)).contains("gives 1").contains("input.y");
  }
}
