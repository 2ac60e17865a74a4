package app.intentgate.rego.compile;

import app.intentgate.rego.conformance.CaseFiles;
import app.intentgate.rego.conformance.RegoCase;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Every module and query of the suite compiles, unless it calls a function that only a test harness
 * has.
 */
class LegalModulesTest {
  @Test
  void modulesAndQueriesOfTheSuiteCompile() throws IOException {
    check("cases/v1", false);
    check("cases/v0", true);
    check("authz", false);
    check("extra", false);
    check("generated", false);
  }

  private static void check(String folder, boolean v0) throws IOException {
    BuiltinRegistry builtins = AllBuiltins.registry();
    Tally tally = Tally.of("rego compiles " + folder);
    Set<List<String>> seen = new HashSet<>();
    for (Path file : CaseFiles.files(GoldenData.rego(folder))) {
      if (String.valueOf(file.getFileName()).startsWith("compile-errors")) {
        continue;
      }
      for (RegoCase c : CaseFiles.load(file)) {
        List<String> key = new ArrayList<>(c.modules());
        key.add(c.query());
        if (!c.experimentalKeywords() && seen.add(key)) {
          tally.check(c.toString(), () -> compile(c, v0, builtins));
        }
      }
    }
    tally.finish();
  }

  private static void compile(RegoCase c, boolean v0, BuiltinRegistry builtins) {
    Sources sources = Sources.modules(c.modules()).with(builtins);
    if (v0) {
      sources.v0();
    }
    List<RegoError> errors = sources.errors();
    if (errors.isEmpty()) {
      errors = sources.queryErrors(c.query());
    }
    Assertions.assertThat(errors).allMatch(LegalModulesTest::isUnknownFunction);
  }

  /** The suite also calls functions that its own harness defines. */
  private static boolean isUnknownFunction(RegoError e) {
    return e.message().startsWith("undefined function custom_builtin_")
        || e.message().equals("undefined function test.sleep");
  }
}
