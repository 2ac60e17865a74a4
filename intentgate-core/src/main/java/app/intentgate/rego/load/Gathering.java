package app.intentgate.rego.load;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.yaml.YamlException;
import app.intentgate.rego.yaml.YamlReader;
import app.intentgate.rego.yaml.YamlWords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers modules, documents, manifests and problems while paths are walked. */
final class Gathering {
  /** The most files and the most bytes of one loading. */
  static final int MAX_FILES = 100_000;

  static final long MAX_BYTES = 512L << 20;

  final Map<String, String> modules = new LinkedHashMap<>();
  final List<BundleManifest> bundles = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  private final DataTree data = new DataTree();
  private final Set<List<Object>> seen = new HashSet<>();
  private int files;
  private long bytes;

  JsonObject data() {
    return data.toObject();
  }

  /** Whether a file comes for the first time to this place below the data. */
  boolean isNew(Path file, List<String> under) {
    return seen.add(List.of(file.normalize(), List.copyOf(under)));
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
    if (!data.add(object)) {
      problems.add(file + ": merge error");
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

  /**
   * Reads a document that is JSON, or else YAML.
   *
   * @param kind what its name says, which decides whose error is told
   * @throws IllegalArgumentException when it is neither
   */
  static JsonValue read(byte[] content, FileKind kind) {
    try {
      return read(FileKind.JSON, content);
    } catch (IllegalArgumentException notJson) {
      try {
        return read(FileKind.YAML, content);
      } catch (IllegalArgumentException notYaml) {
        throw kind == FileKind.YAML ? notYaml : notJson;
      }
    }
  }
}
