package app.intentgate.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.compile.CompileFailure;
import app.intentgate.rego.compile.RegoCompiler;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.TypeCheckStage;
import app.intentgate.rego.eval.EvalSettings;
import app.intentgate.rego.eval.QueryPlan;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.trace.EvalEvent;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Spot;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many of many rules are tried. */
class RuleIndexTest {
  private static final int RULES = 500;

  /** The rules of {@code data.p.r} that are tried for an input, when their texts are these. */
  private static int tried(String rule, String query, JsonObject input) throws CompileFailure {
    StringBuilder source = new StringBuilder("package p\n");
    for (int i = 0; i < RULES; i++) {
      source.append('\n').append(rule.replace("#", String.valueOf(i))).append('\n');
    }
    ParserOptions options = ParserOptions.ofDefaults();
    RegoCompiler compiler =
        new RegoCompiler(StandardBuiltins.registry(), TypeCheckStage.NONE, false);
    Program program =
        compiler.compile(List.of(RegoParser.parseModule("p", source.toString(), options)));
    QueryPlan plan =
        new PolicyPlanner(program, JsonObject.EMPTY, PlanOptions.ofDefaults().asObserved())
            .plan(compiler.compile(program, RegoParser.parseQuery(query, options)));
    AtomicInteger tried = new AtomicInteger();
    plan.results(input, settings(tried));
    return tried.get();
  }

  private static EvalSettings settings(AtomicInteger tried) {
    EvalObserver counter =
        event -> {
          if (event.op() == EvalEvent.Op.ENTER && event.spot().kind() == Spot.Kind.RULE) {
            tried.incrementAndGet();
          }
        };
    return new EvalSettings(
        EvalLimits.ofDefaults(), false, null, null, JsonObject.EMPTY, null, null, null, counter);
  }

  private static JsonObject tool(int number) {
    return JsonObject.of("tool", JsonValue.of("t" + number), "n", JsonNumber.of(number));
  }

  @Test
  void equalityLeadsToTheRulesThatAskForIt() throws CompileFailure {
    String rule = "r := # if input.tool == \"t#\"";
    assertThat(tried(rule, "data.p.r", tool(77))).isEqualTo(1);
    assertThat(tried(rule, "data.p.r", tool(RULES))).isZero();
    assertThat(tried(rule, "data.p.r", JsonObject.EMPTY)).isZero();
  }

  @Test
  void membershipInAConstantDoesToo() throws CompileFailure {
    String rule = "r contains # if input.tool in {\"t#\", \"t7\"}";
    assertThat(tried(rule, "data.p.r", tool(77))).isEqualTo(1);
    assertThat(tried(rule, "data.p.r", tool(7))).isEqualTo(RULES);
  }

  @Test
  void theMoreSelectiveOfTwoConditionsCounts() throws CompileFailure {
    String rule =
        "r := # if {\n\tinput.n >= 0\n\tinput.env = e\n\te == \"prod\"\n\t# == input.n\n}";
    JsonObject input = tool(5).toBuilder().put("env", "prod").build();
    assertThat(tried(rule, "data.p.r", input)).isEqualTo(1);
  }

  @Test
  void constantArgumentsLeadToTheirRules() throws CompileFailure {
    assertThat(tried("r(\"t#\", x) := x", "data.p.r(input.tool, 1, y)", tool(9))).isEqualTo(1);
  }

  @Test
  void aKeyThatIsGivenLeadsToItsRules() throws CompileFailure {
    String rule = "r[k] := # if {\n\tk := \"t#\"\n\tinput.n > 0\n}";
    assertThat(tried(rule, "data.p.r.t8 = x", tool(8))).isEqualTo(1);
    assertThat(tried(rule, "data.p.r = x", tool(8))).isEqualTo(RULES);
  }

  @Test
  void negationIsNoCondition() throws CompileFailure {
    String rule = "r contains # if not input.tool == \"t#\"";
    assertThat(tried(rule, "data.p.r", tool(3))).isEqualTo(RULES);
  }

  @Test
  void elseBranchesKeepARuleInPlay() throws CompileFailure {
    String rule = "r := 1 if input.tool == \"t#\"\n\nelse := 1";
    assertThat(tried(rule, "data.p.r", tool(3))).isPositive();
  }
}
