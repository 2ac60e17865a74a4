package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.builtin.SchemaResult.Place;
import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One schema: its types, its checks in the order in which errors are reported, and the schemas of
 * its properties. Filled by {@link SchemaCompiler} and not changed afterwards.
 */
final class SchemaNode implements Sized {
  /** A check of a value, for the types of value it is about. */
  @FunctionalInterface
  interface Check {
    void check(JsonValue value, Place place, SchemaResult result) throws BuiltinException;
  }

  private static final int PROPERTIES_PER_STEP = 4;

  /** What the lists of one schema take, and its checks. */
  private static final int BYTES = 512;

  /** How many schemas there are in this one, and those it refers to. */
  int schemas = 1;

  /** How much the regular expressions in it take. */
  long patternBytes;

  /** True or false when the schema is just that. */
  @Nullable Boolean constant;

  /** The schema that stands for this one. */
  @Nullable SchemaNode reference;

  final Set<String> types = new LinkedHashSet<>();
  final Map<String, SchemaNode> properties = new LinkedHashMap<>();

  /** Checks by other schemas, before all others. */
  final List<Check> composed = new ArrayList<>();

  final List<Check> forArrays = new ArrayList<>();
  final List<Check> forObjects = new ArrayList<>();
  final List<Check> forNumbers = new ArrayList<>();
  final List<Check> forAll = new ArrayList<>();
  final List<Check> forStrings = new ArrayList<>();

  @Override
  public long bytes() {
    return (long) schemas * BYTES + patternBytes;
  }

  /** The result of this schema alone. */
  SchemaResult result(JsonValue value, Place place, SchemaResult parent) throws BuiltinException {
    SchemaResult result = parent.another();
    check(value, place, result);
    return result;
  }

  void check(JsonValue value, Place place, SchemaResult result) throws BuiltinException {
    result.step(place);
    if (constant != null) {
      if (!constant) {
        result.error(place, "false", "False always fails validation");
      }
      return;
    }
    if (reference != null) {
      reference.check(value, new Place(place.path(), place.depth() + 1), result);
      return;
    }
    String given = type(value);
    boolean fits = types.contains(given) || given.equals("integer") && types.contains("number");
    if (!types.isEmpty() && !fits) {
      result.error(
          place, "invalid_type", "Invalid type. Expected: " + expected() + ", given: " + given);
      return;
    }
    all(composed, value, place, result);
    if (value instanceof JsonArray) {
      all(forArrays, value, place, result);
      all(forAll, value, place, result);
    } else if (value instanceof JsonObject object) {
      all(forObjects, value, place, result);
      all(forAll, value, place, result);
      result.context().chargeSteps(properties.size() / PROPERTIES_PER_STEP);
      for (Map.Entry<String, SchemaNode> p : properties.entrySet()) {
        JsonValue member = object.get(p.getKey());
        if (member != null) {
          p.getValue().check(member, place.child(p.getKey()), result);
        }
      }
    } else {
      if (value instanceof JsonNumber) {
        all(forNumbers, value, place, result);
      }
      all(forAll, value, place, result);
      if (given.equals("string")) {
        all(forStrings, value, place, result);
      }
    }
    result.progress();
  }

  private static void all(List<Check> checks, JsonValue value, Place place, SchemaResult result)
      throws BuiltinException {
    for (Check check : checks) {
      check.check(value, place, result);
    }
    result.progress();
  }

  private String expected() {
    return types.size() == 1 ? types.iterator().next() : "[" + String.join(",", types) + "]";
  }

  private static String type(JsonValue value) {
    return value instanceof JsonNumber n && n.isInteger() ? "integer" : Operands.typeName(value);
  }
}
