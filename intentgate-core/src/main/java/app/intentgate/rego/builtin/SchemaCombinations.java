package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.builtin.SchemaResult.Place;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keywords that combine schemas: {@code anyOf oneOf allOf not dependencies if}. */
final class SchemaCombinations {
  private final SchemaCompiler compiler;
  private final JsonObject schema;

  SchemaCombinations(SchemaCompiler compiler, JsonObject schema) {
    this.compiler = compiler;
    this.schema = schema;
  }

  void addTo(SchemaNode node) throws SchemaException {
    List<SchemaNode> any = schemas("anyOf");
    List<SchemaNode> one = schemas("oneOf");
    List<SchemaNode> all = schemas("allOf");
    if (!any.isEmpty()) {
      node.composed.add((v, place, r) -> atLeast(any, v, place, r));
    }
    if (!one.isEmpty()) {
      node.composed.add((v, place, r) -> exactlyOne(one, v, place, r));
    }
    if (!all.isEmpty()) {
      node.composed.add((v, place, r) -> all(all, v, place, r));
    }
    SchemaNode not = schema("not");
    if (not != null) {
      node.composed.add(
          (v, place, r) -> {
            if (not.result(v, place, r).isValid()) {
              r.error(place, "number_not", "Must not validate the schema (not)");
            }
          });
    }
    dependencies(node);
    if (compiler.since(7)) {
      condition(node);
    }
  }

  private List<SchemaNode> schemas(String key) throws SchemaException {
    List<SchemaNode> nodes = new ArrayList<>();
    for (JsonValue v : SchemaCompiler.array(schema, key)) {
      nodes.add(compiler.node(v));
    }
    return nodes;
  }

  private @Nullable SchemaNode schema(String key) throws SchemaException {
    JsonValue v = schema.get(key);
    if (v == null) {
      return null;
    }
    if (!SchemaCompiler.isSchema(v)) {
      throw SchemaException.mustBe(key, "an object");
    }
    return compiler.node(v);
  }

  private static void atLeast(List<SchemaNode> any, JsonValue v, Place place, SchemaResult r)
      throws BuiltinException {
    SchemaResult best = null;
    for (SchemaNode s : any) {
      SchemaResult one = s.result(v, place, r);
      if (one.isValid()) {
        return;
      }
      best = one.isBetterThan(best) ? one : best;
    }
    r.error(place, "number_any_of", "Must validate at least one schema (anyOf)");
    if (best != null) {
      r.addAll(best);
    }
  }

  private static void exactlyOne(List<SchemaNode> any, JsonValue v, Place place, SchemaResult r)
      throws BuiltinException {
    SchemaResult best = null;
    int valid = 0;
    for (SchemaNode s : any) {
      SchemaResult one = s.result(v, place, r);
      if (one.isValid()) {
        valid++;
      } else if (valid == 0 && one.isBetterThan(best)) {
        best = one;
      }
    }
    if (valid != 1) {
      r.error(place, "number_one_of", "Must validate one and only one schema (oneOf)");
      if (valid == 0 && best != null) {
        r.addAll(best);
      }
    }
  }

  private static void all(List<SchemaNode> all, JsonValue v, Place place, SchemaResult r)
      throws BuiltinException {
    boolean valid = true;
    for (SchemaNode s : all) {
      SchemaResult one = s.result(v, place, r);
      valid &= one.isValid();
      r.addAll(one);
    }
    if (!valid) {
      r.error(place, "number_all_of", "Must validate all the schemas (allOf)");
    }
  }

  private void dependencies(SchemaNode node) throws SchemaException {
    JsonValue given = schema.get("dependencies");
    if (given == null) {
      return;
    }
    if (!(given instanceof JsonObject o)) {
      throw new SchemaException("dependencies must be of type object");
    }
    for (int i = 0; i < o.size(); i++) {
      String name = o.nameAt(i);
      JsonValue dependency = o.valueAt(i);
      SchemaNode.Check check =
          dependency instanceof JsonArray names ? names(names) : compiledDependency(dependency);
      node.composed.add(
          (v, place, r) -> {
            r.context().chargeSteps(1);
            if (v instanceof JsonObject members && members.get(name) != null) {
              check.check(v, place, r);
            }
          });
    }
  }

  private SchemaNode.Check compiledDependency(JsonValue dependency) throws SchemaException {
    if (!SchemaCompiler.isSchema(dependency)) {
      throw new SchemaException("dependency must be of type schema or array of strings");
    }
    SchemaNode node = compiler.node(dependency);
    return node::check;
  }

  private static SchemaNode.Check names(JsonArray names) throws SchemaException {
    List<String> wanted = new ArrayList<>();
    for (JsonValue name : names) {
      if (!(name instanceof JsonString s)) {
        throw new SchemaException("dependency must be of type schema or array of strings");
      }
      wanted.add(s.value());
    }
    return (v, place, r) -> {
      for (String name : wanted) {
        if (((JsonObject) v).get(name) == null) {
          r.error(place, "missing_dependency", "Has a dependency on " + name);
        }
      }
    };
  }

  private void condition(SchemaNode node) throws SchemaException {
    SchemaNode test = schema("if");
    SchemaNode then = schema("then");
    SchemaNode otherwise = schema("else");
    if (test == null) {
      return;
    }
    node.composed.add(
        (v, place, r) -> {
          boolean holds = test.result(v, place, r).isValid();
          SchemaNode next = holds ? then : otherwise;
          SchemaResult result = next == null ? null : next.result(v, place, r);
          if (result != null && !result.isValid()) {
            r.error(
                place,
                holds ? "condition_then" : "condition_else",
                holds
                    ? "Must validate \"then\" as \"if\" was valid"
                    : "Must validate \"else\" as \"if\" was not valid");
            r.addAll(result);
          }
        });
  }
}
