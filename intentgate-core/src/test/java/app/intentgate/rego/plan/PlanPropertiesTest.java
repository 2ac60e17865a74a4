package app.intentgate.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.compile.CompileFailure;
import app.intentgate.rego.compile.RegoCompiler;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.TypeCheckStage;
import app.intentgate.rego.eval.EvalFailure;
import app.intentgate.rego.eval.EvalSettings;
import app.intentgate.rego.eval.QueryPlan;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.EvalLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random policies answer the same however they are planned and written. */
class PlanPropertiesTest {
  private static final int POLICIES = 300;
  private static final int INPUTS = 6;
  private static final List<String> QUERIES =
      List.of(
          "data.p.allow = x",
          "data.p.level = x",
          "data.p.tags = x",
          "data.p.tags[x]",
          "data.p.tags.a",
          "data.p.scores.b = x",
          "data.p.scores[input.tool] = x",
          "data.p.seen.a.by = x",
          "data.p.picked[input.items[_]] = x",
          "data.p[x]");
  private static final ParserOptions OPTIONS =
      ParserOptions.ofDefaults().withBuiltins(StandardBuiltins.registry().names()::contains);
  private static final RegoCompiler COMPILER =
      new RegoCompiler(StandardBuiltins.registry(), TypeCheckStage.NONE, false);
  private static final PlanOptions DEFAULTS = PlanOptions.ofDefaults();
  private static final EvalSettings SETTINGS =
      new EvalSettings(
          EvalLimits.ofDefaults(), false, null, null, JsonObject.EMPTY, null, null, null, null);

  @Test
  void anIndexChangesNoAnswer() throws CompileFailure {
    assertSameWith(DEFAULTS.withoutIndex());
  }

  @Test
  void stoppingEarlyChangesNoAnswer() throws CompileFailure {
    assertSameWith(DEFAULTS.withoutStopping());
  }

  @Test
  void rememberingChangesNoAnswer() throws CompileFailure {
    assertSameWith(DEFAULTS.withoutMemory());
  }

  @Test
  void observingChangesNoAnswer() throws CompileFailure {
    assertSameWith(DEFAULTS.asObserved());
  }

  @Test
  void theOrderOfABodyChangesNoAnswer() throws CompileFailure {
    for (long seed = 0; seed < POLICIES; seed++) {
      RandomPolicy policy = new RandomPolicy(seed);
      Program program = program(policy.source());
      assertSame(policy, program, DEFAULTS, program(policy.shuffled(seed)), DEFAULTS);
    }
  }

  private static void assertSameWith(PlanOptions options) throws CompileFailure {
    for (long seed = 0; seed < POLICIES; seed++) {
      RandomPolicy policy = new RandomPolicy(seed);
      Program program = program(policy.source());
      assertSame(policy, program, DEFAULTS, program, options);
    }
  }

  private static void assertSame(
      RandomPolicy policy,
      Program first,
      PlanOptions firstOptions,
      Program second,
      PlanOptions secondOptions)
      throws CompileFailure {
    PolicyPlanner a = new PolicyPlanner(first, JsonObject.EMPTY, firstOptions);
    PolicyPlanner b = new PolicyPlanner(second, JsonObject.EMPTY, secondOptions);
    for (String query : QUERIES) {
      QueryPlan one = plan(a, first, query);
      QueryPlan two = plan(b, second, query);
      for (int i = 0; i < INPUTS; i++) {
        JsonObject input = policy.input();
        assertThat(answer(two, input))
            .as("%s with %s of\n%s", query, input, policy.source())
            .isEqualTo(answer(one, input));
      }
    }
  }

  private static Program program(String source) throws CompileFailure {
    List<RegoModule> modules = new ArrayList<>();
    modules.add(RegoParser.parseModule("p.rego", source, OPTIONS));
    return COMPILER.compile(modules);
  }

  private static QueryPlan plan(PolicyPlanner planner, Program program, String query)
      throws CompileFailure {
    return planner.plan(COMPILER.compile(program, RegoParser.parseQuery(query, OPTIONS)));
  }

  /** The solutions, or the code of the error. */
  private static Object answer(QueryPlan plan, JsonObject input) {
    try {
      return plan.results(input, SETTINGS);
    } catch (EvalFailure e) {
      return e.error().code();
    }
  }
}
