package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that names a test as evidence names one that is there; a fault has one. */
class NamedTestsTest {
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+)(…?))?`");

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "faults.md", "mcp.md", "rego.md", "architecture.md"})
  void everyTestThatADocumentNamesIsThere(String document) throws IOException {
    String text = Files.readString(root().resolve("docs").resolve(document));

    Set<String> named =
        NAME.matcher(text).results().map(NamedTestsTest::name).collect(Collectors.toSet());

    assertThat(testClasses().keySet()).containsAll(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "faults.md", "mcp.md", "rego.md", "architecture.md"})
  void everyMethodThatADocumentNamesIsInItsClass(String document) throws IOException {
    String text = Files.readString(root().resolve("docs").resolve(document));
    Map<String, Path> classes = testClasses();

    List<String> missing = new ArrayList<>();
    for (MatchResult found : NAME.matcher(text).results().toList()) {
      Path source = classes.get(found.group(1));
      String method = found.group(2);
      if (source != null && method != null) {
        String end = found.group(3).isEmpty() ? "(" : "";
        if (!Files.readString(source).contains("void " + method + end)) {
          missing.add(found.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyCellOfTheFaultMatrixNamesATest() throws IOException {
    List<String> rows =
        Files.readAllLines(root().resolve("docs").resolve("faults.md")).stream()
            .dropWhile(line -> !line.equals("| | down | slow | frozen | garbage | back again |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(9);
    for (String row : rows) {
      String[] cells = row.substring(2, row.length() - 2).split(" \\| ");
      assertThat(cells).as(row).hasSize(6);
      for (String cell : List.of(cells).subList(1, 6)) {
        assertThat(NAME.matcher(cell).find()).as("names a test: %s: %s", cells[0], cell).isTrue();
      }
    }
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  private static Map<String, Path> testClasses() throws IOException {
    Map<String, Path> classes = new HashMap<>();
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".java")) {
          classes.put(name.substring(0, name.length() - ".java".length()), file);
        }
      }
    }
    return classes;
  }

  private static Path root() {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    return Files.exists(base.resolve("docs")) ? base : base.resolve("..");
  }
}
