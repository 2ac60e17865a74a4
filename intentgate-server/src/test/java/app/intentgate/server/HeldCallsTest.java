package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.token.Grant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for a person, over HTTP: held on a stream, on a plain answer, and left (B16). */
@Timeout(60)
class HeldCallsTest {
  private static final String ADMIN = "Bearer " + TestGate.ADMIN;
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": true}\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"reason\": \"above 1000\"} if"
          + " input.tool == \"pay\"\n";
  private static final String DONE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}}";

  @TempDir Path directory;
  private Path policy;

  @BeforeEach
  void writePolicy() throws IOException {
    policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
  }

  private TestGate gate(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "POLICY_FILE";
    all[1] = policy.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return TestGate.start(directory.resolve("data"), all);
  }

  private static String call(String args, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\","
        + "\"arguments\":"
        + args
        + meta
        + "}}";
  }

  private static byte[] request(String body, String... headers) {
    StringBuilder out = new StringBuilder("POST /v1/mcp HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      out.append(header).append("\r\n");
    }
    out.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void start(Runnable task) {
    new Thread(task, "held-call").start();
  }

  private static Approval waiting(TestGate gate) throws Exception {
    until(() -> gate.server().gate().heldCalls() == 1);
    return gate.server().gate().approvals().list(ApprovalQuery.newest(1)).get(0);
  }

  private static Answer decide(TestGate gate, String id, String decision) {
    return gate.post(
        "/v1/admin/approvals/" + id + "/decide",
        "{\"decision\":\"" + decision + "\",\"decided_by\":\"pat\"}",
        "Authorization",
        ADMIN);
  }

  /** The lines of an event stream's body, up to one that contains a text. */
  private static String readUntil(BufferedReader in, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(text)) {
        return seen.toString();
      }
    }
    throw new AssertionError("the stream ended: " + seen);
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void a_caller_that_takes_streams_gets_the_approved_answer_long_after_a_json_caller_was_sent_on()
      throws Exception {
    try (StubServer upstream = new StubServer(r -> StubServer.Reply.json(DONE));
        TestGate gate = gate("UPSTREAM_URL", upstream.url(), "APPROVAL_HOLD_S", "1");
        Socket socket = RawHttp.connect(gate.port())) {
      BufferedReader in = reader(socket);
      socket
          .getOutputStream()
          .write(
              request(
                  call("{\"n\":1}", ""),
                  "Accept: application/json, text/event-stream",
                  "MCP-Protocol-Version: 2025-06-18"));
      String head = readUntil(in, "X-IntentGate-Call-Id");
      assertThat(head).startsWith("HTTP/1.1 200");
      Approval row = waiting(gate);

      long start = System.nanoTime();
      Answer json = gate.post("/v1/mcp", call("{\"n\":2}", ""));
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
      assertThat(json.header("Content-Type")).startsWith("application/json");
      assertThat(TestGate.json(json).at("/error/code").asInt()).isEqualTo(-32019);
      assertThat(TestGate.json(json).at("/error/data/pending_id").asText()).isNotEmpty();

      assertThat(upstream.seen()).isEmpty();
      assertThat(decide(gate, row.id(), "approve").status()).isEqualTo(200);
      String rest = readUntil(in, "\"result\"");
      assertThat(rest).contains("event: message").contains("paid");
      assertThat(upstream.seen()).hasSize(1);
    }
  }

  @Test
  void what_a_person_rejects_is_an_event_on_the_stream_of_status_200() throws Exception {
    try (TestGate gate = gate();
        Socket socket = RawHttp.connect(gate.port())) {
      BufferedReader in = reader(socket);
      socket
          .getOutputStream()
          .write(request(call("{}", ""), "Accept: application/json, text/event-stream"));
      decide(gate, waiting(gate).id(), "reject");
      assertThat(readUntil(in, "-32012"))
          .contains("HTTP/1.1 200")
          .contains("policy: rejected by reviewer");
    }
  }

  @Test
  void a_client_that_left_is_recorded_and_its_approved_call_is_not_executed() throws Exception {
    for (String accept : List.of("application/json", "text/event-stream")) {
      try (StubServer upstream = new StubServer(r -> StubServer.Reply.json(DONE));
          TestGate gate = gate("UPSTREAM_URL", upstream.url())) {
        Approval row;
        try (Socket socket = RawHttp.connect(gate.port())) {
          socket.getOutputStream().write(request(call("{}", ""), "Accept: " + accept));
          row = waiting(gate);
        }
        until(() -> gate.server().gate().heldCalls() == 0);
        decide(gate, row.id(), "approve");
        until(() -> reasons(gate).contains("client left"));
        assertThat(upstream.seen()).isEmpty();
        assertThat(
                gate.server().gate().approvals().find(row.id(), null).toCompletableFuture().join())
            .get()
            .satisfies(r -> assertThat(r.uses()).isZero());
      }
    }
  }

  private static List<String> reasons(TestGate gate) {
    return gate.events().stream().map(e -> e.event().reason()).toList();
  }

  @Test
  void an_approval_is_named_beside_the_call_or_by_making_the_call_again() throws Exception {
    try (TestGate gate = gate("APPROVAL_ASYNC", "true")) {
      String token = "Bearer " + gate.mint(Grant.to("bot"));
      String body = call("{\"n\":9007199254740992}", "");
      String id =
          TestGate.json(gate.post("/v1/mcp", body, "Authorization", token))
              .at("/error/data/pending_id")
              .asText();
      decide(gate, id, "approve");
      String meta = ",\"_meta\":{\"app.intentgate/approval_id\":\"" + id + "\"}";
      Answer other =
          gate.post("/v1/mcp", call("{\"n\":9007199254740993}", meta), "Authorization", token);
      assertThat(other.text()).contains("approval mismatch");
      Answer twice =
          gate.post(
              "/v1/mcp", call("{\"n\":9007199254740992,\"n\":1}", meta), "Authorization", token);
      assertThat(twice.text()).contains("-32700");
      String sameAgent = "Bearer " + gate.mint(Grant.to("bot"));
      Answer lent =
          gate.post("/v1/mcp", call("{\"n\":9007199254740992}", meta), "Authorization", sameAgent);
      assertThat(lent.text())
          .as("another token of the same agent")
          .contains("approval mismatch")
          .doesNotContain("\"result\"");
      Answer named =
          gate.post("/v1/mcp", call("{\"n\":9007199254740992}", meta), "Authorization", token);
      assertThat(named.text()).contains("\"result\"");

      Answer again = gate.post("/v1/mcp", body, "Authorization", token);
      String second = TestGate.json(again).at("/error/data/pending_id").asText();
      assertThat(second).isNotEmpty().isNotEqualTo(id);
      decide(gate, second, "approve");
      assertThat(gate.post("/v1/mcp", body, "Authorization", token).text()).contains("\"result\"");
    }
  }

  @Test
  void an_approval_survives_a_restart_and_its_use_does_too_B49() throws Exception {
    String body = call("{\"n\":1}", "");
    String[] file = {"STORE", "file", "APPROVAL_ASYNC", "true"};
    String id;
    String token;
    try (TestGate gate = gate(file)) {
      token = "Bearer " + gate.mint(Grant.to("bot"));
      id =
          TestGate.json(gate.post("/v1/mcp", body, "Authorization", token))
              .at("/error/data/pending_id")
              .asText();
    }
    try (TestGate gate = gate(file)) {
      assertThat(decide(gate, id, "approve").status()).isEqualTo(200);
    }
    try (TestGate gate = gate(file)) {
      Answer answer =
          gate.post("/v1/mcp", body, "Authorization", token, "X-IntentGate-Approval-Id", id);
      assertThat(answer.text()).contains("\"result\"");
    }
    try (TestGate gate = gate(file)) {
      Answer answer =
          gate.post("/v1/mcp", body, "Authorization", token, "X-IntentGate-Approval-Id", id);
      assertThat(answer.text()).contains("approval already used");
    }
  }

  @Test
  void a_notification_that_escalates_is_refused_and_recorded_never_held() throws Exception {
    try (TestGate gate = gate()) {
      Answer answer =
          gate.post(
              "/v1/mcp",
              "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(gate.events())
          .extracting(StoredEvent::event)
          .singleElement()
          .satisfies(e -> assertThat(e.reason()).contains("a notification cannot wait"))
          .satisfies(e -> assertThat(e.decision().wireName()).isEqualTo("block"));
      assertThat(gate.server().gate().approvals().list(ApprovalQuery.newest(1))).isEmpty();
    }
  }

  @Test
  void a_gate_that_stops_answers_its_held_callers_with_the_pending_id_B43() throws Exception {
    TestGate gate = gate();
    CompletableFuture<Answer> held =
        CompletableFuture.supplyAsync(
            () -> gate.post("/v1/mcp", call("{}", "")), HeldCallsTest::start);
    waiting(gate);
    gate.close();
    assertThat(TestGate.json(held.get(20, TimeUnit.SECONDS)).at("/error/code").asInt())
        .isEqualTo(-32019);
  }

  @Test
  void the_flat_route_holds_too() throws Exception {
    try (TestGate gate = gate()) {
      CompletableFuture<Answer> held =
          CompletableFuture.supplyAsync(
              () -> gate.post("/v1/tool-call", "{\"tool\":\"pay\",\"args\":{}}"),
              HeldCallsTest::start);
      decide(gate, waiting(gate).id(), "approve");
      assertThat(TestGate.json(held.get(20, TimeUnit.SECONDS)).at("/decision").asText())
          .isEqualTo("allow");
    }
  }
}
