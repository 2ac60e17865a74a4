package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A few relations over a handful of values, as base data, as rules and as plain Java, so that a
 * test can ask Rego and look for itself.
 */
final class SmallWorld {
  /** Every value there is. Small integers are also positions, {@code false} also fails. */
  static final List<JsonValue> DOMAIN =
      List.of(
          JsonNumber.of(0),
          JsonNumber.of(1),
          JsonNumber.of(2),
          JsonString.of("a"),
          JsonString.of("b"),
          JsonValue.of(false),
          JsonValue.ofNull());

  /** Rules that say with base data, and without it, what the members here say. */
  static final String RULES =
      """
      package p

      edges contains [u, v] if some [u, v] in data.pairs

      flags contains v if some v in data.list

      owner[k] := v if some k, v in data.names

      linked(u, v) if [u, v] in data.pairs

      named("a") := data.names.a

      named(k) := v if {
        k != "a"
        v := data.names[k]
      }
      """;

  private final List<List<JsonValue>> pairs = new ArrayList<>();
  private final List<JsonValue> list = new ArrayList<>();
  private final Map<JsonValue, JsonValue> names = new LinkedHashMap<>();
  private final List<List<JsonValue>> grid = new ArrayList<>();

  SmallWorld(Random random) {
    for (int i = 0; i < 8; i++) {
      pairs.add(List.of(any(random), any(random)));
    }
    for (int i = random.nextInt(5); i >= 0; i--) {
      list.add(any(random));
    }
    for (String name : List.of("a", "b")) {
      if (random.nextInt(4) > 0) {
        names.put(JsonString.of(name), any(random));
      }
    }
    for (int i = 0; i < 3; i++) {
      grid.add(List.of(any(random), any(random)));
    }
  }

  static JsonValue any(Random random) {
    return DOMAIN.get(random.nextInt(DOMAIN.size()));
  }

  JsonObject data() {
    JsonObject.Builder members = JsonObject.builder();
    names.forEach(members::put);
    return JsonObject.builder()
        .put(JsonString.of("domain"), JsonArray.copyOf(DOMAIN))
        .put(JsonString.of("pairs"), rows(pairs))
        .put(JsonString.of("list"), JsonArray.copyOf(list))
        .put(JsonString.of("names"), members.build())
        .put(JsonString.of("grid"), rows(grid))
        .build();
  }

  private static JsonArray rows(List<List<JsonValue>> rows) {
    return JsonArray.copyOf(rows.stream().map(JsonArray::copyOf).toList());
  }

  boolean linked(JsonValue u, JsonValue v) {
    return pairs.contains(List.of(u, v));
  }

  /** The distinct second halves of the pairs that start with a value. */
  long linksFrom(JsonValue u) {
    return pairs.stream().filter(p -> p.get(0).equals(u)).distinct().count();
  }

  boolean listed(JsonValue v) {
    return list.contains(v);
  }

  /** What a name stands for, or null; what is no text is no name. */
  @Nullable JsonValue named(JsonValue name) {
    return names.get(name);
  }

  /** What is in a place of the grid, or null. */
  @Nullable JsonValue at(JsonValue row, JsonValue column) {
    int r = DOMAIN.indexOf(row);
    int c = DOMAIN.indexOf(column);
    return r < grid.size() && c < grid.get(r).size() ? grid.get(r).get(c) : null;
  }

  /** Whether a value lets an expression hold. */
  static boolean holds(@Nullable JsonValue value) {
    return value != null && !value.equals(JsonBoolean.FALSE);
  }

  @Override
  public String toString() {
    return "pairs "
        + pairs.stream().map(p -> RegoText.of(JsonArray.copyOf(p))).collect(Collectors.joining())
        + ", the rest "
        + data();
  }
}
