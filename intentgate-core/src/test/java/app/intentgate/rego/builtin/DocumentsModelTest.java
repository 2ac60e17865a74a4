package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents that are merged, cut and patched, by the laws that must hold whatever is in them. */
class DocumentsModelTest {
  private static final List<String> NAMES = List.of("a", "b", "a/b", "~", "0", "-", "", "~1");

  private static JsonValue anyValue(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 2)) {
      case 0 -> JsonNumber.of(random.nextInt(9));
      case 1 -> JsonString.of("s");
      case 2 -> {
        JsonArray.Builder items = JsonArray.builder();
        for (int n = random.nextInt(4); n > 0; n--) {
          items.add(anyValue(random, depth - 1));
        }
        yield items.build();
      }
      default -> anyObject(random, depth - 1);
    };
  }

  private static JsonObject anyObject(Random random, int depth) {
    JsonObject.Builder members = JsonObject.builder();
    for (int n = random.nextInt(5); n > 0; n--) {
      members.put(NAMES.get(random.nextInt(NAMES.size())), anyValue(random, depth));
    }
    return members.build();
  }

  private static JsonValue answer(String name, Object... arguments) throws Exception {
    return Objects.requireNonNull(call(name, arguments));
  }

  /** All places of a document but the whole, by their keys. */
  private static void places(JsonValue at, List<JsonValue> path, List<List<JsonValue>> out) {
    if (!path.isEmpty()) {
      out.add(List.copyOf(path));
    }
    int size = at instanceof JsonObject o ? o.size() : at instanceof JsonArray a ? a.size() : 0;
    for (int i = 0; i < size; i++) {
      JsonValue key = at instanceof JsonObject o ? o.keyAt(i) : JsonNumber.of(i);
      path.add(key);
      places(at instanceof JsonObject o ? o.valueAt(i) : ((JsonArray) at).get(i), path, out);
      path.remove(path.size() - 1);
    }
  }

  private static String pointer(List<JsonValue> path) {
    StringBuilder text = new StringBuilder();
    for (JsonValue key : path) {
      String name = key instanceof JsonString s ? s.value() : key.toString();
      text.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }

  private static boolean hasEmptyStart(List<JsonValue> path) {
    return path.get(0).equals(JsonString.of(""));
  }

  @Test
  void what_a_patch_adds_is_found_there_and_removing_it_undoes_it() throws Exception {
    Random random = new Random(121);
    for (int i = 0; i < 2_000; i++) {
      JsonObject document = anyObject(random, 3);
      List<List<JsonValue>> places = new ArrayList<>();
      places(document, new ArrayList<>(), places);
      for (List<JsonValue> path : places) {
        JsonValue keys = JsonArray.copyOf(path);
        JsonValue there = answer("object.get", document, keys, "nothing");
        Map<String, Object> test = Map.of("op", "test", "path", keys, "value", there);
        assertThat(call("json.patch", document, List.of(test))).isEqualTo(document);
        Map<String, Object> replace = Map.of("op", "replace", "path", keys, "value", "new");
        JsonValue replaced = answer("json.patch", document, List.of(replace));
        assertThat(answer("object.get", replaced, keys, "nothing")).hasToString("\"new\"");
        Map<String, Object> back = Map.of("op", "replace", "path", keys, "value", there);
        assertThat(call("json.patch", replaced, List.of(back))).isEqualTo(document);
        Map<String, Object> remove = Map.of("op", "remove", "path", keys);
        Map<String, Object> add = Map.of("op", "add", "path", keys, "value", there);
        assertThat(call("json.patch", document, List.of(remove, add))).isEqualTo(document);
        Map<String, Object> copy = Map.of("op", "copy", "from", keys, "path", List.of("zz"));
        Map<String, Object> clean = Map.of("op", "remove", "path", List.of("zz"));
        assertThat(call("json.patch", document, List.of(copy, clean))).isEqualTo(document);
      }
    }
  }

  @Test
  void a_path_may_be_an_array_or_a_pointer() throws Exception {
    Random random = new Random(122);
    for (int i = 0; i < 1_000; i++) {
      JsonObject document = anyObject(random, 3);
      List<List<JsonValue>> places = new ArrayList<>();
      places(document, new ArrayList<>(), places);
      for (List<JsonValue> path : places) {
        if (hasEmptyStart(path)) {
          continue; // A pointer that starts with an empty name: slashes in front do not count.
        }
        JsonValue keys = JsonArray.copyOf(path);
        String pointer = pointer(path);
        for (String op : List.of("remove", "test", "add", "replace")) {
          Map<String, Object> byKeys = Map.of("op", op, "path", keys, "value", 1);
          Map<String, Object> byPointer = Map.of("op", op, "path", pointer, "value", 1);
          assertThat(error("json.patch", document, List.of(byPointer)).startsWith("no error"))
              .as("%s %s of %s", op, pointer, document)
              .isEqualTo(error("json.patch", document, List.of(byKeys)).startsWith("no error"));
        }
        Map<String, Object> byKeys = Map.of("op", "remove", "path", keys);
        Map<String, Object> byPointer = Map.of("op", "remove", "path", pointer);
        assertThat(call("json.patch", document, List.of(byPointer)))
            .isEqualTo(call("json.patch", document, List.of(byKeys)));
      }
    }
  }

  @Test
  void what_is_removed_is_gone_and_filtering_finds_it() throws Exception {
    Random random = new Random(123);
    for (int i = 0; i < 2_000; i++) {
      JsonObject document = anyObject(random, 3);
      List<List<JsonValue>> places = new ArrayList<>();
      places(document, new ArrayList<>(), places);
      places.removeIf(p -> p.stream().anyMatch(k -> k instanceof JsonNumber));
      for (List<JsonValue> path : places) {
        JsonValue keys = JsonArray.copyOf(path);
        JsonValue there = answer("object.get", document, keys, "nothing");
        JsonValue kept = answer("json.filter", document, List.of(keys));
        assertThat(answer("object.get", kept, keys, "nothing")).isEqualTo(there);
        assertThat(((JsonObject) kept).size()).isEqualTo(1);
        JsonValue left = answer("json.remove", document, List.of(keys));
        assertThat(answer("object.get", left, keys, "nothing")).hasToString("\"nothing\"");
        assertThat(answer("object.union", left, kept)).isEqualTo(document);
        assertThat(call("json.remove", left, List.of(keys))).isEqualTo(left);
      }
      assertThat(answer("json.remove", document, List.of())).isEqualTo(document);
      assertThat(answer("json.filter", document, List.of())).isEqualTo(JsonObject.EMPTY);
    }
  }

  @Test
  void unions_are_idempotent_and_joined_in_order() throws Exception {
    Random random = new Random(124);
    for (int i = 0; i < 3_000; i++) {
      JsonObject a = anyObject(random, 2);
      JsonObject b = anyObject(random, 2);
      JsonObject c = anyObject(random, 2);
      JsonValue ab = answer("object.union", a, b);
      assertThat(answer("object.union", a, a)).isEqualTo(a);
      assertThat(answer("object.union", a, JsonObject.EMPTY)).isEqualTo(a);
      assertThat(answer("object.union", JsonObject.EMPTY, a)).isEqualTo(a);
      assertThat(answer("object.union", ab, b)).isEqualTo(ab);
      assertThat(answer("object.union_n", List.of(a, b, c)))
          .isEqualTo(answer("object.union", ab, c));
      JsonSet keys = (JsonSet) answer("object.keys", ab);
      assertThat(answer("union", Calls.set(answer("object.keys", a), answer("object.keys", b))))
          .isEqualTo(keys);
      assertThat(answer("json.patch", ab, List.of())).isEqualTo(ab);
    }
  }

  @Test
  void filtering_and_removing_keys_part_an_object() throws Exception {
    Random random = new Random(125);
    for (int i = 0; i < 2_000; i++) {
      JsonObject object = anyObject(random, 2);
      JsonObject other = anyObject(random, 0);
      JsonValue keys = answer("object.keys", other);
      JsonValue kept = answer("object.filter", object, keys);
      JsonValue left = answer("object.remove", object, keys);
      assertThat(answer("object.union", kept, left)).isEqualTo(object);
      assertThat(((JsonObject) kept).size() + ((JsonObject) left).size()).isEqualTo(object.size());
      assertThat(answer("object.filter", object, other)).isEqualTo(kept);
      assertThat(answer("object.remove", object, ((JsonSet) keys).toArray())).isEqualTo(left);
      assertThat(answer("object.subset", object, kept)).isEqualTo(value(true));
    }
  }
}
