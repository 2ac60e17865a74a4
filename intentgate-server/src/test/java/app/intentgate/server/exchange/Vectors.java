package app.intentgate.server.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Golden data from outside the project, read with a JSON library that is not ours. */
public final class Vectors {
  /** Numbers exactly as written, so that what is compared is what was sent. */
  public static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Vectors() {}

  /** A file of the golden data; the test is skipped, or fails where CI is set, without it. */
  public static JsonNode read(String name) {
    String given = System.getProperty("intentgate.vectors", "");
    Path file;
    if (!given.isEmpty()) {
      file = Path.of(given).resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new AssertionError("-Dintentgate.vectors has no " + name + ": " + file);
      }
    } else {
      Optional<Path> found = beside(name);
      if (found.isEmpty()) {
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError("no golden data: ../shared/vectors/" + name + " is missing");
        }
        Assumptions.abort("no golden data: ../shared/vectors/" + name + " is missing");
      }
      file = found.orElseThrow();
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> beside(String name) {
    String base = System.getProperty("intentgate.basedir", "");
    Path at = Path.of(base).toAbsolutePath();
    for (Path dir = at; dir != null; dir = dir.getParent()) {
      Path file = dir.resolve("../shared/vectors").resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
