package app.intentgate.rego.load;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.yaml.YamlException;
import app.intentgate.rego.yaml.YamlReader;
import app.intentgate.rego.yaml.YamlWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers modules, documents, manifests and problems while paths are walked. */
final class Gathering {
  /** The most files and the most bytes of one loading. */
  static final int MAX_FILES = 100_000;

  static final long MAX_BYTES = 512L << 20;

  final Map<String, String> modules = new LinkedHashMap<>();
  final List<BundleManifest> bundles = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  private JsonObject data = JsonObject.EMPTY;
  private int files;
  private long bytes;

  JsonObject data() {
    return data;
  }

  /** Counts a file; false when that is one too many, which is a problem of its own. */
  boolean admits(String file, long size) {
    files++;
    bytes += size;
    if (files > MAX_FILES || bytes > MAX_BYTES) {
      problems.add(
          file + ": more than " + MAX_FILES + " files or " + (MAX_BYTES >> 20) + " MiB to load");
      return false;
    }
    return true;
  }

  void module(String file, byte[] source) {
    modules.put(file, new String(source, StandardCharsets.UTF_8));
  }

  /** The document of a file; a malformed one is a problem, and null. */
  @Nullable JsonValue document(String file, FileKind kind, byte[] content) {
    try {
      return read(kind, content);
    } catch (IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
      return null;
    }
  }

  /** Adds a document under a path; one in the way of another is a problem. */
  void place(String file, List<String> path, JsonValue content) {
    JsonValue document = content;
    for (int i = path.size() - 1; i >= 0; i--) {
      document = JsonObject.of(path.get(i), document);
    }
    if (!(document instanceof JsonObject object)) {
      problems.add(file + ": document must be of type object");
      return;
    }
    JsonObject merged = merged(data, object);
    if (merged == null) {
      problems.add(file + ": merge error");
    } else {
      data = merged;
    }
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static JsonValue read(FileKind kind, byte[] content) {
    try {
      if (kind == FileKind.JSON) {
        return JsonReader.parseRego(content);
      }
      return YamlReader.parse(new String(content, StandardCharsets.UTF_8), YamlWords.V1_1);
    } catch (JsonParseException | YamlException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Both objects in one, or null where they have a key in common that is not an object in both. */
  private static @Nullable JsonObject merged(JsonObject into, JsonObject more) {
    if (into.isEmpty()) {
      return more;
    }
    JsonObject.Builder both = into.toBuilder();
    for (int i = 0; i < more.size(); i++) {
      JsonValue key = more.keyAt(i);
      JsonValue here = into.get(key);
      if (here == null) {
        both.put(key, more.valueAt(i));
        continue;
      }
      JsonObject deeper =
          here instanceof JsonObject a && more.valueAt(i) instanceof JsonObject b
              ? merged(a, b)
              : null;
      if (deeper == null) {
        return null;
      }
      both.put(key, deeper);
    }
    return both.build();
  }
}
