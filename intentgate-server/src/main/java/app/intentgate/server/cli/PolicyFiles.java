package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The modules and base documents that files and folders hold: {@code .rego} files are modules; a
 * {@code .json} file is data, at the root when it is named itself, under the path of its folder
 * when a folder above it is. Other files are passed over.
 */
final class PolicyFiles {
  private static final int MAX_FILES = 100_000;

  private final Map<String, String> modules = new LinkedHashMap<>();
  private JsonObject data = JsonObject.EMPTY;

  private PolicyFiles() {}

  /**
   * Reads files and folders.
   *
   * @throws IOException when one cannot be read, or two documents disagree, naming the file
   */
  static PolicyFiles read(List<Path> paths) throws IOException {
    PolicyFiles files = new PolicyFiles();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.folder(path);
      } else {
        files.file(path, List.of());
      }
    }
    return files;
  }

  /** Sources by file name. */
  Map<String, String> modules() {
    return modules;
  }

  /** The base documents below {@code data}. */
  JsonObject data() {
    return data;
  }

  private void folder(Path root) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(root)) {
      found = all.filter(Files::isRegularFile).sorted().limit(MAX_FILES + 1L).toList();
    }
    if (found.size() > MAX_FILES) {
      throw new IOException(root + " holds more than " + MAX_FILES + " files");
    }
    for (Path file : found) {
      Path relative = root.relativize(file);
      Path folder = relative.getParent();
      List<String> under =
          folder == null
              ? List.of()
              : Stream.iterate(0, i -> i + 1)
                  .limit(folder.getNameCount())
                  .map(i -> folder.getName(i).toString())
                  .toList();
      file(file, under);
    }
  }

  private void file(Path file, List<String> under) throws IOException {
    String name = file.toString();
    if (name.endsWith(".rego")) {
      modules.put(name, Files.readString(file, StandardCharsets.UTF_8));
    } else if (name.endsWith(".json")) {
      JsonValue document;
      try {
        document = JsonReader.parseRego(Files.readString(file, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new IOException(name + ": " + e.getMessage(), e);
      }
      for (int i = under.size() - 1; i >= 0; i--) {
        document = JsonObject.of(under.get(i), document);
      }
      if (!(document instanceof JsonObject object)) {
        throw new IOException(name + ": a document at the root of data must be an object");
      }
      data = merge(data, object, name, "data");
    }
  }

  private static JsonObject merge(JsonObject into, JsonObject more, String file, String at)
      throws IOException {
    JsonObject.Builder merged = into.toBuilder();
    for (int i = 0; i < more.size(); i++) {
      JsonValue key = more.keyAt(i);
      JsonValue mine = into.get(key);
      JsonValue theirs = more.valueAt(i);
      if (mine == null) {
        merged.put(key, theirs);
      } else if (mine instanceof JsonObject a && theirs instanceof JsonObject b) {
        merged.put(key, merge(a, b, file, at + "." + name(key)));
      } else if (!mine.equals(theirs)) {
        throw new IOException(file + ": " + at + "." + name(key) + " is defined twice");
      }
    }
    return merged.build();
  }

  private static String name(JsonValue key) {
    return key instanceof JsonString s ? s.value() : key.toString();
  }
}
