package app.intentgate.sdk;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The golden data beside the checkout, or where {@code intentgate.vectors} says. */
final class Vectors {
  private Vectors() {}

  static JsonValue read(String file) {
    String given = System.getProperty("intentgate.vectors", "");
    Path folder =
        given.isEmpty()
            ? Path.of(System.getProperty("intentgate.basedir", ".."))
                .toAbsolutePath()
                .resolve("../shared/vectors")
            : Path.of(given);
    try {
      return JsonReader.parseRego(Files.readString(folder.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
