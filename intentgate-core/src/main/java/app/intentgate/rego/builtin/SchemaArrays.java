package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.builtin.SchemaResult.Place;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON schema about arrays. */
final class SchemaArrays {
  private final SchemaCompiler compiler;
  private final JsonObject schema;

  SchemaArrays(SchemaCompiler compiler, JsonObject schema) {
    this.compiler = compiler;
    this.schema = schema;
  }

  void addTo(SchemaNode node) throws SchemaException {
    items(node);
    Long least = SchemaScalars.count(schema, "minItems");
    Long most = SchemaScalars.count(schema, "maxItems");
    if (least != null) {
      node.forArrays.add(
          (v, place, r) -> {
            if (((JsonArray) v).size() < least) {
              r.error(place, "array_min_items", "Array must have at least " + least + " items");
            }
          });
    }
    if (most != null) {
      node.forArrays.add(
          (v, place, r) -> {
            if (((JsonArray) v).size() > most) {
              r.error(place, "array_max_items", "Array must have at most " + most + " items");
            }
          });
    }
    JsonValue unique = schema.get("uniqueItems");
    if (unique != null && !(unique instanceof JsonBoolean)) {
      throw SchemaException.mustBe("uniqueItems", "a boolean");
    }
    if (unique == JsonBoolean.TRUE) {
      node.forArrays.add(SchemaArrays::unique);
    }
    JsonValue contains = compiler.since(6) ? schema.get("contains") : null;
    if (contains != null) {
      SchemaNode wanted = compiler.node(contains);
      node.forArrays.add((v, place, r) -> contains(wanted, (JsonArray) v, place, r));
    }
  }

  private void items(SchemaNode node) throws SchemaException {
    JsonValue items = schema.get("items");
    JsonValue additional = schema.get("additionalItems");
    SchemaNode others = null;
    if (additional instanceof JsonObject) {
      others = compiler.node(additional);
    } else if (additional != null && !(additional instanceof JsonBoolean)) {
      throw SchemaException.invalidType("boolean/schema", "additionalItems");
    }
    if (items instanceof JsonArray many) {
      List<SchemaNode> each = new ArrayList<>();
      for (JsonValue item : many) {
        each.add(item(item));
      }
      if (!each.isEmpty()) {
        SchemaNode rest = others;
        boolean closed = additional == JsonBoolean.FALSE;
        node.forArrays.add((v, place, r) -> tuple(each, rest, closed, (JsonArray) v, place, r));
      }
    } else if (items != null) {
      SchemaNode each = item(items);
      node.forArrays.add((v, place, r) -> tuple(List.of(), each, false, (JsonArray) v, place, r));
    }
  }

  private SchemaNode item(JsonValue item) throws SchemaException {
    if (!SchemaCompiler.isSchema(item)) {
      throw SchemaException.invalidType("schema/array of schemas", "items");
    }
    return compiler.node(item);
  }

  private static void tuple(
      List<SchemaNode> first,
      @Nullable SchemaNode rest,
      boolean closed,
      JsonArray array,
      Place place,
      SchemaResult r)
      throws BuiltinException {
    for (int i = 0; i < array.size(); i++) {
      SchemaNode schema = i < first.size() ? first.get(i) : rest;
      if (schema != null) {
        r.addAll(schema.result(array.get(i), place.child(i), r));
      }
    }
    if (closed && array.size() > first.size()) {
      r.error(place, "array_no_additional_items", "No additional items allowed on array");
    }
  }

  private static void unique(JsonValue value, Place place, SchemaResult r) {
    Map<JsonValue, Integer> seen = new HashMap<>();
    JsonArray array = (JsonArray) value;
    for (int i = 0; i < array.size(); i++) {
      Integer before = seen.put(array.get(i), i);
      if (before != null) {
        r.error(place, "unique", "array items[" + before + "," + i + "] must be unique");
      }
    }
  }

  private static void contains(SchemaNode wanted, JsonArray array, Place place, SchemaResult r)
      throws BuiltinException {
    SchemaResult best = null;
    for (int i = 0; i < array.size(); i++) {
      SchemaResult one = wanted.result(array.get(i), place.child(i), r);
      if (one.isValid()) {
        return;
      }
      best = one.isBetterThan(best) ? one : best;
    }
    r.error(place, "contains", "At least one of the items must match");
    if (best != null) {
      r.addAll(best);
    }
  }
}
