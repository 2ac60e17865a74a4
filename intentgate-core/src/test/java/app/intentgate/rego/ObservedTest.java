package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.trace.Coverage;
import app.intentgate.rego.trace.CoverageReport;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Profile;
import app.intentgate.rego.trace.Trace;
import app.intentgate.rego.trace.TraceTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What authors see of an evaluation: explanations, coverage, profiles, prints, input readings. */
class ObservedTest {
  private static final String POLICY =
      """
      package authz

      default allow := false

      allow if {
        input.method == "GET"
        is_owner
      }

      allow if {
        some role in input.roles
        role == "admin"
        count(input.roles) < 3
      }

      is_owner if input.user == data.owners[input.path]

      deny contains msg if {
        not input.tenant
        msg := sprintf("no tenant for %v", [input.user])
      }
      """;

  private static final JsonObject INPUT =
      json("{'method': 'GET', 'user': 'bob', 'path': '/a', 'roles': ['dev', 'ops']}");

  private static final RegoPolicy AUTHZ =
      RegoPolicy.builder()
          .module("authz.rego", POLICY)
          .data(JsonObject.of("owners", JsonObject.of("/a", JsonValue.of("ann"))))
          .compile();

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.parseRego(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static EvalOptions observedBy(EvalObserver observer) {
    return EvalOptions.builder().observer(observer).build();
  }

  private static String tree(RegoPolicy policy, String query, JsonObject input) {
    Trace trace = Trace.ofDefaults();
    policy.prepareObserved(query).value(input, observedBy(trace));
    return TraceTree.print(trace);
  }

  @Test
  void aTreeShowsWhichExpressionFailedWithWhichValues() {
    assertThat(tree(AUTHZ, "data.authz.allow", INPUT))
        .isEqualTo(
            """
            authz.rego:5   rule data.authz.allow
            authz.rego:6     holds  input.method == "GET"    input.method = "GET"
            authz.rego:7     FAILS  is_owner
            authz.rego:16      rule data.authz.is_owner
            authz.rego:16        FAILS  input.user == data.owners[input.path]    \
            input.user = "bob", data.owners[input.path] = "ann", input.path = "/a"
            authz.rego:10  rule data.authz.allow
            authz.rego:11    holds  some role in input.roles    role = "dev"
            authz.rego:12    FAILS  role == "admin"    role = "dev"
            authz.rego:11    holds  some role in input.roles    role = "ops"
            authz.rego:12    FAILS  role == "admin"    role = "ops"
            authz.rego:3   rule default data.authz.allow
            authz.rego:3     gives false
            """);
  }

  @Test
  void aTreeShowsCallsWithinAnExpressionByTheirText() {
    JsonObject admins = json("{'roles': ['admin', 'a', 'b'], 'tenant': 't'}");
    assertThat(tree(AUTHZ, "data.authz.allow", admins))
        .contains("FAILS  count(input.roles) < 3    count(input.roles) = 3\n");
  }

  @Test
  void aTreeSaysHowManyRulesAnIndexLeftOut() {
    StringBuilder source = new StringBuilder("package p\n");
    for (int i = 0; i < 20; i++) {
      source.append("\nallow if input.tool == \"t").append(i).append("\"\n");
    }
    RegoPolicy policy = RegoPolicy.builder().module("p.rego", source.toString()).compile();
    assertThat(tree(policy, "data.p.allow", json("{'tool': 't7'}")))
        .isEqualTo(
            """
            p.rego:3   data.p.allow: matched 1 of 20 rules
            p.rego:17  rule data.p.allow
            p.rego:17    holds  input.tool == "t7"    input.tool = "t7"
            p.rego:17    gives true
            """);
  }

  @Test
  void bodiesWithinBodiesAreShownBelowTheirExpression() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .module(
                "p.rego",
                """
                package p

                ok if {
                  every x in input.xs { x > 1 }
                }
                """)
            .compile();
    assertThat(tree(policy, "data.p.ok", json("{'xs': [2, 1]}")))
        .isEqualTo(
            """
            p.rego:3  rule data.p.ok
            p.rego:4    FAILS  every x in input.xs { x > 1 }    input.xs = [2, 1]
            p.rego:4        holds  x > 1    x = 2
            p.rego:4        FAILS  x > 1    x = 1
            """);
  }

  @Test
  void aTraceKeepsNoMoreThanItMay() {
    Trace trace = Trace.ofAtMost(5);
    AUTHZ.prepareObserved("data.authz.allow").value(INPUT, observedBy(trace));
    assertThat(trace.events()).hasSize(5);
    assertThat(TraceTree.print(trace))
        .endsWith(trace.dropped() + " more events that were not kept)\n");
  }

  @Test
  void notesOfThePolicyAreInItsTrace() {
    RegoPolicy policy =
        RegoPolicy.builder().module("p.rego", "package p\n\nok if trace(\"here\")\n").compile();
    assertThat(tree(policy, "data.p.ok", json("{}"))).contains("note: here\n");
  }

  @Test
  void coverageCountsRowsAsOpaDoes() {
    Coverage coverage = new Coverage();
    PreparedQuery query = AUTHZ.prepareObserved("data.authz.allow");
    query.value(INPUT, observedBy(coverage));
    CoverageReport report = coverage.report(AUTHZ.coverableRows());
    assertThat(report.toJson())
        .isEqualTo(
            json(
                """
                {'files': {'authz.rego': {
                   'covered': [
                     {'start': {'row': 3}, 'end': {'row': 3}},
                     {'start': {'row': 6}, 'end': {'row': 7}},
                     {'start': {'row': 11}, 'end': {'row': 12}},
                     {'start': {'row': 16}, 'end': {'row': 16}}],
                   'not_covered': [
                     {'start': {'row': 5}, 'end': {'row': 5}},
                     {'start': {'row': 10}, 'end': {'row': 10}},
                     {'start': {'row': 13}, 'end': {'row': 13}},
                     {'start': {'row': 18}, 'end': {'row': 20}}],
                   'covered_lines': 6, 'not_covered_lines': 6, 'coverage': 50}},
                 'covered_lines': 6, 'not_covered_lines': 6, 'coverage': 50}
                """));
    query.value(json("{'method': 'GET', 'path': '/a', 'user': 'ann'}"), observedBy(coverage));
    assertThat(coverage.report(AUTHZ.coverableRows()).files().get("authz.rego").covered())
        .containsExactly(3, 5, 6, 7, 11, 12, 16);
  }

  @Test
  void aProfileCountsEvaluationsAndRedosByRow() {
    Profile profile = new Profile();
    AUTHZ.prepareObserved("data.authz.allow").value(INPUT, observedBy(profile));
    profile.stop();
    Profile.Entry roles =
        profile.entries().stream().filter(e -> e.location().row() == 12).findFirst().orElseThrow();
    assertThat(roles.evaluated()).isEqualTo(2);
    assertThat(roles.redone()).isZero();
    assertThat(profile.entries()).allMatch(e -> e.nanos() >= 0 && e.expressions() > 0);
    assertThat(profile.toJson().get(0))
        .isInstanceOfSatisfying(
            JsonObject.class,
            o ->
                assertThat(o.toString())
                    .contains("total_time_ns", "num_eval", "num_redo", "num_gen_expr", "location"));
  }

  @Test
  void observingTakesAQueryThatIsMadeForIt() {
    PreparedQuery fast = AUTHZ.prepare("data.authz.allow");
    assertThatThrownBy(() -> fast.value(INPUT, observedBy(new Coverage())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("prepareObserved");
  }

  @Test
  void printedLinesAreCapturedWithUndefinedParts() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .module(
                "p.rego",
                """
                package p

                ok if {
                  some x in ["a", "a"]
                  print("x is", x, input.missing)
                }
                both := [x | some x in [1, 2]; print("same")]
                """)
            .prints(true)
            .compile();
    List<String> lines = new ArrayList<>();
    EvalOptions options = EvalOptions.builder().printer(lines::add).build();
    assertThat(policy.prepare("data.p.ok").value(null, options)).isEqualTo(JsonValue.of(true));
    assertThat(lines).containsExactly("x is a <undefined>");
    lines.clear();
    policy.prepare("data.p.both").value(null, options);
    assertThat(lines).containsExactly("same", "same");
    lines.clear();
    policy.prepare("print(\"in a query\", 1 + 1)").results(null, options);
    assertThat(lines).containsExactly("in a query 2");
  }

  @Test
  void printsAreTakenOutUnlessAskedFor() {
    RegoPolicy policy =
        RegoPolicy.builder().module("p.rego", "package p\n\nok if print(\"x\")\n").compile();
    List<String> lines = new ArrayList<>();
    EvalOptions options = EvalOptions.builder().printer(lines::add).build();
    assertThat(policy.prepare("data.p.ok").value(null, options)).isEqualTo(JsonValue.of(true));
    assertThat(lines).isEmpty();
  }

  @Test
  void readingsOfTheInputAreTold() {
    Set<JsonArray> read = new HashSet<>();
    EvalOptions options = EvalOptions.builder().inputReads(read::add).build();
    AUTHZ.prepare("data.authz.deny").value(INPUT, options);
    assertThat(read)
        .containsExactlyInAnyOrder(
            JsonArray.of(JsonValue.of("tenant")), JsonArray.of(JsonValue.of("user")));
  }

  @Test
  void functionsOfTheEmbedderAreCalledOnceWhenNotPure() {
    AtomicInteger calls = new AtomicInteger();
    RegoPolicy policy =
        RegoPolicy.builder()
            .builtins(
                RegoPolicy.standardBuiltins().toBuilder()
                    .add("geo.distance(number, number): number", (c, a) -> JsonNumber.of(7))
                    .add(
                        BuiltinSignature.parse("risk.score(string): number")
                            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
                        (c, a) -> JsonNumber.of(calls.incrementAndGet()))
                    .build())
            .module(
                "p.rego",
                """
                package p

                sum := [risk.score("a"), risk.score("a"), geo.distance(1, 2)]
                """)
            .compile();
    PreparedQuery query = policy.prepare("data.p.sum");
    assertThat(query.value(null, EvalOptions.ofDefaults()))
        .isEqualTo(JsonArray.of(JsonNumber.of(1), JsonNumber.of(1), JsonNumber.of(7)));
    assertThatThrownBy(() -> policy.prepare("risk.score(1)"))
        .isInstanceOf(RegoCompileException.class)
        .hasMessageContaining("risk.score: invalid argument(s)");
  }
}
