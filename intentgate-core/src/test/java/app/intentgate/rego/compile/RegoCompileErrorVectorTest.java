package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.conformance.CaseFiles;
import app.intentgate.rego.conformance.CompileCase;
import app.intentgate.rego.conformance.ErrorLevels;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The error corpora as a whole: parser, passes and type checker report what OPA reports. */
class RegoCompileErrorVectorTest {
  @ParameterizedTest
  @ValueSource(strings = {"compile-errors.json", "generated"})
  void errorsAreThoseOfOpa(String name) throws IOException {
    BuiltinRegistry builtins = AllBuiltins.registry();
    ErrorLevels all = new ErrorLevels();
    Map<String, ErrorLevels> byCode = new TreeMap<>();
    for (Path file : CaseFiles.files(GoldenData.rego(name))) {
      if (!String.valueOf(file.getFileName()).startsWith("compile-errors")) {
        continue;
      }
      for (CompileCase c : CaseFiles.loadCompile(file)) {
        Sources sources = Sources.modules(c.modules()).with(builtins);
        sources = c.isV0() ? sources.v0() : c.isStrict() ? sources.strict() : sources;
        all.add(c, sources.errors());
        String code = c.wantErrors().isEmpty() ? "accepted" : c.wantErrors().get(0).code();
        byCode.computeIfAbsent(code, k -> new ErrorLevels()).add(c, sources.errors());
      }
    }
    byCode.forEach((code, levels) -> System.out.printf("  %-22s %s%n", code, levels));
    System.out.println("compile errors " + name + ": " + all);
    String failures = String.join("\n", all.failures());
    assertThat(all.cases()).isPositive();
    assertThat(all.percent(1)).as(failures).isEqualTo(100);
    assertThat(all.percent(2)).as(failures).isGreaterThanOrEqualTo(97);
    assertThat(all.percent(3)).as(failures).isGreaterThanOrEqualTo(92);
    assertThat(all.percent(4)).as(failures).isGreaterThanOrEqualTo(85);
  }
}
