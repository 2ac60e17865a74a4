package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoPolicy;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a conjunction finds, whatever stands around it, is what trying every value finds. */
class ConjunctionModelTest {
  private static final int ROUNDS = 120;
  private static final EvalOptions STRICT = EvalOptions.builder().strictBuiltinErrors(true).build();
  private static final String ANY = "x := data.domain[_]; y := data.domain[_]; z := data.domain[_]";

  /** A conjunction in every place where a body can stand. */
  private static String rules(RandomConjunction conjunction, long seed) {
    return SmallWorld.RULES
        + """

        found contains [x, y, z] if { %1$s }

        grouped[x][y] contains z if { %1$s }

        noted[[x, y, z]] := true if { %1$s }

        inside := {[x, y, z] | %2$s}

        as_array := {t | some t in [[x, y, z] | %2$s]}

        as_keys := {t | some t, _ in {[x, y, z]: 1 | %2$s}}

        test(x, y, z) if { %1$s }

        called := {[x, y, z] | %3$s; test(x, y, z)}

        looked_up := {[x, y, z] | %3$s; found[[x, y, z]]}

        unpacked := {[u, v, w] | some u, row in grouped; some v, last in row; some w in last}

        member := {[x, y, z] | %3$s; [x, y, z] in found}

        absent := {[x, y, z] | %3$s; not test(x, y, z)}

        not_noted := {[x, y, z] | %3$s; not noted[[x, y, z]]}

        exists if { %2$s }
        """
            .formatted(conjunction.body(seed), conjunction.body(seed + 1), ANY);
  }

  private static JsonValue ask(RegoPolicy policy, String rule) {
    JsonValue value = policy.prepare("data.p." + rule).value(null, STRICT);
    return value == null ? JsonValue.ofNull() : value;
  }

  private static JsonValue of(JsonObject solution, String variable) {
    return Objects.requireNonNull(solution.get(variable), variable);
  }

  @Test
  void every_way_to_write_it_finds_what_trying_every_value_finds() {
    int some = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      SmallWorld world = new SmallWorld(random);
      RandomConjunction conjunction = new RandomConjunction(random, world);
      String source = rules(conjunction, seed);
      RegoPolicy policy =
          RegoPolicy.builder().module("p.rego", source).data(world.data()).compile();
      JsonSet solutions = conjunction.solutions();
      for (String rule :
          new String[] {
            "found", "inside", "as_array", "as_keys", "called", "looked_up", "unpacked", "member"
          }) {
        assertThat(ask(policy, rule))
            .as("seed %d, %s of %s\n%s", seed, rule, world, source)
            .isEqualTo(solutions);
      }
      for (String rule : new String[] {"absent", "not_noted"}) {
        assertThat(ask(policy, rule))
            .as("seed %d, %s of %s\n%s", seed, rule, world, source)
            .isEqualTo(conjunction.rest());
      }
      assertThat(ask(policy, "exists").equals(JsonValue.of(true)))
          .as("seed %d of\n%s", seed, source)
          .isEqualTo(!solutions.isEmpty());
      some += solutions.isEmpty() ? 0 : 1;
    }
    assertThat(some).isBetween(ROUNDS / 4, ROUNDS - 10);
  }

  @Test
  void a_query_of_it_finds_the_same_in_any_order() {
    for (long seed = 1_000; seed < 1_000 + ROUNDS; seed++) {
      Random random = new Random(seed);
      SmallWorld world = new SmallWorld(random);
      RandomConjunction conjunction = new RandomConjunction(random, world);
      RegoPolicy policy =
          RegoPolicy.builder().module("p.rego", SmallWorld.RULES).data(world.data()).compile();
      JsonSet.Builder found = JsonSet.builder();
      for (JsonObject solution : policy.prepare(conjunction.body(seed)).results(null, STRICT)) {
        found.add(JsonArray.of(of(solution, "x"), of(solution, "y"), of(solution, "z")));
      }
      assertThat(found.build())
          .as("seed %d, %s of %s", seed, conjunction.body(seed), world)
          .isEqualTo(conjunction.solutions());
    }
  }
}
