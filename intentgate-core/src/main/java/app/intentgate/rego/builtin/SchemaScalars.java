package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.regex.Regex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON schema about numbers, strings, and single values. */
final class SchemaScalars {
  private final SchemaCompiler compiler;
  private final JsonObject schema;

  SchemaScalars(SchemaCompiler compiler, JsonObject schema) {
    this.compiler = compiler;
    this.schema = schema;
  }

  void addTo(SchemaNode node) throws SchemaException {
    multiple(node);
    Bound upper = bound("maximum", "exclusiveMaximum");
    limit(node, upper.closed, c -> c <= 0, "number_lte", "less than or equal to");
    limit(node, upper.open, c -> c < 0, "number_lt", "less than");
    Bound lower = bound("minimum", "exclusiveMinimum");
    limit(node, lower.closed, c -> c >= 0, "number_gte", "greater than or equal to");
    limit(node, lower.open, c -> c > 0, "number_gt", "greater than");
    strings(node);
    values(node);
  }

  /** A limit that may be reached, and one that may not. */
  private record Bound(@Nullable JsonNumber closed, @Nullable JsonNumber open) {}

  /** Before draft 6, the keyword for open limits is a boolean that changes the other one. */
  private Bound bound(String key, String openKey) throws SchemaException {
    JsonValue limit = schema.get(key);
    if (limit != null && !(limit instanceof JsonNumber)) {
      throw SchemaException.mustBe(key, "a number");
    }
    JsonNumber closed = (JsonNumber) limit;
    JsonValue open = schema.get(openKey);
    if (open instanceof JsonBoolean b) {
      if (closed == null) {
        throw new SchemaException(openKey + " cannot be used without " + key);
      }
      return b.value() ? new Bound(null, closed) : new Bound(closed, null);
    }
    if (open != null && !(open instanceof JsonNumber)) {
      throw SchemaException.invalidType("boolean/number", openKey);
    }
    return new Bound(closed, (JsonNumber) open);
  }

  private static void limit(
      SchemaNode node, @Nullable JsonNumber limit, IntPredicate holds, String type, String words) {
    if (limit != null) {
      node.forNumbers.add(
          (v, place, r) -> {
            if (!holds.test(((JsonNumber) v).compareTo(limit))) {
              r.error(place, type, "Must be " + words + " " + shown(limit));
            }
          });
    }
  }

  private void multiple(SchemaNode node) throws SchemaException {
    JsonValue multiple = schema.get("multipleOf");
    if (multiple == null) {
      return;
    }
    if (!(multiple instanceof JsonNumber n)) {
      throw SchemaException.invalidType("number", "multipleOf");
    }
    if (n.signum() <= 0) {
      throw new SchemaException("multipleOf must be strictly greater than 0");
    }
    node.forNumbers.add(
        (v, place, r) -> {
          if (!Numbers.isMultiple(r.context(), (JsonNumber) v, n)) {
            r.error(place, "multiple_of", "Must be a multiple of " + shown(n));
          }
        });
  }

  private static String shown(JsonNumber number) {
    return GoFloatText.format(number.doubleValue(), 'g', 10);
  }

  private void strings(SchemaNode node) throws SchemaException {
    Long least = count(schema, "minLength");
    Long most = count(schema, "maxLength");
    if (least != null && most != null && least > most) {
      throw new SchemaException("minLength cannot be greater than maxLength");
    }
    if (least != null) {
      node.forStrings.add(
          (v, place, r) -> {
            if (length(v) < least) {
              r.error(
                  place, "string_gte", "String length must be greater than or equal to " + least);
            }
          });
    }
    if (most != null) {
      node.forStrings.add(
          (v, place, r) -> {
            if (length(v) > most) {
              r.error(place, "string_lte", "String length must be less than or equal to " + most);
            }
          });
    }
    pattern(node);
  }

  private static int length(JsonValue value) {
    String s = ((JsonString) value).value();
    return s.codePointCount(0, s.length());
  }

  private void pattern(SchemaNode node) throws SchemaException {
    String pattern = SchemaCompiler.string(schema, "pattern");
    if (pattern == null) {
      return;
    }
    Regex regex = compiler.regex(pattern);
    if (regex == null) {
      throw new SchemaException("pattern must be a valid regex");
    }
    node.forStrings.add(
        (v, place, r) -> {
          if (!regex.matches(((JsonString) v).value(), r.context()::chargeSteps)) {
            r.error(place, "pattern", "Does not match pattern '" + pattern + "'");
          }
        });
  }

  private void values(SchemaNode node) throws SchemaException {
    JsonValue constant = compiler.since(6) ? schema.get("const") : null;
    if (constant != null) {
      node.forAll.add(
          (v, place, r) -> {
            if (!v.equals(constant)) {
              String text = JsonWriter.goSortedText(constant);
              r.error(place, "const", place.field() + " does not match: " + text);
            }
          });
    }
    JsonArray allowed = SchemaCompiler.array(schema, "enum");
    if (schema.get("enum") != null) {
      enumeration(node, allowed);
    }
    String format = SchemaCompiler.string(schema, "format");
    if (format != null) {
      node.forAll.add(
          (v, place, r) -> {
            if (v instanceof JsonString s && !SchemaFormats.fits(r.context(), format, s.value())) {
              r.error(place, "format", "Does not match format '" + format + "'");
            }
          });
    }
  }

  private static void enumeration(SchemaNode node, JsonArray allowed) throws SchemaException {
    Set<JsonValue> values = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    for (JsonValue v : allowed) {
      if (!values.add(v)) {
        throw new SchemaException("enum items must be unique");
      }
      texts.add(JsonWriter.goSortedText(v));
    }
    String list = texts.isEmpty() ? "(none)" : String.join(", ", texts);
    node.forAll.add(
        (v, place, r) -> {
          if (!values.contains(v)) {
            r.error(place, "enum", place.field() + " must be one of the following: " + list);
          }
        });
  }

  /** The count that a keyword gives; null when it is not there. */
  static @Nullable Long count(JsonObject schema, String key) throws SchemaException {
    JsonValue v = schema.get(key);
    if (v == null) {
      return null;
    }
    if (!(v instanceof JsonNumber n) || !n.fitsLong()) {
      throw SchemaException.mustBe(key, "an integer");
    }
    if (n.longValue() < 0) {
      throw new SchemaException(key + " must be greater than or equal to 0");
    }
    return n.longValue();
  }
}
