package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The facade: compile, prepare, evaluate. */
class RegoPolicyTest {
  private static final EvalOptions DEFAULTS = EvalOptions.ofDefaults();
  private static final String AUTHZ =
      """
      package authz

      default allow := false

      allow if {
        some role in data.roles[input.user]
        role == "admin"
      }

      deny contains msg if {
        input.amount > 100
        msg := sprintf("%d is too much", [input.amount])
      }
      """;

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.parseRego(text);
  }

  private static RegoPolicy authz() {
    return RegoPolicy.builder()
        .module("authz.rego", AUTHZ)
        .data(json("{\"roles\": {\"ann\": [\"admin\"], \"bob\": [\"user\"]}}"))
        .compile();
  }

  @Test
  void aQueryOfOneTermHasAValue() {
    PreparedQuery allow = authz().prepare("data.authz.allow");
    assertThat(allow.value(json("{\"user\": \"ann\"}"), DEFAULTS)).isEqualTo(JsonValue.of(true));
    assertThat(allow.value(json("{\"user\": \"bob\"}"), DEFAULTS)).isEqualTo(JsonValue.of(false));
    assertThat(allow.value(null, DEFAULTS)).isEqualTo(JsonValue.of(false));
  }

  @Test
  void whatIsNotThereIsUndefined() {
    assertThat(authz().prepare("data.authz.nothing").value(null, DEFAULTS)).isNull();
  }

  @Test
  void aQueryWithVariablesHasSolutions() {
    PreparedQuery deny = authz().prepare("data.authz.deny[reason]");
    assertThat(deny.results(json("{\"amount\": 101}"), DEFAULTS))
        .containsExactly(JsonObject.of("reason", JsonString.of("101 is too much")));
    assertThat(deny.results(json("{\"amount\": 99}"), DEFAULTS)).isEmpty();
    assertThatThrownBy(() -> deny.value(null, DEFAULTS)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void assignedVariablesOfAQueryKeepTheirNames() {
    assertThat(authz().prepare("x := 1 + 1; y = [x, 3]").results(null, DEFAULTS))
        .containsExactly(json("{\"x\": 2, \"y\": [2, 3]}"));
  }

  @Test
  void sourcesThatAreNoRegoAreRefusedWithTheirPlaces() {
    assertThatThrownBy(
            () -> RegoPolicy.builder().module("bad.rego", "package p\n\na := ").compile())
        .isInstanceOfSatisfying(
            RegoCompileException.class,
            e -> {
              assertThat(e.errors().get(0).code()).isEqualTo("rego_parse_error");
              assertThat(e.errors().get(0).location().file()).isEqualTo("bad.rego");
            });
    assertThatThrownBy(() -> authz().prepare("data.authz.allow == y"))
        .isInstanceOf(RegoCompileException.class);
  }

  @Test
  void rulesThatContradictEachOtherEndTheEvaluation() {
    PreparedQuery level =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nlevel := 1 if input.a\n\nlevel := 2 if input.b\n")
            .compile()
            .prepare("data.p.level");
    assertThat(level.value(json("{\"a\": true}"), DEFAULTS)).isEqualTo(JsonNumber.of(1));
    assertThatThrownBy(() -> level.value(json("{\"a\": true, \"b\": true}"), DEFAULTS))
        .hasMessage(
            "p.rego:5: eval_conflict_error: complete rules must not produce multiple outputs");
  }

  @Test
  void failingBuiltinsAreUndefinedUnlessStrict() {
    PreparedQuery query =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nx := 1 / input.zero\n")
            .compile()
            .prepare("data.p.x");
    JsonObject input = json("{\"zero\": 0}");
    EvalOptions strict = EvalOptions.builder().strictBuiltinErrors(true).build();
    assertThat(query.value(input, DEFAULTS)).isNull();
    assertThatThrownBy(() -> query.value(input, strict))
        .hasMessage("p.rego:3: eval_builtin_error: div: divide by zero");
  }

  @Test
  void a_query_that_cannot_be_planned_leaves_nothing_half_planned() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .builtins(
                RegoPolicy.standardBuiltins().toBuilder()
                    .declare(BuiltinSignature.parse("acme.later(any): any"))
                    .build())
            .module(
                "p.rego",
                """
                package p

                a if b

                b if c.x

                c.x if acme.later(input.y)

                c[k] if some k in ["z"]

                d if input.x

                e if d
                """)
            .compile();
    PreparedQuery other = policy.prepare("data.p.e");
    for (String query : List.of("data.p.a", "data.p.a", "data.p.b", "data.p[x]", "data.p.c.x")) {
      assertThatThrownBy(() -> policy.prepare(query))
          .as(query)
          .isInstanceOf(RegoCompileException.class)
          .hasMessageContaining("acme.later");
    }
    assertThat(other.value(json("{\"x\": 1}"), DEFAULTS)).isEqualTo(JsonValue.of(true));
    assertThat(policy.prepare("data.p.d").value(json("{\"x\": 1}"), DEFAULTS))
        .isEqualTo(JsonValue.of(true));
  }

  @Test
  void clockAndChanceComeFromTheOptionsOncePerEvaluation() {
    AtomicInteger calls = new AtomicInteger();
    PreparedQuery query =
        RegoPolicy.builder()
            .builtins(
                RegoPolicy.standardBuiltins().toBuilder()
                    .add(
                        BuiltinSignature.parse("ticket(string): number")
                            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
                        (c, a) -> JsonNumber.of(c.nowNanos() + calls.incrementAndGet()))
                    .build())
            .module("p.rego", "package p\n\nx := [ticket(\"a\"), ticket(\"a\"), ticket(\"b\")]\n")
            .compile()
            .prepare("data.p.x");
    EvalOptions options = EvalOptions.builder().clock(() -> 1000).build();
    assertThat(query.value(null, options)).hasToString("[1001,1001,1002]");
    assertThat(query.value(null, options)).hasToString("[1003,1003,1004]");
  }

  @Test
  void anEvaluationTellsWhichPartsOfTheInputItRead() {
    Set<JsonArray> paths = new HashSet<>();
    EvalOptions options = EvalOptions.builder().inputReads(paths::add).build();
    authz().prepare("data.authz.allow").value(json("{\"user\": \"bob\", \"x\": 1}"), options);
    assertThat(paths).containsExactly(JsonArray.of(JsonString.of("user")));
  }

  @Test
  void aPolicyServesSeveralThreads() throws InterruptedException, ExecutionException {
    RegoPolicy policy = authz();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<@Nullable JsonValue>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String user = i % 2 == 0 ? "ann" : "bob";
        calls.add(
            () ->
                policy
                    .prepare("data.authz.allow")
                    .value(json("{\"user\": \"" + user + "\"}"), DEFAULTS));
      }
      int i = 0;
      for (Future<@Nullable JsonValue> answer : pool.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(JsonValue.of(i++ % 2 == 0));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void errors_of_many_modules_come_in_the_order_of_the_modules() {
    RegoPolicy.Builder builder = RegoPolicy.builder();
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String file = "m" + i * 7 % 300 + ".rego";
      builder.module(file, i % 3 == 0 ? "package p\np if }" : "package p");
      if (i % 3 == 0) {
        broken.add(file);
      }
    }
    assertThatThrownBy(builder::compile)
        .isInstanceOfSatisfying(
            RegoCompileException.class,
            e ->
                assertThat(e.errors().stream().map(error -> error.location().file()).distinct())
                    .containsExactlyElementsOf(broken));
  }

  @Test
  void a_block_of_metadata_ends_where_the_next_begins_and_starts_at_the_margin() {
    String source =
        """
        package m

        # METADATA
        # title: one
        # METADATA
        # title: two
        p := rego.metadata.rule().title

        q := 1  # METADATA
        # title: [
        """;
    JsonValue title =
        RegoPolicy.builder()
            .module("m.rego", source)
            .compile()
            .prepare("data.m.p")
            .value(null, EvalOptions.ofDefaults());
    assertThat(title).hasToString("\"two\"");
  }
}
