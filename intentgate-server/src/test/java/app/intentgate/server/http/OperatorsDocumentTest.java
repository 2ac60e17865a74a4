package app.intentgate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table of who may do what in the documentation is the one in the code (B41). */
class OperatorsDocumentTest {
  @Test
  void theDocumentHasOneRowForEachRouteThatIsServedAndNoOther() throws Exception {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    Path document =
        Files.exists(base.resolve("docs/operators.md"))
            ? base.resolve("docs/operators.md")
            : base.resolve("../docs/operators.md");

    List<String> rows =
        Files.readAllLines(document).stream()
            .filter(line -> line.matches("\\| `[A-Z]+ /v1/admin/.*"))
            .toList();

    assertThat(rows)
        .as("rows of docs/operators.md; they should read:%n%s", String.join("\n", expected()))
        .containsExactlyElementsOf(expected());
  }

  private static List<String> expected() {
    return RouteTable.all().stream()
        .filter(route -> route.isAdmin() && route.built())
        .map(OperatorsDocumentTest::row)
        .toList();
  }

  private static String row(Route route) {
    Access access = Objects.requireNonNull(route.access());
    return "| `%s` | %s | %s |"
        .formatted(route.name(), access.role().wireName(), access.allTenants() ? "all" : "own");
  }
}
