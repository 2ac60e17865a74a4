package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles JSON schemas of drafts 4, 6 and 7. References lead to places in the same document;
 * nothing is ever fetched.
 */
final class SchemaCompiler {
  private static final TreeSet<String> TYPES =
      new TreeSet<>(List.of("array", "boolean", "integer", "number", "null", "object", "string"));
  private static final int MAX_DEPTH = 200;

  /** What a schema takes; references spell one place in many ways, and each way is a schema. */
  private static final int VALUES_PER_SCHEMA = 8;

  private final BuiltinContext context;
  private final JsonValue document;
  private final Map<String, SchemaNode> referenced = new HashMap<>();
  private final int draft;
  private int depth;
  private int schemas;
  private long patternBytes;

  private SchemaCompiler(BuiltinContext context, JsonValue document) {
    this.context = context;
    this.document = document;
    this.draft = draftOf(document);
  }

  /** The schema that a document describes, which is charged for. */
  static SchemaNode compile(BuiltinContext context, JsonValue document) throws SchemaException {
    SchemaCompiler compiler = new SchemaCompiler(context, document);
    SchemaNode root = new SchemaNode();
    compiler.referenced.put("#", root);
    compiler.fill(root, document);
    root.schemas = compiler.schemas;
    root.patternBytes = compiler.patternBytes;
    return root;
  }

  private static int draftOf(JsonValue document) {
    String uri =
        document instanceof JsonObject o && o.get("$schema") instanceof JsonString s
            ? s.value()
            : "";
    return uri.contains("draft-04") ? 4 : uri.contains("draft-06") ? 6 : 7;
  }

  /** Whether a keyword that came with a draft has a meaning in this document. */
  boolean since(int first) {
    return draft >= first;
  }

  /** The regular expression of a text, or null when it is none. */
  @Nullable Regex regex(String text) {
    try {
      Regex regex = RegexFunctions.compile(context, text);
      patternBytes += regex.bytes();
      return regex;
    } catch (BuiltinException e) {
      return null;
    }
  }

  /** The schema that a value describes. */
  SchemaNode node(JsonValue value) throws SchemaException {
    SchemaNode node = new SchemaNode();
    fill(node, value);
    return node;
  }

  private void fill(SchemaNode node, JsonValue value) throws SchemaException {
    schemas++;
    context.chargeSteps(VALUES_PER_SCHEMA);
    context.chargeValues(VALUES_PER_SCHEMA);
    if (value instanceof JsonBoolean b && since(6)) {
      node.constant = b.value();
      return;
    }
    if (!(value instanceof JsonObject o)) {
      throw new SchemaException("Expected: schema, given: Invalid JSON");
    }
    if (++depth > MAX_DEPTH) {
      throw new SchemaException("schema is nested too deeply");
    }
    definitions(o);
    string(o, "title");
    string(o, "description");
    String reference = string(o, "$ref");
    if (reference != null) {
      node.reference = resolve(reference);
    } else {
      types(node, o);
      new SchemaObjects(this, o).addTo(node);
      new SchemaArrays(this, o).addTo(node);
      new SchemaScalars(this, o).addTo(node);
      new SchemaCombinations(this, o).addTo(node);
    }
    depth--;
  }

  private void definitions(JsonObject o) throws SchemaException {
    JsonValue definitions = o.get("definitions");
    if (definitions == null) {
      return;
    }
    if (!(definitions instanceof JsonObject members)) {
      throw SchemaException.invalidType("array of schemas", "definitions");
    }
    for (int i = 0; i < members.size(); i++) {
      if (!isSchema(members.valueAt(i))) {
        throw SchemaException.invalidType("array of schemas", "definitions");
      }
      node(members.valueAt(i));
    }
  }

  /** Whether a value can be a schema at all. */
  static boolean isSchema(@Nullable JsonValue value) {
    return value instanceof JsonObject || value instanceof JsonBoolean;
  }

  /** The text of a keyword, or null when it is not there. */
  static @Nullable String string(JsonObject o, String key) throws SchemaException {
    JsonValue v = o.get(key);
    if (v != null && !(v instanceof JsonString)) {
      throw SchemaException.invalidType("string", key);
    }
    return v == null ? null : v.asText();
  }

  /** The items of a keyword, none when it is not there. */
  static JsonArray array(JsonObject o, String key) throws SchemaException {
    JsonValue v = o.get(key);
    if (v == null) {
      return JsonArray.EMPTY;
    }
    if (v instanceof JsonArray array) {
      return array;
    }
    throw SchemaException.mustBe(key, "an array");
  }

  private static void types(SchemaNode node, JsonObject o) throws SchemaException {
    JsonValue type = o.get("type");
    if (type == null) {
      return;
    }
    for (JsonValue t : type instanceof JsonArray many ? many : JsonArray.of(type)) {
      if (!(t instanceof JsonString name)) {
        throw SchemaException.invalidType("type", "string/array of strings");
      }
      if (!TYPES.contains(name.value())) {
        throw new SchemaException(
            "has a primitive type that is NOT VALID -- given: /"
                + name.value()
                + "/ Expected valid values are:["
                + "array boolean integer number null object string]");
      }
      if (!node.types.add(name.value())) {
        throw new SchemaException(name.value() + " type is duplicated");
      }
    }
  }

  private SchemaNode resolve(String reference) throws SchemaException {
    if (!reference.startsWith("#")) {
      throw new SchemaException("remote reference loading disabled: " + reference);
    }
    SchemaNode known = referenced.get(reference);
    if (known != null) {
      return known;
    }
    JsonValue target = pointed(reference);
    if (!isSchema(target)) {
      throw new SchemaException("schema must be of type object");
    }
    SchemaNode node = new SchemaNode();
    referenced.put(reference, node);
    fill(node, target);
    return node;
  }

  /** The place that the JSON pointer in a reference names (RFC 6901). */
  private JsonValue pointed(String reference) throws SchemaException {
    JsonValue at = document;
    String pointer = reference.substring(1);
    if (pointer.isEmpty() || pointer.equals("/")) {
      return at;
    }
    for (String part : pointer.substring(1).split("/", -1)) {
      String key = unescaped(part).replace("~1", "/").replace("~0", "~");
      JsonValue next = at instanceof JsonObject o ? o.get(key) : null;
      if (at instanceof JsonArray a && key.matches("0|[1-9][0-9]{0,8}")) {
        int index = Integer.parseInt(key);
        next = index < a.size() ? a.get(index) : null;
      }
      if (next == null) {
        throw new SchemaException("Object has no key '" + key + "'");
      }
      at = next;
    }
    return at;
  }

  private static String unescaped(String part) throws SchemaException {
    try {
      return UrlEscapes.unescape(part, UrlEscapes.Part.FRAGMENT);
    } catch (BuiltinException e) {
      throw new SchemaException(e.getMessage());
    }
  }
}
