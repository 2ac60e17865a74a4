package app.intentgate.rego.parse;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a metadata block says and puts it in the shape of {@code rego.metadata.rule()}.
 * Fields that metadata does not know are left out; what is the writer's own goes below {@code
 * custom}.
 */
final class MetadataFields {
  /** A field has the wrong shape. */
  static final class WrongFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongFieldException(String message) {
      super(message);
    }
  }

  private final JsonObject.Builder out = JsonObject.builder();
  private String scope = "";

  /** The scope that was named; empty when none was. */
  String scope() {
    return scope;
  }

  /** The fields of a block. */
  JsonObject of(JsonValue content) throws WrongFieldException {
    if (content instanceof JsonNull) {
      return JsonObject.EMPTY;
    }
    if (!(content instanceof JsonObject block)) {
      throw new WrongFieldException("expected METADATA block to be a map");
    }
    scope = text(block, "scope");
    putText(block, "title");
    putText(block, "description");
    JsonValue entrypoint = block.get("entrypoint");
    if (entrypoint != null) {
      if (!(entrypoint instanceof JsonBoolean)) {
        throw new WrongFieldException("entrypoint must be true or false");
      }
      if (entrypoint == JsonBoolean.TRUE) {
        out.put("entrypoint", entrypoint);
      }
    }
    putOrganizations(block);
    putRelatedResources(block);
    putAuthors(block);
    putSchemas(block);
    for (String own : List.of("custom", "labels", "compile")) {
      JsonObject fields = map(block, own);
      if (fields != null && !fields.isEmpty()) {
        out.put(own, fields);
      }
    }
    return out.build();
  }

  private static String text(JsonObject block, String name) throws WrongFieldException {
    JsonValue value = block.get(name);
    if (value == null || value instanceof JsonNull) {
      return "";
    }
    if (value instanceof JsonString s) {
      return s.value();
    }
    if (value instanceof JsonArray || value instanceof JsonObject) {
      throw new WrongFieldException(name + " must be a string");
    }
    return value.toString();
  }

  private void putText(JsonObject block, String name) throws WrongFieldException {
    String text = text(block, name);
    if (!text.isEmpty()) {
      out.put(name, JsonString.of(text));
    }
  }

  private static JsonArray list(JsonObject block, String name) throws WrongFieldException {
    JsonValue value = block.get(name);
    if (value == null || value instanceof JsonNull) {
      return JsonArray.EMPTY;
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new WrongFieldException(name + " must be a list");
  }

  private static @Nullable JsonObject map(JsonObject block, String name)
      throws WrongFieldException {
    JsonValue value = block.get(name);
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new WrongFieldException(name + " must be a map");
  }

  private void putOrganizations(JsonObject block) throws WrongFieldException {
    List<JsonValue> names = new ArrayList<>();
    for (JsonValue v : list(block, "organizations")) {
      names.add(JsonString.of(shown(v)));
    }
    putList("organizations", names);
  }

  private void putList(String name, List<JsonValue> items) {
    if (!items.isEmpty()) {
      out.put(name, JsonArray.copyOf(items));
    }
  }

  /** As messages show it: a text without quotes. */
  private static String shown(JsonValue v) {
    return v instanceof JsonString s ? s.value() : v.toString();
  }

  private void putRelatedResources(JsonObject block) throws WrongFieldException {
    List<JsonValue> resources = new ArrayList<>();
    for (JsonValue v : list(block, "related_resources")) {
      resources.add(relatedResource(v));
    }
    putList("related_resources", resources);
  }

  private static JsonValue relatedResource(JsonValue v) throws WrongFieldException {
    String problem = "invalid related-resource definition " + shown(v) + ": ";
    String ref = "";
    String description = "";
    if (v instanceof JsonString s) {
      ref = s.value();
      if (ref.isEmpty()) {
        throw new WrongFieldException(problem + "ref URL may not be empty string");
      }
    } else if (v instanceof JsonObject o) {
      ref = text(o, "ref").strip();
      description = text(o, "description").strip();
      if (ref.isEmpty()) {
        throw new WrongFieldException(problem + "'ref' value required in object");
      }
    } else {
      throw new WrongFieldException(problem + "invalid value type, must be string or map");
    }
    try {
      new URI(ref);
    } catch (URISyntaxException e) {
      throw new WrongFieldException(problem + "ref is no URL");
    }
    JsonObject.Builder resource = JsonObject.builder();
    if (!description.isEmpty()) {
      resource.put("description", JsonString.of(description));
    }
    return resource.put("ref", JsonString.of(ref)).build();
  }

  private void putAuthors(JsonObject block) throws WrongFieldException {
    List<JsonValue> authors = new ArrayList<>();
    for (JsonValue v : list(block, "authors")) {
      authors.add(author(v));
    }
    putList("authors", authors);
  }

  /** {@code A Name <mail@host>}, either part of it, or a map of the two. */
  private static JsonValue author(JsonValue v) throws WrongFieldException {
    String problem = "invalid author definition " + shown(v) + ": ";
    String name;
    String email = "";
    if (v instanceof JsonString s) {
      List<String> parts = new ArrayList<>(List.of(s.value().strip().split("\\s+")));
      String last = parts.get(parts.size() - 1);
      if (last.startsWith("<") && last.endsWith(">")) {
        email = last.substring(1, last.length() - 1);
        parts.remove(parts.size() - 1);
      }
      name = String.join(" ", parts);
      if (s.value().isBlank()) {
        throw new WrongFieldException(problem + "author is an empty string");
      }
    } else if (v instanceof JsonObject o) {
      name = text(o, "name").strip();
      email = text(o, "email").strip();
      if (name.isEmpty() && email.isEmpty()) {
        throw new WrongFieldException(problem + "'name' and/or 'email' values required in object");
      }
    } else {
      throw new WrongFieldException(problem + "invalid value type, must be string or map");
    }
    JsonObject.Builder author = JsonObject.builder();
    if (!name.isEmpty()) {
      author.put("name", JsonString.of(name));
    }
    if (!email.isEmpty()) {
      author.put("email", JsonString.of(email));
    }
    return author.build();
  }

  private void putSchemas(JsonObject block) throws WrongFieldException {
    List<JsonValue> schemas = new ArrayList<>();
    for (JsonValue v : list(block, "schemas")) {
      if (!(v instanceof JsonObject pair) || pair.size() != 1) {
        throw new WrongFieldException("schemas must be a list of maps with one member each");
      }
      String path = String.valueOf(pair.keyAt(0).asText());
      JsonValue schema = pair.valueAt(0);
      JsonObject.Builder entry =
          JsonObject.builder().put("path", path(path, "invalid document reference"));
      if (schema instanceof JsonString s) {
        JsonArray ref = path(s.value(), "invalid schema reference");
        if (!"schema".equals(ref.get(0).asText())) {
          throw new WrongFieldException("invalid schema reference");
        }
        entry.put("schema", ref);
      } else if (schema instanceof JsonObject definition) {
        entry.put("definition", definition);
      } else {
        throw new WrongFieldException("invalid schema declaration for path \"" + path + "\"");
      }
      schemas.add(entry.build());
    }
    putList("schemas", schemas);
  }

  /** A dotted path as a list of its elements. */
  private static JsonArray path(String text, String problem) throws WrongFieldException {
    List<JsonValue> elements = new ArrayList<>();
    try {
      Term term = RegoParser.parseTerm(text, ParserOptions.ofDefaults());
      Ref ref = term instanceof RefTerm r ? r.ref() : new Ref(List.of(term));
      if (!(ref.head() instanceof Var)) {
        throw new WrongFieldException(problem);
      }
      elements.add(JsonString.of(ref.headName()));
      for (Term t : ref.tail()) {
        elements.add(t instanceof ScalarTerm s ? s.value() : JsonString.of(t.toString()));
      }
    } catch (RegoParseException e) {
      throw new WrongFieldException(problem);
    }
    return JsonArray.copyOf(elements);
  }
}
