package app.intentgate.rego.load;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DataTreeTest {
  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.parseRego(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1}               | {\"b\": 2}               | {\"a\":1,\"b\":2}",
        "{\"a\": {\"b\": 1}}      | {\"a\": {\"c\": 2}}      | {\"a\":{\"b\":1,\"c\":2}}",
        "{\"a\": {\"b\": {}}}     | {\"a\": {\"b\": {}}}     | {\"a\":{\"b\":{}}}",
        "{\"a\": {\"b\": {}}}     | {\"a\": {\"b\": {\"c\": 1}}} | {\"a\":{\"b\":{\"c\":1}}}",
        "{}                       | {\"a\": [1]}             | {\"a\":[1]}",
        "{\"a\": {}}              | {}                       | {\"a\":{}}",
        "{\"a\": 1}               | {\"a\": 1}               |",
        "{\"a\": 1}               | {\"a\": 2}               |",
        "{\"a\": {\"b\": 1}}      | {\"a\": {\"b\": 1}}      |",
        "{\"a\": {\"b\": 1}}      | {\"a\": 1}               |",
        "{\"a\": 1}               | {\"a\": {\"b\": 1}}      |",
        "{\"a\": 1}               | {\"a\": {}}              |",
        "{\"a\": null}            | {\"a\": null}            |",
        "{\"a\": [1]}             | {\"a\": [2]}             |",
        "{\"a\": {\"b\": {\"c\": 1}}} | {\"a\": {\"b\": [1]}} |",
      })
  void objects_grow_together_and_anything_else_is_in_the_way(
      String first, String second, String merged) {
    DataTree tree = new DataTree();
    assertThat(tree.add(json(first))).isTrue();
    assertThat(tree.add(json(second))).isEqualTo(merged != null);
    if (merged != null) {
      assertThat(tree.toObject()).hasToString(merged);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  /** Leaves with paths of their own, spread over files: the same whatever the order of files. */
  @ParameterizedTest
  @MethodSource("seeds")
  void files_with_leaves_of_their_own_merge_in_any_order(int seed) {
    Random random = new Random(seed);
    Map<String, Integer> leaves = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      // The last letter differs from all folders, so that no leaf is above another.
      StringBuilder path = new StringBuilder();
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        path.append((char) ('a' + random.nextInt(3))).append('/');
      }
      leaves.put(path + "leaf" + random.nextInt(20), i);
    }
    List<JsonObject> files = new ArrayList<>();
    leaves.forEach((path, value) -> files.add(nested(path, value)));
    String expected = null;
    for (int round = 0; round < 4; round++) {
      Collections.shuffle(files, random);
      DataTree tree = new DataTree();
      files.forEach(f -> assertThat(tree.add(f)).isTrue());
      String sorted = sorted(tree.toObject());
      expected = expected == null ? sorted : expected;
      assertThat(sorted).isEqualTo(expected);
    }
    for (Map.Entry<String, Integer> leaf : leaves.entrySet()) {
      assertThat(expected).contains(leaf.getKey() + "=" + leaf.getValue() + "\n");
    }
    assertThat(expected.lines()).hasSize(leaves.size());
  }

  private static JsonObject nested(String path, int value) {
    JsonValue inner = JsonNumber.of(value);
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 1; i > 0; i--) {
      inner = JsonObject.of(parts[i], inner);
    }
    return JsonObject.of(parts[0], inner);
  }

  private static String sorted(JsonObject object) {
    TreeMap<String, String> lines = new TreeMap<>();
    collect("", object, lines);
    StringBuilder out = new StringBuilder();
    lines.forEach((path, value) -> out.append(path).append('=').append(value).append('\n'));
    return out.toString();
  }

  private static void collect(String path, JsonObject object, Map<String, String> lines) {
    for (int i = 0; i < object.size(); i++) {
      String below = path + object.nameAt(i);
      if (object.valueAt(i) instanceof JsonObject inner) {
        collect(below + "/", inner, lines);
      } else {
        lines.put(below, object.valueAt(i).toString());
      }
    }
  }
}
