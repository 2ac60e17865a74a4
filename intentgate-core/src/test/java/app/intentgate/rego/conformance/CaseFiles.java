package app.intentgate.rego.conformance;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the case files of the suite, YAML or JSON. */
public final class CaseFiles {
  private CaseFiles() {}

  /** All evaluation cases of a file, in order. */
  public static List<RegoCase> load(Path file) throws IOException {
    List<RegoCase> cases = new ArrayList<>();
    for (JsonObject c : casesOf(file)) {
      cases.add(regoCase(file, cases.size(), c));
    }
    return cases;
  }

  /** All evaluation cases below a directory (or of one file), files in the order of their names. */
  public static List<RegoCase> loadAll(Path root) throws IOException {
    List<RegoCase> cases = new ArrayList<>();
    for (Path file : files(root)) {
      cases.addAll(load(file));
    }
    return cases;
  }

  /** All compile cases of a file, in order. */
  public static List<CompileCase> loadCompile(Path file) throws IOException {
    List<CompileCase> cases = new ArrayList<>();
    for (JsonObject c : casesOf(file)) {
      List<CompileCase.WantError> errors = new ArrayList<>();
      for (JsonValue e : array(c.get("want_errors"))) {
        JsonObject error = (JsonObject) e;
        errors.add(
            new CompileCase.WantError(
                required(error, "code"),
                Objects.requireNonNullElse(text(error, "file"), ""),
                number(error, "row"),
                number(error, "col"),
                required(error, "message"),
                error.get("details") instanceof JsonObject details ? details : null));
      }
      cases.add(
          new CompileCase(
              required(c, "note"), required(c, "mode"), texts(c.get("modules")), errors));
    }
    return cases;
  }

  /** The YAML and JSON files below a directory (or the file itself), by name. */
  public static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).filter(CaseFiles::isCaseFile).sorted().toList();
    }
  }

  private static boolean isCaseFile(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static List<JsonObject> casesOf(Path file) throws IOException {
    if (!(YamlValues.read(file) instanceof JsonObject top)) {
      throw new IOException(file + " holds no cases");
    }
    List<JsonObject> cases = new ArrayList<>();
    for (JsonValue c : array(top.get("cases"))) {
      cases.add((JsonObject) c);
    }
    return cases;
  }

  private static RegoCase regoCase(Path file, int index, JsonObject c) {
    return new RegoCase(
        file,
        index,
        Objects.requireNonNullElse(text(c, "note"), ""),
        required(c, "query"),
        texts(c.get("modules")),
        object(c.get("data")),
        c.get("input"),
        text(c, "input_term"),
        results(c.get("want_result")),
        text(c, "want_error_code"),
        text(c, "want_error"),
        flag(c, "strict_error"),
        flag(c, "sort_bindings"),
        flag(c, "ignore_generated_vars"),
        flag(c, "experimental_keywords"),
        c.get("want_defined") == null ? null : flag(c, "want_defined"),
        object(c.get("env")));
  }

  private static @Nullable List<JsonObject> results(@Nullable JsonValue value) {
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    List<JsonObject> results = new ArrayList<>();
    for (JsonValue v : array(value)) {
      results.add((JsonObject) v);
    }
    return results;
  }

  private static JsonObject object(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static Iterable<JsonValue> array(@Nullable JsonValue value) {
    return value instanceof JsonArray array ? array : List.of();
  }

  private static List<String> texts(@Nullable JsonValue value) {
    List<String> texts = new ArrayList<>();
    for (JsonValue v : array(value)) {
      texts.add(Objects.requireNonNull(v.asText()));
    }
    return texts;
  }

  private static @Nullable String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString s ? s.value() : null;
  }

  private static String required(JsonObject object, String name) {
    return Objects.requireNonNull(text(object, name), name);
  }

  private static int number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n ? (int) n.longValue() : 0;
  }

  private static boolean flag(JsonObject object, String name) {
    return JsonValue.of(true).equals(object.get(name));
  }
}
