package app.intentgate.server.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyException;
import app.intentgate.server.config.HeaderLine;
import app.intentgate.server.exchange.ScriptedServer;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.testing.FreePort;
import app.intentgate.testing.Pause;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpaPolicyEngineTest {
  private static final JsonObject INPUT = (JsonObject) JsonReader.parse("{\"tool\":\"pay\"}");

  private static OpaPolicyEngine engine(String url, Duration timeout) {
    return new OpaPolicyEngine(new OpaEndpoint(URI.create(url), "authz/decision", null, timeout));
  }

  private static OpaPolicyEngine engine(String url) {
    return engine(url, Duration.ofSeconds(10));
  }

  private static PolicyDecision answered(String json) throws IOException {
    try (StubServer opa = new StubServer(request -> StubServer.Reply.json(json));
        OpaPolicyEngine engine = engine(opa.url())) {
      return engine.evaluate(INPUT);
    }
  }

  @Test
  void asks_the_document_with_the_input_and_reads_decision_and_bundle() throws IOException {
    try (StubServer opa =
            new StubServer(
                request ->
                    StubServer.Reply.json(
                        "{\"provenance\":{\"version\":\"1.19.0\",\"bundles\":{\"main\":"
                            + "{\"revision\":\"r7\"}}},\"result\":{\"allow\":true,"
                            + "\"reason\":\"fine\"},\"decision_id\":\"x\"}"));
        OpaPolicyEngine engine =
            new OpaPolicyEngine(
                new OpaEndpoint(
                    URI.create(opa.url() + "/base/"),
                    "authz/a decision",
                    HeaderLine.parse("Authorization: Bearer s3cret"),
                    Duration.ofSeconds(10)))) {
      PolicyDecision decision = engine.evaluate(INPUT);
      assertThat(decision.allow()).isTrue();
      assertThat(decision.reason()).isEqualTo("fine");
      assertThat(decision.bundle()).isEqualTo(new PolicyBundle("main", "r7"));
      StubServer.Request seen = opa.seen().get(0);
      assertThat(seen.path()).isEqualTo("/base/v1/data/authz/a%20decision?provenance=true");
      assertThat(seen.json().toString()).isEqualTo("{\"input\":{\"tool\":\"pay\"}}");
      assertThat(seen.headers().toString()).contains("Bearer s3cret");
      assertThat(engine.label()).isEqualTo("opa:" + opa.url() + "/base/v1/data/authz/a%20decision");
      assertThat(engine.sha256()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void several_bundles_are_named_in_order() throws IOException {
    assertThat(
            answered(
                    "{\"provenance\":{\"bundles\":{\"z\":{\"revision\":\"2\"},\"a\":{\"revision\":"
                        + "\"1\"}}},\"result\":{\"allow\":true}}")
                .bundle())
        .isEqualTo(new PolicyBundle("a,z", "1,2"));
    assertThat(
            answered("{\"provenance\":{\"revision\":\"r\"},\"result\":{\"allow\":true}}").bundle())
        .isEqualTo(new PolicyBundle("", "r"));
    assertThat(answered("{\"result\":{\"allow\":true}}").bundle()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                         | no decision returned",
        "{\"result\": null}                         | decision is <nil>",
        "{\"result\": true}                         | decision is bool",
        "{\"result\": {\"allow\": \"yes\"}}         | missing \"allow\" boolean",
        "{\"result\": {\"allow\": true}, \"result\": {\"allow\": false}} | not valid JSON",
        "{\"result\": {\"allow\": true}} trailing   | not valid JSON",
        "[]                                         | not a JSON object",
        "garbage                                    | not valid JSON",
        "{\"result\":{\"allow\":true},\"provenance\":3}                     | provenance",
        "{\"result\":{\"allow\":true},\"provenance\":{\"bundles\":[]}}      | provenance",
        "{\"result\":{\"allow\":true},\"provenance\":{\"bundles\":{\"a\":{\"revision\":1}}}} |"
            + " prov",
      })
  void whatever_is_odd_is_no_decision(String body, String said) throws IOException {
    assertThatThrownBy(() -> answered(body))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("policy: ")
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "404", "500", "503", "302", "307", "204"})
  void another_status_is_no_decision_and_a_redirect_is_not_followed(int status) throws IOException {
    try (StubServer elsewhere =
            new StubServer(r -> StubServer.Reply.json("{\"result\":{\"allow\":true}}"));
        StubServer opa =
            new StubServer(
                request ->
                    new StubServer.Reply(
                        status,
                        Map.of("Location", elsewhere.url() + "/", "Content-Type", "text/plain"),
                        status == 204
                            ? new byte[0]
                            : "{\"result\":{\"allow\":true}}".getBytes(StandardCharsets.UTF_8),
                        0,
                        false));
        OpaPolicyEngine engine = engine(opa.url())) {
      assertThatThrownBy(() -> engine.evaluate(INPUT))
          .isInstanceOf(PolicyException.class)
          .hasMessage("policy: no decision: the policy server answered " + status);
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void a_server_that_is_down_refuses_without_its_address() throws IOException {
    int port = FreePort.next();
    try (OpaPolicyEngine engine = engine("http://127.0.0.1:" + port)) {
      assertThatThrownBy(() -> engine.evaluate(INPUT))
          .hasMessage("policy: no decision: the policy server cannot be reached");
    }
  }

  @Test
  void a_slow_server_and_one_that_drips_are_given_up_in_time() throws IOException {
    try (ScriptedServer silent = new ScriptedServer(out -> Pause.silent());
        ScriptedServer drip =
            new ScriptedServer(
                out -> {
                  out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes("US-ASCII"));
                  for (int i = 0; i < 300; i++) {
                    out.write(' ');
                    out.flush();
                    Pause.slow(Duration.ofMillis(100));
                  }
                })) {
      for (ScriptedServer server : List.of(silent, drip)) {
        try (OpaPolicyEngine engine = engine(server.url(), Duration.ofMillis(300))) {
          assertThatThrownBy(() -> engine.evaluate(INPUT))
              .hasMessage("policy: no decision: the policy server did not answer in time");
        }
      }
    }
  }

  @Test
  void an_answer_that_is_too_large_or_breaks_off_is_none() throws IOException {
    String large = "{\"x\":\"" + "a".repeat(OpaPolicyEngine.MAX_BYTES) + "\"}";
    assertThatThrownBy(() -> answered(large))
        .hasMessage("policy: no decision: the answer is too large");
    try (ScriptedServer broken =
            new ScriptedServer(
                out ->
                    out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"result\":{\"allow\":true}}"
                            .getBytes(StandardCharsets.US_ASCII)));
        OpaPolicyEngine engine = engine(broken.url())) {
      assertThatThrownBy(() -> engine.evaluate(INPUT)).isInstanceOf(PolicyException.class);
    }
  }

  @Test
  void connections_are_used_again_and_many_decisions_wait_at_once() throws IOException {
    try (StubServer opa =
            new StubServer(r -> StubServer.Reply.json("{\"result\":{\"allow\":true}}"));
        OpaPolicyEngine engine = engine(opa.url())) {
      for (int i = 0; i < 20; i++) {
        assertThat(engine.evaluate(INPUT).allow()).isTrue();
      }
      assertThat(opa.connections()).isEqualTo(1);
      List<CompletableFuture<PolicyDecision>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(engine.decide(INPUT).toCompletableFuture());
      }
      all.forEach(d -> assertThat(d.join().allow()).isTrue());
    }
  }

  @Test
  void no_more_than_so_many_are_waited_for() throws IOException {
    try (ScriptedServer silent = new ScriptedServer(out -> Pause.silent());
        OpaPolicyEngine engine = engine(silent.url(), Duration.ofSeconds(30))) {
      for (int i = 0; i < OpaPolicyEngine.MAX_WAITING; i++) {
        var unused = engine.decide(INPUT);
      }
      assertThatThrownBy(() -> engine.decide(INPUT))
          .hasMessage("policy: no decision: too many are waited for");
    }
  }
}
