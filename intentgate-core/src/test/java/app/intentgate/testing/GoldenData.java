package app.intentgate.testing;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the golden data: in the directory given by {@code -Dintentgate.vectors=DIR} or {@code
 * -Dintentgate.rego=DIR}, which must then exist, else in {@code ../shared} beside the checkout. A
 * test is skipped where there is none, and fails when the environment has {@code CI=true}.
 */
public final class GoldenData {
  private static final JsonLimits LARGE_FILES = new JsonLimits(256 << 20, 256);

  private GoldenData() {}

  /** A file or folder of {@code shared/vectors}. */
  public static Path vectors(String name) {
    return find("intentgate.vectors", "vectors", name);
  }

  /** A file or folder of {@code shared/rego}. */
  public static Path rego(String name) {
    return find("intentgate.rego", "rego", name);
  }

  /** A JSON file of {@code shared/vectors}, parsed. */
  public static JsonValue vectorsJson(String name) {
    return JsonReader.parse(read(vectors(name)), LARGE_FILES);
  }

  /** A JSON file of {@code shared/rego}, parsed. */
  public static JsonValue regoJson(String name) {
    return JsonReader.parse(read(rego(name)), LARGE_FILES);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String property, String folder, String name) {
    String given = System.getProperty(property, "");
    if (!given.isEmpty()) {
      Path directory = Path.of(given).toAbsolutePath();
      if (!Files.isDirectory(directory)) {
        Assertions.fail("-D" + property + "=" + given + " is no directory");
      }
      Path file = directory.resolve(name);
      return Files.exists(file) ? file : missing(name + " is not in -D" + property + "=" + given);
    }
    return beside(System.getProperty("intentgate.basedir", ""), folder, name)
        .or(() -> beside("", folder, name))
        .orElseGet(
            () ->
                missing(
                    "no golden data: ../shared/"
                        + folder
                        + "/"
                        + name
                        + " is not there; give its directory with -D"
                        + property));
  }

  private static Optional<Path> beside(String base, String folder, String name) {
    for (Path at = Path.of(base).toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolveSibling("shared").resolve(folder).resolve(name);
      if (Files.exists(file)) {
        return Optional.of(file.normalize());
      }
    }
    return Optional.empty();
  }

  private static Path missing(String message) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }
}
