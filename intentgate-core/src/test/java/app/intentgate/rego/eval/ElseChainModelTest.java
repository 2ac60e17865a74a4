package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules with several definitions, branches and a default, against reading them top to bottom. */
class ElseChainModelTest {
  private static final int ROUNDS = 80;
  private static final List<JsonObject> DOCUMENTS = RandomChains.documents();
  private static final String AROUND =
      """

      mocked := [v | some document in data.documents; v := r with input as document]

      called := [v | some document in data.documents; v := f(document)]

      called_twice := [v | some document in data.documents; [v, v] = [f(document), f(document)]]

      replaced := [v | some document in data.documents; v := g(document) with data.p.g as f]

      g(_) := "not replaced"

      undefined := count([1 | some document in data.documents; not is_defined(document)])

      is_defined(document) if _ = f(document)

      held := count([1 | some document in data.documents; r with input as document])
      """;

  private final RandomChains[] chains = new RandomChains[ROUNDS];

  private RegoPolicy policy(int seed) {
    RandomChains made = new RandomChains(new Random(seed));
    chains[seed] = made;
    return RegoPolicy.builder()
        .module(
            "p.rego",
            "package p\n\n" + made.source("r", "r", "input") + made.source("f(x)", "f(_)", "x"))
        .module("around.rego", "package p\n" + AROUND)
        .data(JsonObject.of("documents", JsonArray.copyOf(DOCUMENTS)))
        .compile();
  }

  private static @Nullable String answer(PreparedQuery query, @Nullable JsonValue input) {
    try {
      JsonValue value = query.value(input, EvalOptions.ofDefaults());
      return value == null ? null : RegoText.of(value);
    } catch (RegoEvalException e) {
      assertThat(e.error().code()).isEqualTo(ErrorCode.EVAL_CONFLICT);
      return RandomChains.CONFLICT;
    }
  }

  @Test
  void a_rule_gives_what_its_first_branches_give() {
    int conflicts = 0;
    int undefined = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      RegoPolicy policy = policy(seed);
      PreparedQuery rule = policy.prepare("data.p.r");
      PreparedQuery observed = policy.prepareObserved("data.p.r");
      for (JsonObject document : DOCUMENTS) {
        String expected = chains[seed].answer(document);
        String what = document + " and\n" + chains[seed].source("r", "r", "input");
        assertThat(answer(rule, document)).as(what).isEqualTo(expected);
        assertThat(answer(observed, document)).as("observed: " + what).isEqualTo(expected);
        conflicts += RandomChains.CONFLICT.equals(expected) ? 1 : 0;
        undefined += expected == null ? 1 : 0;
      }
    }
    assertThat(conflicts).isGreaterThan(300);
    assertThat(undefined).isGreaterThan(300);
  }

  @Test
  void a_function_and_a_replaced_input_give_the_same_for_every_document_in_turn() {
    int collected = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      RegoPolicy policy = policy(seed);
      String all = all(chains[seed]);
      for (String rule : List.of("mocked", "called", "called_twice", "replaced")) {
        assertThat(answer(policy.prepare("data.p." + rule), null))
            .as("%s of\n%s", rule, chains[seed].source("r", "r", "input"))
            .isEqualTo(all);
      }
      collected += all.equals(RandomChains.CONFLICT) ? 0 : 1;
    }
    assertThat(collected).isGreaterThan(ROUNDS / 8);
  }

  @Test
  void a_value_that_fails_is_defined_all_the_same() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      RegoPolicy policy = policy(seed);
      List<String> answers = new ArrayList<>();
      for (JsonObject document : DOCUMENTS) {
        answers.add(Objects.requireNonNullElse(chains[seed].answer(document), ""));
      }
      boolean conflict = answers.contains(RandomChains.CONFLICT);
      long undefined = answers.stream().filter(String::isEmpty).count();
      long held = answers.stream().filter(a -> !a.isEmpty() && !a.equals("false")).count();
      assertThat(answer(policy.prepare("data.p.undefined"), null))
          .isEqualTo(conflict ? RandomChains.CONFLICT : String.valueOf(undefined));
      assertThat(answer(policy.prepare("data.p.held"), null))
          .isEqualTo(conflict ? RandomChains.CONFLICT : String.valueOf(held));
    }
  }

  /** The answers for all documents, without those that are undefined. */
  private static String all(RandomChains chains) {
    List<String> answers =
        DOCUMENTS.stream()
            .map(chains::answer)
            .filter(Objects::nonNull)
            .collect(Collectors.toList());
    return answers.contains(RandomChains.CONFLICT)
        ? RandomChains.CONFLICT
        : "[" + String.join(", ", answers) + "]";
  }
}
