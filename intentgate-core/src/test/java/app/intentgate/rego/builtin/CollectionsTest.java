package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.RelationBuiltin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollectionsTest {
  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private static JsonSet randomSet(Random random) {
    JsonSet.Builder b = JsonSet.builder();
    for (int i = random.nextInt(6); i > 0; i--) {
      b.add(JsonValue.of(random.nextInt(8)));
    }
    return b.build();
  }

  @Test
  void setsObeyTheLawsOfAlgebra() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      JsonSet a = randomSet(random);
      JsonSet b = randomSet(random);
      JsonSet c = randomSet(random);
      assertThat(call("or", a, b)).isEqualTo(call("or", b, a));
      assertThat(call("and", a, b)).isEqualTo(call("and", b, a));
      assertThat(call("and", a, call("or", b, c)))
          .isEqualTo(call("or", call("and", a, b), call("and", a, c)));
      assertThat(call("minus", a, call("or", b, c)))
          .isEqualTo(call("and", call("minus", a, b), call("minus", a, c)));
      assertThat(call("or", call("minus", a, b), call("and", a, b))).isEqualTo(a);
      assertThat(call("union", set(a, b, c))).isEqualTo(call("or", call("or", a, b), c));
      assertThat(call("intersection", set(a, b, c))).isEqualTo(call("and", call("and", a, b), c));
    }
    assertThat(error("and", set(), 1)).isEqualTo("operand 2 must be set but got number");
  }

  @Test
  void objectsAreReadAndMerged() throws Exception {
    JsonValue o = json("{'a': {'b': [10, 20]}, 'c': 1}");
    assertThat(text("object.get", o, List.of("a", "b", 1), "no")).isEqualTo("20");
    assertThat(text("object.get", o, List.of("a", "x"), "no")).isEqualTo("\"no\"");
    assertThat(text("object.get", o, "c", 0)).isEqualTo("1");
    assertThat(text("object.keys", o)).isEqualTo("{\"a\", \"c\"}");
    assertThat(text("object.union", o, json("{'a': {'d': 1}, 'c': {}}")))
        .isEqualTo("{\"a\": {\"b\": [10, 20], \"d\": 1}, \"c\": {}}");
    assertThat(text("object.union_n", json("[{'a': {'b': 2}}, {'a': 4}, {'a': {'c': 3}}]")))
        .isEqualTo("{\"a\": {\"c\": 3}}");
    assertThat(text("object.remove", o, set("a"))).isEqualTo("{\"c\": 1}");
    assertThat(text("object.filter", o, Map.of("c", 0))).isEqualTo("{\"c\": 1}");
    assertThat(error("object.filter", o, "c"))
        .isEqualTo("operand 2 must be one of {object, set, array} but got string");
  }

  @Test
  void subsetsNestInObjectsOnly() throws Exception {
    assertThat(text("object.subset", json("{'a': {'b': [1, 2, 3]}}"), json("{'a': {'b': [2, 3]}}")))
        .isEqualTo("true");
    assertThat(text("object.subset", json("[1, 2, 1, 3]"), json("[1, 3]"))).isEqualTo("true");
    assertThat(text("object.subset", json("[1, 2]"), set(2, 1))).isEqualTo("true");
    assertThat(error("object.subset", json("{}"), json("[]")))
        .isEqualTo("both arguments object.subset must be of the same type or array and set");
  }

  @Test
  void pathsSelectAndRemove() throws Exception {
    JsonValue o = json("{'a': [{'b': 7, 'c': 8}, {'d': 9}], 'e/f': 1}");
    assertThat(text("json.filter", o, List.of("a/0/b", "/e~1f")))
        .isEqualTo("{\"a\": [{\"b\": 7}], \"e/f\": 1}");
    assertThat(text("json.remove", o, List.of("a/0/b", List.of("a", "1"), "e~1f")))
        .isEqualTo("{\"a\": [{\"c\": 8}]}");
    assertThat(text("json.filter", o, List.of(""))).isEqualTo("{}");
    assertThat(error("json.remove", o, List.of(1)))
        .isEqualTo(
            "operand 2 must be one of {set, array} containing string paths or array of path"
                + " segments but got number");
  }

  @Test
  void patchesApplyAsAWholeOrNotAtAll() throws Exception {
    JsonValue o = json("{'foo': ['all', 'grass', 'cows', 'eat']}");
    assertThat(text("json.patch", o, json("[{'op': 'move', 'from': '/foo/1', 'path': '/foo/3'}]")))
        .isEqualTo("{\"foo\": [\"all\", \"cows\", \"eat\", \"grass\"]}");
    assertThat(error("json.patch", o, json("[{'op': 'remove', 'path': '/foo/01'}]")))
        .isEqualTo("leading zeros are not allowed in JSON paths");
    assertThat(
            error(
                "json.patch",
                json("{'a': 1}"),
                json(
                    "[{'op': 'replace', 'path': '/a', 'value': 2}, {'op': 'test', 'path': '/a',"
                        + " 'value': 1}]")))
        .isEqualTo("value from EditTree != patch value.\n\nExpected: 1\n\nFound: 2");
    assertThat(text("json.patch", set(List.of(0)), List.of(patch("add", List.of(List.of(0), 1)))))
        .isEqualTo("{[0, 5]}");
  }

  @Test
  void an_error_of_a_patch_shows_the_start_of_what_is_wrong() throws Exception {
    List<Integer> sevens = java.util.Collections.nCopies(50_000, 7);
    Map<String, Object> test = Map.of("op", "test", "path", "", "value", 1);
    assertThat(error("json.patch", sevens, List.of(test)))
        .startsWith("value from EditTree != patch value.\n\nExpected: 1\n\nFound: [7, 7, ")
        .endsWith("...")
        .hasSizeLessThan(2_000);
  }

  private static Map<String, Object> patch(String op, List<?> path) {
    return Map.of("op", op, "path", path, "value", 5);
  }

  @Test
  void arraysAreCutReversedAndFlattened() throws Exception {
    assertThat(text("array.slice", List.of(1, 2, 3), -5, 2)).isEqualTo("[1, 2]");
    assertThat(text("array.slice", List.of(1, 2, 3), 2, 1)).isEqualTo("[]");
    assertThat(text("array.reverse", List.of(1, 2))).isEqualTo("[2, 1]");
    assertThat(text("array.flatten", json("[1, [2, [3]], []]"))).isEqualTo("[1, 2, [3]]");
    assertThat(error("array.concat", 1, List.of()))
        .isEqualTo("operand 1 must be array but got number");
  }

  @Test
  void graphsAreSearchedWithoutRunningInCircles() throws Exception {
    JsonValue graph = json("{'a': ['b'], 'b': ['c', 'x'], 'c': ['a'], 'd': []}");
    assertThat(text("graph.reachable", graph, List.of("a"))).isEqualTo("{\"a\", \"b\", \"c\"}");
    assertThat(text("graph.reachable_paths", graph, List.of("a", "d")))
        .isEqualTo("{[\"a\", \"b\"], [\"a\", \"b\", \"c\"], [\"d\"]}");
  }

  @Test
  void pathsThroughADenseGraphRunOutOfBudget() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(i);
    }
    Map<Object, Object> dense = new java.util.HashMap<>();
    all.forEach(i -> dense.put(i, all));
    assertThatThrownBy(() -> text("graph.reachable_paths", dense, List.of(0)))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void walkGivesEveryPathInOrderAndCanBeStopped() throws Exception {
    RelationBuiltin walk = StandardBuiltins.registry().relation("walk");
    assertThat(walk).isNotNull();
    List<String> seen = new ArrayList<>();
    JsonValue[] args = {json("{'b': [1], 'a': 2}")};
    walk.call(new Calls(), args, r -> seen.add(RegoText.of(r)));
    assertThat(seen)
        .containsExactly(
            "[[], {\"a\": 2, \"b\": [1]}]", "[[\"a\"], 2]", "[[\"b\"], [1]]", "[[\"b\", 0], 1]");
    assertThat(walk.call(new Calls(), args, r -> false)).isFalse();
  }

  @Test
  void membershipLooksAtValuesAndKeys() throws Exception {
    assertThat(text("internal.member_2", 1, json("{'a': 1}"))).isEqualTo("true");
    assertThat(text("internal.member_2", 1, "abc")).isEqualTo("false");
    assertThat(text("internal.member_3", 0, "x", JsonArray.of(JsonValue.of("x"))))
        .isEqualTo("true");
  }

  @Test
  void nullCountsInAnArrayAndNotInASet() throws Exception {
    assertThat(text("min", Arrays.asList(null, 1))).isEqualTo("null");
    assertThat(text("min", set(null, 1, "a"))).isEqualTo("1");
    assertThat(text("max", set(null, 1))).isEqualTo("1");
    assertThat(text("min", set((Object) null))).isEqualTo("null");
  }
}
