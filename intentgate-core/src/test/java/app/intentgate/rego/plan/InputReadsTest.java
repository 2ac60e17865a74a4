package app.intentgate.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an evaluation says it read of the input is all that its answer depends on. */
class InputReadsTest {
  private static final String INPUT =
      "{'a': {'b': 1, 'c': [1, 2]}, 'k': 'b', 'xs': [{'id': 1}, {'id': 2}], 's': 'text'}";

  private static String reads(String rules, String rule) {
    TreeSet<String> paths = new TreeSet<>();
    EvalOptions options =
        EvalOptions.builder().inputReads(path -> paths.add(String.valueOf(path))).build();
    Asked.of(rules).with(options).input(INPUT).rule(rule);
    return String.join(" ", paths);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "r := input.a.b => [\"a\",\"b\"]",
        "r := input.a => [\"a\"]",
        "r := input => []",
        "r := input.none => [\"none\"]",
        "r if input.s == \"text\" => [\"s\"]",
        "r if input.none; input.s => [\"none\"]",
        "r := 1 => none",
        "r if not input.none => [\"none\"]",
        "r := count(input.a.c) => [\"a\",\"c\"]",
        "r := x if x := input => []",
      })
  void reads_are_told_as_paths(String rule, String paths) {
    String body = rule.contains(";") ? rule.replace("if ", "if { ") + " }" : rule;
    assertThat(reads(body + "\n", "r")).isEqualTo(paths.equals("none") ? "" : paths);
  }

  private static Object answer(PreparedQuery query, JsonValue input, EvalOptions options) {
    try {
      return query.results(input, options);
    } catch (RegoEvalException e) {
      return e.error().code();
    }
  }

  @Test
  void parts_that_were_not_read_change_no_answer() {
    List<JsonValue> others =
        List.of(
            JsonString.of("d"),
            JsonNumber.of(1),
            JsonValue.of(false),
            JsonArray.of(JsonString.of("a"), JsonNumber.of(4)));
    int changed = 0;
    for (long seed = 0; seed < 200; seed++) {
      RandomPolicy random = new RandomPolicy(seed);
      RegoPolicy policy = RegoPolicy.builder().module("p.rego", random.source()).compile();
      for (String rule : List.of("allow", "level", "tags", "scores", "seen", "picked", "tags.a")) {
        PreparedQuery query = policy.prepare("x = data.p." + rule);
        JsonObject input = random.input();
        Set<String> read = new HashSet<>();
        EvalOptions telling =
            EvalOptions.builder()
                .inputReads(p -> read.add(p.isEmpty() ? "" : String.valueOf(p.get(0).asText())))
                .build();
        Object expected = answer(query, input, telling);
        for (String member : List.of("tool", "role", "env", "roles", "items")) {
          if (read.contains("") || read.contains(member)) {
            continue;
          }
          for (JsonValue other : others) {
            JsonObject different = input.toBuilder().put(member, other).build();
            assertThat(answer(query, different, EvalOptions.ofDefaults()))
                .as("%s with another %s than %s in:%n%s", rule, member, input, random.source())
                .isEqualTo(expected);
            changed++;
          }
        }
      }
    }
    assertThat(changed).isGreaterThan(1_000);
  }
}
