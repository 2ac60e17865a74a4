package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that names a test as evidence names one that is there. */
class NamedTestsTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.\\w+)?`");

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "faults.md", "mcp.md", "rego.md", "architecture.md"})
  void everyTestThatADocumentNamesIsThere(String document) throws IOException {
    String text = Files.readString(root().resolve("docs").resolve(document));

    Set<String> named =
        NAME.matcher(text).results().map(NamedTestsTest::name).collect(Collectors.toSet());

    assertThat(testClasses()).containsAll(named);
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static Path root() {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    return Files.exists(base.resolve("docs")) ? base : base.resolve("..");
  }
}
