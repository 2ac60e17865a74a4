package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.exchange.Gate;
import app.intentgate.server.exchange.GateProcess;
import app.intentgate.server.exchange.Scenario;
import app.intentgate.server.exchange.ScenarioRun;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.server.http.RouteTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded exchange whose routes and features are built, over real HTTP, a fresh gate for
 * each: the agents' on the store they were recorded on, the operators' on SQLite, and on PostgreSQL
 * by {@link PostgresExchangeTest}, which another JVM may run meanwhile. {@code
 * -Dintentgate.exchanges=REGEX} plays those whose name matches, {@code
 * -Dintentgate.exchanges.everywhere=true} all of them on both.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpExchangeTest {
  /** Scenarios where ours decides otherwise than the recording, and why. */
  private static final Map<String, String> OVERRIDDEN =
      Map.of(
          "capability/bad-header-in-optional-mode",
          "B6: a bearer text with stray bits is refused as base64url, before its JSON is looked at",
          "budget/two-limits-the-smaller-counts",
          "decisions, Budgets: a refused call charges nothing, so the smaller limit goes on to"
              + " refuse",
          "policy-active/one-slot-per-tenant",
          "B52: a tenant that falls back to the default slot sees its hash and label, not its"
              + " source");

  /** Areas whose decision members or headers belong to controls that are not built. */
  private static final Set<String> LATER_AREAS = Set.of("pii");

  /** Scenarios that use a token of one second, and how often a slow machine may try. */
  private static final Map<String, Integer> HURRIED = Map.of("mint/fractional-and-large-ttl", 4);

  /** The areas of the operators' side, which is held to its word on both databases. */
  private static final Pattern OF_OPERATORS =
      Pattern.compile(
          "admin-auth|mint|revoke|exceptions|kill-switch|tenants|integrations|preview"
              + "|health-metrics|policy-.*|dry-run|approvals-.*|audit-.*|agents|flow-map"
              + "|proof-of-intent");

  private final Map<String, int[]> table = new TreeMap<>();
  private final List<String> notYet = new ArrayList<>();
  private int played;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> answersAsRecorded() {
    String only = System.getProperty("intentgate.exchanges", "");
    return Scenario.of(Vectors.read("http-exchanges.json")).stream()
        .filter(s -> only.isEmpty() || s.name().matches(".*(" + only + ").*"))
        .filter(this::isBuilt)
        .filter(s -> !OVERRIDDEN.containsKey(s.name()))
        .flatMap(this::plays);
  }

  private Stream<DynamicTest> plays(Scenario scenario) {
    boolean both =
        OF_OPERATORS.matcher(scenario.area()).matches()
            || Boolean.getBoolean("intentgate.exchanges.everywhere");
    return stores(scenario, both)
        .map(
            postgres ->
                DynamicTest.dynamicTest(
                    scenario.name() + " on " + (postgres ? "PostgreSQL" : "SQLite"),
                    () -> play(scenario, postgres)));
  }

  /**
   * On which stores this class plays a scenario: whether it is PostgreSQL.
   *
   * @param both whether somebody plays it on both
   */
  Stream<Boolean> stores(Scenario scenario, boolean both) {
    return Stream.of(!both && scenario.isOfPostgres());
  }

  private boolean isBuilt(Scenario scenario) {
    boolean routes =
        scenario.paths().stream()
            .map(path -> path.replaceAll("\\$\\{[^}]*}", "x"))
            .allMatch(path -> !RouteTable.isKnown(path) || RouteTable.isBuilt(path));
    if (!routes || LATER_AREAS.contains(scenario.area()) || !asksOnlyForBuiltFeatures(scenario)) {
      notYet.add(scenario.name());
      return false;
    }
    return true;
  }

  private static boolean asksOnlyForBuiltFeatures(Scenario scenario) {
    Map<String, String> env = scenario.config();
    env.replaceAll(
        (name, value) -> value.replaceAll("\\$\\{(upstream|extractor|dead)}", "http://x"));
    try {
      return Config.of(env).warnings().stream().noneMatch(w -> w.contains("not built yet"));
    } catch (ConfigException e) {
      return false;
    }
  }

  private void play(Scenario scenario, boolean postgres) throws Exception {
    String area = scenario.area() + (postgres ? " on PostgreSQL" : "");
    int[] row = table.computeIfAbsent(area, a -> new int[2]);
    row[1]++;
    List<String> differences = differences(scenario, postgres);
    for (int n = HURRIED.getOrDefault(scenario.name(), 1); n > 1 && !differences.isEmpty(); n--) {
      differences = differences(scenario, postgres);
    }
    assertThat(differences).as(scenario.name()).isEmpty();
    row[1]--;
    row[0]++;
  }

  private List<String> differences(Scenario scenario, boolean postgres) throws Exception {
    Path own = Files.createDirectory(directory.resolve("scenario-" + played++));
    Gate.Starter starter = scenario.restarts() ? GateProcess::start : InProcessGate::start;
    try (ScenarioRun run = new ScenarioRun(scenario, starter, own, postgres)) {
      return run.play();
    }
  }

  @AfterAll
  void printTable() {
    OVERRIDDEN.forEach(
        (name, why) -> System.out.println("exchange overridden: " + name + ": " + why));
    notYet.forEach(name -> System.out.println("exchange not yet: " + name));
    table.forEach(
        (area, row) ->
            System.out.println(
                "exchanges " + area + ": " + row[0] + " passed, " + row[1] + " failed"));
  }
}
