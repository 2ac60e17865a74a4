package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.conformance.CaseFiles;
import app.intentgate.rego.conformance.CompileCase;
import app.intentgate.rego.conformance.ErrorLevels;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The error corpora, as far as they are for the passes: neither the parser's errors nor those of
 * the type checker.
 */
class CompileErrorsTest {
  @Test
  void errorsAreThoseOfOpa() throws IOException {
    BuiltinRegistry builtins = AllBuiltins.registry();
    ErrorLevels levels = new ErrorLevels();
    for (Path file : files()) {
      for (CompileCase c : CaseFiles.loadCompile(file)) {
        if (!c.isParseStage() && c.wantErrors().stream().noneMatch(e -> isOfTypes(c, e))) {
          Sources sources = Sources.modules(c.modules()).with(builtins);
          levels.add(
              c, (c.isV0() ? sources.v0() : c.isStrict() ? sources.strict() : sources).errors());
        }
      }
    }
    System.out.println("rego compile errors: " + levels);
    String failures = String.join("\n", levels.failures());
    assertThat(levels.cases()).isPositive();
    assertThat(levels.percent(1)).as(failures).isEqualTo(100);
    assertThat(levels.percent(2)).as(failures).isGreaterThanOrEqualTo(97);
    assertThat(levels.percent(3)).as(failures).isGreaterThanOrEqualTo(92);
    assertThat(levels.percent(4)).as(failures).isGreaterThanOrEqualTo(85);
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(GoldenData.rego("compile-errors.json")));
    try (Stream<Path> generated = Files.list(GoldenData.rego("generated"))) {
      generated
          .filter(f -> String.valueOf(f.getFileName()).startsWith("compile-errors"))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }

  /** Types know more than the passes: all that has details, but for plain calls' arities. */
  private static boolean isOfTypes(CompileCase c, CompileCase.WantError e) {
    if (!e.code().equals(ErrorCode.TYPE) || e.details() == null) {
      return false;
    }
    int module = Integer.parseInt(e.file().replaceAll("\\D", ""));
    String line = c.modules().get(module).lines().skip(e.row() - 1L).findFirst().orElse("");
    boolean isReplacement = line.substring(e.col() - 1).startsWith("with ");
    return isReplacement || !e.message().endsWith("arity mismatch");
  }
}
