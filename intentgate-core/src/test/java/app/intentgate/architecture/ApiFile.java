package app.intentgate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file {@code api.txt} of a module, in which a change of what the module offers shows when it
 * is reviewed. {@code -Dintentgate.api.update=true} writes it anew.
 */
public final class ApiFile {
  private ApiFile() {}

  /** Compares the file with the compiled classes of its module. */
  public static void assertUpToDate(String module) {
    Path root = SourceTree.find().root().resolve(module);
    List<String> offered = ApiDump.of(root.resolve("target").resolve("classes"));
    Path file = root.resolve("api.txt");
    try {
      if (Boolean.getBoolean("intentgate.api.update")) {
        Files.writeString(file, String.join("\n", offered) + "\n", StandardCharsets.UTF_8);
      }
      assertThat(offered)
          .as("%s; after a change that is meant, run with -Dintentgate.api.update=true", file)
          .isEqualTo(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
