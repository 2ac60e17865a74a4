package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.builtin.SchemaResult.Place;
import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.spi.BuiltinException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON schema about objects. */
final class SchemaObjects {
  private final SchemaCompiler compiler;
  private final JsonObject schema;

  SchemaObjects(SchemaCompiler compiler, JsonObject schema) {
    this.compiler = compiler;
    this.schema = schema;
  }

  void addTo(SchemaNode node) throws SchemaException {
    properties(node);
    Map<Regex, SchemaNode> patterns = patterns();
    JsonValue additional = schema.get("additionalProperties");
    if (additional != null && !SchemaCompiler.isSchema(additional)) {
      throw SchemaException.invalidType("boolean/schema", "additionalProperties");
    }
    SchemaNode others =
        additional == null || additional instanceof JsonBoolean ? null : compiler.node(additional);
    boolean forbidden = additional == JsonBoolean.FALSE;
    sizes(node);
    required(node);
    if (!patterns.isEmpty() || others != null || forbidden) {
      node.forObjects.add(
          (v, place, r) -> {
            JsonObject o = (JsonObject) v;
            for (int i = 0; i < o.size(); i++) {
              String name = o.nameAt(i);
              boolean known = node.properties.containsKey(name);
              known |= matches(patterns, name, o.valueAt(i), place, r);
              if (!known && forbidden) {
                r.error(
                    place,
                    "additional_property_not_allowed",
                    "Additional property " + name + " is not allowed");
              } else if (!known && others != null) {
                r.addAll(others.result(o.valueAt(i), place.child(name), r));
              }
            }
          });
    }
    names(node);
  }

  private void properties(SchemaNode node) throws SchemaException {
    JsonValue properties = schema.get("properties");
    if (properties == null) {
      return;
    }
    if (!(properties instanceof JsonObject o)) {
      throw new SchemaException("properties must be of type object");
    }
    for (int i = 0; i < o.size(); i++) {
      node.properties.put(o.nameAt(i), compiler.node(o.valueAt(i)));
    }
  }

  private Map<Regex, SchemaNode> patterns() throws SchemaException {
    Map<Regex, SchemaNode> patterns = new LinkedHashMap<>();
    JsonValue given = schema.get("patternProperties");
    if (given != null && !(given instanceof JsonObject)) {
      throw SchemaException.invalidType("schema", "patternProperties");
    }
    if (given instanceof JsonObject o) {
      for (int i = 0; i < o.size(); i++) {
        Regex regex = compiler.regex(o.nameAt(i));
        if (regex == null) {
          throw new SchemaException("Invalid regex pattern '" + o.nameAt(i) + "'");
        }
        patterns.put(regex, compiler.node(o.valueAt(i)));
      }
    }
    return patterns;
  }

  private static boolean matches(
      Map<Regex, SchemaNode> patterns, String name, JsonValue value, Place place, SchemaResult r)
      throws BuiltinException {
    boolean matched = false;
    for (Map.Entry<Regex, SchemaNode> p : patterns.entrySet()) {
      if (p.getKey().matches(name, r.context()::chargeSteps)) {
        matched = true;
        r.addAll(p.getValue().result(value, place.child(name), r));
      }
    }
    if (matched) {
      r.progress();
    }
    return matched;
  }

  private void sizes(SchemaNode node) throws SchemaException {
    Long least = SchemaScalars.count(schema, "minProperties");
    Long most = SchemaScalars.count(schema, "maxProperties");
    if (least != null && most != null && least > most) {
      throw new SchemaException("minProperties cannot be greater than maxProperties");
    }
    if (least != null) {
      node.forObjects.add(
          (v, place, r) -> {
            if (((JsonObject) v).size() < least) {
              r.error(place, "array_min_properties", "Must have at least " + least + " properties");
            }
          });
    }
    if (most != null) {
      node.forObjects.add(
          (v, place, r) -> {
            if (((JsonObject) v).size() > most) {
              r.error(place, "array_max_properties", "Must have at most " + most + " properties");
            }
          });
    }
  }

  private void required(SchemaNode node) throws SchemaException {
    JsonArray names = SchemaCompiler.array(schema, "required");
    Set<String> required = new LinkedHashSet<>();
    for (JsonValue name : names) {
      if (!(name instanceof JsonString s)) {
        throw SchemaException.invalidType("string", "required");
      }
      if (!required.add(s.value())) {
        throw new SchemaException("required items must be unique");
      }
    }
    if (required.isEmpty()) {
      return;
    }
    node.forObjects.add(
        (v, place, r) -> {
          for (String name : required) {
            if (((JsonObject) v).get(name) != null) {
              r.progress();
            } else {
              r.error(place, "required", name + " is required");
            }
          }
        });
  }

  private void names(SchemaNode node) throws SchemaException {
    @Nullable JsonValue given = compiler.since(6) ? schema.get("propertyNames") : null;
    if (given == null) {
      return;
    }
    if (!SchemaCompiler.isSchema(given)) {
      throw SchemaException.invalidType("schema", "patternProperties");
    }
    SchemaNode names = compiler.node(given);
    node.forObjects.add(
        (v, place, r) -> {
          JsonObject o = (JsonObject) v;
          for (int i = 0; i < o.size(); i++) {
            SchemaResult name = names.result(o.keyAt(i), place, r);
            if (!name.isValid()) {
              r.error(
                  place,
                  "invalid_property_name",
                  "Property name of \"" + o.nameAt(i) + "\" does not match");
              r.addAll(name);
            }
          }
        });
  }
}
