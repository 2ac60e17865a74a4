package app.intentgate.rego.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser against the suite: what is legal parses, what is not fails as in OPA. */
class RegoParserVectorTest {
  private final Set<String> builtins = builtinNames();

  @ParameterizedTest
  @ValueSource(strings = {"compile-errors.json", "generated"})
  void parseErrorsAreThoseOfOpa(String name) throws IOException {
    ErrorLevels levels = new ErrorLevels();
    for (Path file : compileFiles(GoldenData.rego(name))) {
      for (CompileCase c : CaseFiles.loadCompile(file)) {
        if (c.isParseStage()) {
          levels.add(c, parse(c));
        } else {
          assertThat(parse(c)).as("parse errors of %s", c.note()).isEmpty();
        }
      }
    }
    System.out.println("parse errors " + name + ": " + levels);
    assertThat(levels.percent(1)).as("%s", levels.failures()).isEqualTo(100);
    assertThat(levels.percent(2)).as("%s", levels.failures()).isGreaterThanOrEqualTo(97);
    assertThat(levels.percent(3)).as("%s", levels.failures()).isGreaterThanOrEqualTo(92);
    assertThat(levels.percent(4)).as("%s", levels.failures()).isGreaterThanOrEqualTo(85);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cases/v1", "cases/v0", "extra", "authz", "generated"})
  void legalModulesAndQueriesParse(String folder) throws IOException {
    ParserOptions options = options(folder.endsWith("v0"));
    int passed = 0;
    List<String> failed = new ArrayList<>();
    for (Path file : CaseFiles.files(GoldenData.rego(folder))) {
      if (isCompileErrors(file)) {
        continue;
      }
      for (RegoCase c : CaseFiles.load(file)) {
        if (c.experimentalKeywords()) {
          continue;
        }
        try {
          for (String module : c.modules()) {
            RegoParser.parseModule("test.rego", module, options);
          }
          RegoParser.parseQuery(c.query(), options);
          passed++;
        } catch (RegoParseException e) {
          failed.add(c + " " + e.errors());
        }
      }
    }
    System.out.printf("parse %s: %d passed, %d failed%n", folder, passed, failed.size());
    assertThat(failed).isEmpty();
  }

  @Test
  void benchmarkPoliciesParse() throws IOException {
    List<Path> policies;
    try (Stream<Path> files = Files.list(GoldenData.rego("bench"))) {
      policies = files.filter(f -> f.toString().endsWith(".rego")).toList();
    }
    assertThat(policies).isNotEmpty();
    for (Path policy : policies) {
      String source = Files.readString(policy);
      assertThat(RegoParser.parseModule(policy.toString(), source, options(false)).packageDecl())
          .isNotNull();
    }
  }

  private List<RegoError> parse(CompileCase c) {
    int i = 0;
    for (String module : c.modules()) {
      try {
        RegoParser.parseModule("m" + i++ + ".rego", module, options(c.isV0()));
      } catch (RegoParseException e) {
        return e.errors();
      }
    }
    return List.of();
  }

  private ParserOptions options(boolean v0) {
    return ParserOptions.ofDefaults()
        .withVersion(v0 ? RegoVersion.V0 : RegoVersion.V1)
        .withBuiltins(builtins::contains);
  }

  private static List<Path> compileFiles(Path path) throws IOException {
    return CaseFiles.files(path).stream().filter(RegoParserVectorTest::isCompileErrors).toList();
  }

  private static boolean isCompileErrors(Path file) {
    return String.valueOf(file.getFileName()).startsWith("compile-errors");
  }

  /** The names that the suite lists, implemented or not: which words are built-ins is syntax. */
  private static Set<String> builtinNames() {
    try (Stream<String> lines = Files.lines(GoldenData.rego("builtins.csv"))) {
      return lines.map(line -> line.split(",", 2)[0]).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
