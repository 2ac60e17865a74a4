package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Objects, sets and arrays beside the collections of the JDK, with honest and with chosen keys. */
class JsonCollectionsModelTest {
  private static final Comparator<JsonValue> ORDER = JsonValue::compare;

  /** Keys of many types, spellings of one number among them. */
  private static JsonValue anyKey(Random random) {
    return switch (random.nextInt(6)) {
      case 0 ->
          JsonNumber.parse(List.of("1", "1.0", "10e-1", "2", "-0", "0").get(random.nextInt(6)));
      case 1 -> JsonNumber.of(random.nextInt(40));
      case 2 -> JsonArray.of(JsonNumber.of(random.nextInt(5)));
      case 3 -> JsonSet.of(JsonNumber.of(random.nextInt(5)), JsonNumber.of(random.nextInt(5)));
      case 4 -> random.nextBoolean() ? JsonNull.NULL : JsonValue.of(random.nextBoolean());
      default -> JsonString.of("k" + random.nextInt(40));
    };
  }

  /** Names of two blocks of letters each, any of which has one hash code. */
  private static JsonValue collidingKey(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      name.append(random.nextBoolean() ? "Aa" : "BB");
    }
    return JsonString.of(name.toString());
  }

  private static void objects(long seed, int rounds, int most, Function<Random, JsonValue> keys) {
    Random random = new Random(seed);
    for (int i = 0; i < rounds; i++) {
      Map<JsonValue, JsonValue> model = new LinkedHashMap<>();
      JsonObject.Builder builder = JsonObject.builder(random.nextInt(4));
      List<JsonObject> built = new ArrayList<>();
      List<Map<JsonValue, JsonValue>> models = new ArrayList<>();
      for (int n = random.nextInt(most); n > 0; n--) {
        JsonValue key = keys.apply(random);
        JsonValue value = JsonNumber.of(random.nextInt(1_000));
        if (random.nextBoolean()) {
          builder.put(key, value);
          model.put(key, value);
        } else {
          assertThat(builder.putIfAbsent(key, value))
              .isEqualTo(model.putIfAbsent(key, value) == null);
        }
        if (random.nextInt(20) == 0) {
          built.add(builder.build());
          models.add(new LinkedHashMap<>(model));
        }
        assertThat(builder.get(key)).isEqualTo(model.get(key));
        assertThat(builder.size()).isEqualTo(model.size());
      }
      built.add(builder.build());
      models.add(model);
      for (int b = 0; b < built.size(); b++) {
        same(built.get(b), models.get(b), keys.apply(random));
      }
    }
  }

  private static void same(JsonObject object, Map<JsonValue, JsonValue> model, JsonValue other) {
    List<JsonValue> keys = new ArrayList<>(model.keySet());
    assertThat(object.size()).isEqualTo(model.size());
    for (int i = 0; i < keys.size(); i++) {
      assertThat(object.keyAt(i)).isEqualTo(keys.get(i));
      assertThat(object.valueAt(i)).isEqualTo(model.get(keys.get(i)));
      assertThat(object.get(keys.get(i))).isEqualTo(model.get(keys.get(i)));
    }
    assertThat(object.containsKey(other)).isEqualTo(model.containsKey(other));
    TreeMap<JsonValue, JsonValue> sorted = new TreeMap<>(ORDER);
    sorted.putAll(model);
    int rank = 0;
    JsonObject.Builder again = JsonObject.builder();
    for (Map.Entry<JsonValue, JsonValue> e : sorted.entrySet()) {
      assertThat(object.keyAt(object.sortedPosition(rank++))).isEqualTo(e.getKey());
      again.put(e.getKey(), e.getValue());
    }
    assertThat(again.build()).isEqualTo(object).hasSameHashCodeAs(object);
    assertThat(object.toBuilder().put(other, JsonNull.NULL).build().get(other))
        .isEqualTo(JsonNull.NULL);
    assertThat(object.get(other)).isEqualTo(model.get(other));
  }

  @Test
  void an_object_is_a_map_that_keeps_its_order() {
    objects(81, 1_500, 60, JsonCollectionsModelTest::anyKey);
  }

  @Test
  void an_object_of_names_with_one_hash_code_is_the_same() {
    objects(82, 30, 400, JsonCollectionsModelTest::collidingKey);
  }

  private static void sets(long seed, int rounds, int most, Function<Random, JsonValue> keys) {
    Random random = new Random(seed);
    for (int i = 0; i < rounds; i++) {
      TreeSet<JsonValue> model = new TreeSet<>(ORDER);
      JsonSet.Builder builder = JsonSet.builder();
      for (int n = random.nextInt(most); n > 0; n--) {
        JsonValue item = keys.apply(random);
        assertThat(builder.contains(item)).isEqualTo(model.contains(item));
        assertThat(builder.add(item)).isEqualTo(model.add(item));
        assertThat(builder.size()).isEqualTo(model.size());
      }
      JsonSet set = builder.build();
      assertThat(set).containsExactlyElementsOf(model);
      assertThat(set.toArray()).isEqualTo(JsonArray.copyOf(model));
      JsonValue other = keys.apply(random);
      assertThat(set.contains(other)).isEqualTo(model.contains(other));
      List<JsonValue> backwards = new ArrayList<>(model.descendingSet());
      assertThat(JsonSet.copyOf(backwards)).isEqualTo(set).hasSameHashCodeAs(set);
      model.add(other);
      assertThat(set.equals(JsonSet.copyOf(model))).isEqualTo(set.contains(other));
    }
  }

  @Test
  void a_set_is_sorted_and_has_each_value_once() {
    sets(83, 2_000, 60, JsonCollectionsModelTest::anyKey);
  }

  @Test
  void a_set_of_names_with_one_hash_code_is_the_same() {
    sets(84, 30, 400, JsonCollectionsModelTest::collidingKey);
  }

  @Test
  void what_is_equal_has_one_hash_code_however_it_was_made() {
    Random random = new Random(85);
    Map<JsonValue, Integer> codes = new TreeMap<>(ORDER);
    for (int i = 0; i < 20_000; i++) {
      JsonValue value = random.nextBoolean() ? anyKey(random) : JsonArray.of(anyKey(random));
      Integer before = codes.putIfAbsent(value, value.hashCode());
      if (before != null) {
        assertThat(value.hashCode()).as(value.toString()).isEqualTo(before);
      }
    }
    assertThat(new HashSet<>(codes.keySet())).hasSameSizeAs(codes.keySet());
  }

  @Test
  void what_was_built_cannot_be_changed_from_outside() {
    List<JsonValue> items = new ArrayList<>(List.of(JsonNumber.of(1)));
    JsonArray array = JsonArray.copyOf(items);
    JsonValue[] given = {JsonNumber.of(1)};
    JsonArray of = JsonArray.of(given);
    items.set(0, JsonNull.NULL);
    given[0] = JsonNull.NULL;
    assertThat(array).hasToString("[1]");
    assertThat(of).hasToString("[1]");
    JsonObject object = JsonObject.of("a", JsonNumber.of(1));
    assertThatThrownBy(() -> object.names().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> JsonSet.of(JsonNull.NULL).iterator().remove())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_key_that_is_no_text_has_no_name() {
    JsonObject object =
        JsonObject.builder().put(JsonNumber.of(1), JsonNull.NULL).put("1", 2).build();
    assertThat(object.size()).isEqualTo(2);
    assertThat(object.get("1")).isEqualTo(JsonNumber.of(2));
    assertThat(object.get(JsonNumber.parse("1.0"))).isEqualTo(JsonNull.NULL);
    assertThat(Objects.requireNonNull(object.get("1"))).isNotEqualTo(JsonNull.NULL);
  }
}
