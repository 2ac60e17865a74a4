package app.intentgate.rego.compile;

import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoType;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;

/** The functions of OPA by name and arity, whether they can be called here or not. */
final class AllBuiltins {
  private AllBuiltins() {}

  /** The functions that are there, and the names and arities of those that are not. */
  static BuiltinRegistry registry() throws IOException {
    BuiltinRegistry present = StandardBuiltins.registry();
    BuiltinRegistry.Builder all = present.toBuilder();
    List<String> lines = Files.readAllLines(GoldenData.rego("builtins.csv"));
    List<String> header = columns(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = columns(line);
      String name = row.get(header.indexOf("name"));
      if (present.signature(name) == null) {
        int arity = Integer.parseInt(row.get(header.indexOf("arity")));
        boolean deprecated = !row.get(header.indexOf("deprecated")).isEmpty();
        all.declare(
            new BuiltinSignature(
                name,
                Collections.nCopies(arity, RegoType.ANY),
                null,
                RegoType.ANY,
                BuiltinSignature.Kind.PURE,
                null,
                deprecated));
      }
    }
    return all.build();
  }

  private static List<String> columns(String line) {
    return List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
  }
}
