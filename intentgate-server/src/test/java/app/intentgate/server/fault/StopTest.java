package app.intentgate.server.fault;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.GateProcess;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real process that is told to stop ends with 0: everything was answered or handed back (B43).
 */
@Timeout(120)
class StopTest {
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": true}\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"reason\": \"ask\"} if"
          + " input.args.held == true\n";

  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();

  private GateProcess gate(String... variables) throws Exception {
    return FaultGate.start(directory.resolve("data"), variables);
  }

  private static String[] store(String store) {
    return store.equals("postgres")
        ? new String[] {"POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase()}
        : new String[] {"STORE", store};
  }

  private static Answer call(GateProcess gate, String token, String arguments) {
    return RawHttp.call(
        gate.port(),
        "POST",
        "/v1/mcp",
        List.of(Map.entry("Authorization", "Bearer " + token)),
        ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read_a\","
                + "\"arguments\":"
                + arguments
                + "}}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "sqlite", "postgres"})
  void told_to_stop_under_load_a_gate_ends_with_0_and_has_stored_what_it_answered(String store)
      throws Exception {
    String[] variables = store(store);
    try (GateProcess gate = gate(variables)) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.untilDecided(50);
        assertThat(gate.terminate()).isZero();
      }
    }
    try (GateProcess again = gate(variables)) {
      assertThat(Chain.check(again, ledger)).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void calls_that_wait_for_a_person_are_handed_back_and_can_be_approved_after_the_restart()
      throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    String[] variables = {"POLICY_FILE", policy.toString(), "STORE", "sqlite"};
    String token;
    CompletableFuture<Answer> held;
    try (GateProcess gate = gate(variables)) {
      token = Chain.mint(gate, 0);
      held = CompletableFuture.supplyAsync(() -> call(gate, token, "{\"held\":true}"));
      until(() -> Chain.pendingApprovals(gate).size() == 1);
      assertThat(gate.terminate()).isZero();
    }
    JsonNode answer = Vectors.JSON.readTree(held.get(20, TimeUnit.SECONDS).body());
    assertThat(answer.at("/error/code").asInt()).as("%s", answer).isEqualTo(-32019);
    assertThat(answer.at("/id").asInt()).isEqualTo(7);
    try (GateProcess again = gate(variables)) {
      JsonNode row = Chain.pendingApprovals(again).get(0);
      Chain.decide(again, row.path("pending_id").asText(), "approve");
      Answer resumed = call(again, token, "{\"held\":true}");
      assertThat(Vectors.JSON.readTree(resumed.body()).has("result")).as("%s", resumed).isTrue();
      assertThat(Chain.check(again, ledger)).isEqualTo(1);
    }
  }

  @Test
  void a_second_signal_while_it_stops_changes_nothing() throws Exception {
    AtomicInteger executed = new AtomicInteger();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (StubServer upstream =
            new StubServer(
                request -> {
                  executed.incrementAndGet();
                  arrived.countDown();
                  await(goOn);
                  return StubServer.Reply.json(
                      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}");
                });
        GateProcess gate = gate("STORE", "sqlite", "UPSTREAM_URL", upstream.url())) {
      String token = Chain.mint(gate, 0);
      CompletableFuture<Answer> running =
          CompletableFuture.supplyAsync(() -> call(gate, token, "{}"));
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      gate.signal("TERM");
      until("the gate to stop", () -> !serves(gate));
      gate.signal("TERM");
      gate.signal("INT");
      goOn.countDown();
      Answer answer = running.get(20, TimeUnit.SECONDS);
      assertThat(Vectors.JSON.readTree(answer.body()).has("result")).as("%s", answer).isTrue();
      ledger.allowed.add(answer.header("X-IntentGate-Call-Id"));
      assertThat(gate.terminate()).isZero();
    }
    assertThat(executed).hasValue(1);
    try (GateProcess again = gate("STORE", "sqlite")) {
      assertThat(Chain.check(again, ledger)).isEqualTo(1);
    }
  }

  /** Whether it answers new clients; one that stops may keep a connection without a word. */
  private static boolean serves(GateProcess gate) {
    return CompletableFuture.supplyAsync(
                () -> RawHttp.call(gate.port(), "GET", "/healthz", List.of(), new byte[0]).status(),
                task -> new Thread(task, "health").start())
            .completeOnTimeout(0, 2, TimeUnit.SECONDS)
            .join()
        == 200;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
