package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of functions in the documentation is the registry. */
class BuiltinTableTest {
  @Test
  void the_document_has_one_row_for_each_function_and_no_other() throws Exception {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    Path document =
        Files.exists(base.resolve("docs/rego.md"))
            ? base.resolve("docs/rego.md")
            : base.resolve("../docs/rego.md");
    List<String> lines = Files.readAllLines(document);
    int head = lines.indexOf("| function | result | |");
    assertThat(head).as("the head of the table in docs/rego.md").isNotNegative();
    List<String> rows =
        lines.subList(head + 2, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(rows)
        .as("rows of docs/rego.md; they should read:%n%s", String.join("\n", expected()))
        .containsExactlyElementsOf(expected());
  }

  static List<String> expected() {
    BuiltinRegistry registry = RegoPolicy.standardBuiltins();
    List<String> rows = new ArrayList<>();
    for (String name : new TreeSet<>(registry.names())) {
      rows.add(row(Objects.requireNonNull(registry.signature(name))));
    }
    return rows;
  }

  private static String row(BuiltinSignature signature) {
    String arguments =
        signature.arguments().stream().map(RegoType::toString).collect(Collectors.joining(", "));
    if (signature.variadic() != null) {
      arguments += (arguments.isEmpty() ? "" : ", ") + signature.variadic() + "...";
    }
    List<String> notes = new ArrayList<>();
    if (signature.infix() != null) {
      notes.add("written `" + signature.infix().replace("|", "\\|") + "`");
    }
    if (signature.isRelation()) {
      notes.add("a relation");
    } else if (!signature.isPure()) {
      notes.add("depends on its surroundings");
    }
    if (signature.deprecated()) {
      notes.add("Rego v0 only");
    }
    String result = signature.result() == null ? "" : "`" + signature.result() + "`";
    return "| `%s(%s)` | %s | %s |"
        .formatted(signature.name(), arguments, result, String.join(", ", notes));
  }
}
