package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.GateProcess;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starting, refusing to start, stopping, and what survives. */
@Timeout(120)
class GateServerTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_a\"}}";

  @TempDir Path directory;

  private static Answer call(int port) {
    return RawHttp.call(port, "POST", "/v1/mcp", List.of(), CALL.getBytes(StandardCharsets.UTF_8));
  }

  private void assertDoesNotStart(String message, String... variables) {
    assertThatThrownBy(() -> TestGate.start(directory, variables).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPortInUseIsAClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertDoesNotStart("INTENTGATE_ADDR " + address + " cannot be listened on", "ADDR", address);
    }
  }

  @Test
  void aPolicyThatDoesNotCompileNamesFileRowAndColumn() throws Exception {
    Path policy = directory.resolve("broken.rego");
    Files.writeString(policy, "package intentgate.policy\n\ndecision := {\"allow\": no}\n");

    assertDoesNotStart(policy + ":3:23: rego_unsafe_var_error: ", "POLICY_FILE", policy.toString());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertDoesNotStart(
        "INTENTGATE_POLICY_FILE must be a readable file", "POLICY_FILE", "/no/p.rego");
    assertDoesNotStart(
        "INTENTGATE_INTENT_RULES must be a readable file", "INTENT_RULES", "/no/rules.json");
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertDoesNotStart(
        file.toString(), "STORE", "file", "DATA_DIR", file.resolve("data").toString());
  }

  @Test
  void aReadOnlyDataDirectoryIsNamed() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    assumeThat(data.toFile().setWritable(false)).isTrue();
    assumeThat(Files.isWritable(data)).as("this user may write everywhere").isFalse();
    try {
      assertThatThrownBy(
              () -> TestGate.start(directory, "STORE", "file", "DATA_DIR", data.toString()).close())
          .hasMessageContaining(data.toString());
    } finally {
      data.toFile().setWritable(true);
    }
  }

  @Test
  void aTornLastLineIsCutOffAndTheChainHolds() throws Exception {
    try (TestGate gate = TestGate.start(directory, "STORE", "file")) {
      gate.call("read_a");
      gate.call("read_b");
    }
    Path log = directory.resolve("audit.jsonl");
    Files.writeString(log, "{\"ts\":\"2026-01-01T00", StandardOpenOption.APPEND);
    try (TestGate gate = TestGate.start(directory, "STORE", "file")) {
      gate.call("read_c");
      assertThat(gate.events()).hasSize(3);
      assertThat(gate.server().gate().audit().verify("", null, null).ok()).isTrue();
    }
    assertThat(directory.resolve("audit.jsonl.torn")).exists();
  }

  @Test
  void aTokenWorksAcrossRestartsWithGeneratedKeys() {
    Map<String, String> env = TestGate.environment(directory, "STORE", "file");
    env.remove("INTENTGATE_MASTER_KEY");
    env.remove("INTENTGATE_ADMIN_TOKEN");
    String token;
    try (GateServer server = GateServer.start(Config.of(env))) {
      token = server.gate().mint(app.intentgate.token.Grant.to("a")).encode();
    }
    try (GateServer server = GateServer.start(Config.of(env))) {
      Answer answer =
          RawHttp.call(
              server.port(),
              "POST",
              "/v1/mcp",
              List.of(Map.entry("Authorization", "Bearer " + token)),
              CALL.getBytes(StandardCharsets.UTF_8));
      assertThat(TestGate.json(answer).has("result")).as("%s", answer).isTrue();
    }
  }

  /** Threads that keep a JVM, of the kind that serves calls. */
  private static Set<Thread> serving() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("intentgate-\\d+") && !thread.isDaemon())
        .collect(Collectors.toSet());
  }

  @Test
  void aGateThatStoppedOrDidNotStartLeavesNoThreadThatKeepsTheProgram() throws Exception {
    Set<Thread> before = serving();
    try (StubServer upstream = new StubServer(r -> StubServer.Reply.json("{\"result\":{}}"));
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      try (TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
        gate.call("read_a");
      }
      assertDoesNotStart(
          "cannot be listened on",
          "UPSTREAM_URL",
          upstream.url(),
          "ADDR",
          "127.0.0.1:" + taken.getLocalPort());
    }
    until("the threads to end", () -> before.containsAll(serving()));
  }

  @Test
  void whoComesWhenAllConnectionsAreTakenIsServedWhenOneEnds() throws Exception {
    try (TestGate gate = TestGate.start(directory, "MAX_CONNECTIONS", "3")) {
      Server server = gate.server().listening();
      List<Socket> taken = new ArrayList<>();
      try (Socket last = new Socket()) {
        for (int i = 0; i < 3; i++) {
          taken.add(RawHttp.connect(gate.port()));
        }
        until(
            "the gate to accept no more",
            () ->
                Stream.of(server.getConnectors())
                    .noneMatch(each -> each instanceof ServerConnector c && c.isAccepting()));
        last.connect(new InetSocketAddress("127.0.0.1", gate.port()), 5_000);
        last.setSoTimeout(30_000);
        last.getOutputStream()
            .write(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        taken.get(0).close();

        assertThat(RawHttp.read(new BufferedInputStream(last.getInputStream()), false).status())
            .isEqualTo(200);
      } finally {
        for (Socket each : taken) {
          each.close();
        }
      }
    }
  }

  @Test
  void anOrderlyStopEndsTheCallsThatAreThere() throws Exception {
    StubServer.Reply slow =
        new StubServer.Reply(
            200, Map.of(), "{\"result\":{}}".getBytes(StandardCharsets.UTF_8), 1_000, false);
    try (StubServer upstream = new StubServer(r -> slow)) {
      TestGate gate = TestGate.start(directory, "STORE", "file", "UPSTREAM_URL", upstream.url());
      CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> gate.call("read_a"));
      until(() -> !upstream.seen().isEmpty());
      gate.close();

      assertThat(TestGate.json(waiting.get(20, TimeUnit.SECONDS)).has("result")).isTrue();
      assertThat(Files.readAllLines(directory.resolve("audit.jsonl"))).hasSize(2);
    }
  }

  @Test
  void killedAtAnyMomentItLosesNoDecisionThatWasAnswered() throws Exception {
    Map<String, String> env = TestGate.environment(directory, "STORE", "file");
    Set<String> answered = ConcurrentHashMap.newKeySet();
    GateProcess gate = GateProcess.start(env);
    int port = gate.port();
    CompletableFuture<Void> calls =
        CompletableFuture.runAsync(
            () -> {
              Answer answer = call(port);
              while (answer.status() == 200) {
                answered.add(answer.header("X-IntentGate-Call-Id"));
                answer = call(port);
              }
            });
    until(() -> answered.size() >= 100);
    gate.end(true);
    calls.get(30, TimeUnit.SECONDS);

    try (TestGate again = TestGate.start(directory, "STORE", "file")) {
      Set<String> stored = new HashSet<>();
      for (String line : Files.readAllLines(directory.resolve("audit.jsonl"))) {
        JsonNode event = app.intentgate.server.exchange.Vectors.JSON.readTree(line);
        stored.add(event.path("call_id").asText());
      }
      assertThat(stored).containsAll(answered);
      assertThat(again.server().gate().audit().verify("", null, null).ok()).isTrue();
    }
  }
}
