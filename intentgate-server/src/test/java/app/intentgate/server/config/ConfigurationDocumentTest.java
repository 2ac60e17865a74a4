package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in the documentation is the table in the code. */
class ConfigurationDocumentTest {
  @Test
  void theDocumentHasOneRowForEachVariableAndNoOther() throws Exception {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    Path document =
        Files.exists(base.resolve("docs/configuration.md"))
            ? base.resolve("docs/configuration.md")
            : base.resolve("../docs/configuration.md");
    List<String> rows =
        Files.readAllLines(document).stream()
            .filter(line -> line.startsWith("| `INTENTGATE_"))
            .toList();

    assertThat(rows)
        .as("rows of docs/configuration.md; they should read:%n%s", expected())
        .containsExactlyElementsOf(expected());
  }

  private static List<String> expected() {
    return Settings.all().stream().map(ConfigurationDocumentTest::row).toList();
  }

  private static String row(Setting<?> s) {
    String fallback = s.fallback().isEmpty() ? "" : "`" + s.fallback() + "`";
    return "| `%s` | %s | %s | %s |".formatted(s.name(), fallback, s.accepted(), s.description());
  }
}
