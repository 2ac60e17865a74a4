package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.conformance.CaseFiles;
import app.intentgate.rego.conformance.CaseRunner;
import app.intentgate.rego.conformance.RegoCase;
import app.intentgate.rego.conformance.Report;
import app.intentgate.rego.conformance.Tier;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The cases of OPA's own suite, and cases answered by OPA, against this engine. Each test prints a
 * table of folders and holds the engine to what it has reached.
 */
class RegoConformanceTest {
  /** Folders with functions that are not built in, and with OPA's experimental keywords. */
  private static final Set<String> NOT_BUILT_IN =
      Set.of("graphql", "regoparsemodule", "rendertemplate", "logic_operators");

  @Test
  void answersTheSuiteOfVersion1() throws IOException {
    Report report = suite("v1", false);
    report.print(true);
    assertBars(report);
  }

  @Test
  void answersTheSuiteOfVersion0() throws IOException {
    Report report = suite("v0", true);
    report.print(true);
    assertBars(report);
  }

  @Test
  void answersTheExtraCases() throws IOException {
    Path root = GoldenData.rego("extra");
    Set<String> skipped = new HashSet<>(Files.readAllLines(root.resolve("skip.tsv")));
    Report report = new Report("rego extra");
    for (RegoCase c : CaseFiles.loadAll(root)) {
      if (!skipped.contains(c.folder() + "/" + c.file().getFileName() + "\t" + c.note())) {
        report.add(c.folder(), c, CaseRunner.run(c, false));
      }
    }
    report.print(false);
    assertThat(report.cases()).isPositive();
    assertThat(report.passed()).as(report.failures()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void answersTheAuthorizationCases() throws IOException {
    Report report = new Report("rego authz");
    for (RegoCase c : CaseFiles.loadAll(GoldenData.rego("authz"))) {
      report.add(String.valueOf(c.file().getFileName()), c, CaseRunner.run(c, false));
    }
    report.print(false);
    assertThat(report.cases()).isPositive();
    assertThat(report.passed()).as(report.failures()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void answersTheGeneratedCases() throws IOException {
    Report report = new Report("rego generated");
    for (Path file : CaseFiles.files(GoldenData.rego("generated"))) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith("eval-")) {
        for (RegoCase c : CaseFiles.load(file)) {
          report.add(name, c, CaseRunner.run(c, false));
        }
      }
    }
    report.print(false);
    assertThat(report.cases()).isPositive();
    assertThat(report.passed()).as(report.failures()).isGreaterThanOrEqualTo(99.5);
  }

  private static Report suite(String version, boolean v0) throws IOException {
    Report report = new Report("rego cases/" + version);
    for (RegoCase c : CaseFiles.loadAll(GoldenData.rego("cases/" + version))) {
      report.add(c.folder(), c, CaseRunner.run(c, v0));
    }
    assertThat(report.cases()).isPositive();
    return report;
  }

  /** Wrong answers nowhere; what is not built in is refused, and only in the tiers for that. */
  private static void assertBars(Report report) {
    for (Tier tier : Tier.values()) {
      assertThat(report.wrong(tier)).as("tier %s: %s", tier, report.failures()).isZero();
    }
    for (Tier tier : List.of(Tier.A, Tier.B, Tier.C)) {
      assertThat(report.passed(tier)).as("tier %s: %s", tier, report.failures()).isEqualTo(100);
    }
    assertThat(report.refusedFolders()).isSubsetOf(NOT_BUILT_IN);
  }
}
