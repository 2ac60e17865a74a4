package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an operator does with every route, and what is refused for what was asked. */
final class OperatorScript {
  private static final String POLICY =
      "package intentgate.policy\n"
          + "import rego.v1\n"
          + "default decision := {\"allow\": true}\n"
          + "decision := {\"allow\": false, \"escalate\": true} if input.tool == \"pay\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"standing\":"
          + " {\"max_uses\": 9, \"ttl_seconds\": 600}}} if input.tool == \"often\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"by\": \"user\"}}"
          + " if input.tool == \"mine\"\n";
  private static final String REGO =
      "\"rego_source\":\"package intentgate.policy\\ndefault decision := {\\\"allow\\\": true}\"";
  private static final String URL = "https://gate.example";
  private static final String ADMIN = "/v1/admin/";
  private static final String DRAFTS = ADMIN + "policies/drafts";
  private static final String ACTIVE = ADMIN + "policies/active";
  private static final String OTHER_HASH = "\"rego_sha256\":\"" + "0".repeat(64) + "\"";

  private final StatusLog log;
  private final Path directory;
  private @Nullable TestGate gate;

  OperatorScript(StatusLog log, Path directory) {
    this.log = log;
    this.directory = directory;
  }

  void play() throws Exception {
    pins();
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    try (TestGate started =
        TestGate.start(
            directory.resolve("script"),
            "POLICY_FILE",
            policy.toString(),
            "PUBLIC_URL",
            URL,
            "APPROVAL_ASYNC",
            "true")) {
      gate = started;
      tokens();
      audit();
      drafts();
      policies();
      reviews();
      approvals();
      people();
      agents();
      operators();
    }
    try (TestGate started =
        TestGate.start(directory.resolve("two"), "POLICY_REQUIRE_APPROVAL", "true")) {
      gate = started;
      String draft = draft("");
      admin(409, "POST " + ACTIVE, "{\"draft_id\":\"" + draft + "\"}");
      at(409, "DELETE " + ACTIVE, "?tenant=acme", "");
      admin(409, "POST " + ADMIN + "policies/rollback", "{}");
    }
  }

  private TestGate gate() {
    return Objects.requireNonNull(gate);
  }

  private JsonNode admin(int status, String operation, String body, String... headers) {
    return json(log.admin(gate(), status, operation, body, headers));
  }

  private JsonNode at(int status, String operation, String parameter, String body, String... more) {
    return json(log.at(gate(), status, operation, parameter, body, more));
  }

  private static JsonNode json(Answer answer) {
    String type = String.valueOf(answer.header("Content-Type"));
    return type.startsWith("application/json") ? TestGate.json(answer) : MissingNode.getInstance();
  }

  private void tokens() {
    String[] key = {"Idempotency-Key", "k"};
    admin(200, "POST " + ADMIN + "mint", "{\"subject\":\"a\"}", key);
    admin(409, "POST " + ADMIN + "mint", "{\"subject\":\"b\"}", key);
    admin(400, "POST " + ADMIN + "mint", "{}");
    String exception = "{\"agent_id\":\"a\",\"tools\":[\"t\"],\"ttl_seconds\":60,";
    String grant = "POST " + ADMIN + "exceptions/grant";
    admin(200, grant, exception + "\"exception_ref\":\"r\"}", key);
    admin(409, grant, exception + "\"exception_ref\":\"s\"}", key);
    admin(400, grant, "{}");
    admin(200, "POST " + ADMIN + "revoke", "{\"jti\":\"x\"}");
    admin(400, "POST " + ADMIN + "revoke", "{}");
    admin(200, "GET " + ADMIN + "tokens", "");
    admin(200, "GET " + ADMIN + "revocations", "");
    admin(200, "POST " + ADMIN + "check", "{\"tool\":\"t\"}");
    admin(400, "POST " + ADMIN + "check", "{\"tool\":\"\"}");
  }

  private void audit() throws IOException {
    Answer call = gate().call("read_a", "X-Task-Id", "task-1");
    String id = String.valueOf(call.header("X-IntentGate-Call-Id"));
    for (String path : List.of("audit", "audit/verify", "audit/export")) {
      admin(200, "GET " + ADMIN + path, "");
      at(400, "GET " + ADMIN + path, "?from=x", "");
    }
    admin(200, "GET " + ADMIN + "audit/checkpoints", "");
    admin(200, "GET " + ADMIN + "audit/key", "");
    at(200, "GET " + ADMIN + "decisions/{call_id}", id, "");
    admin(200, "POST " + ADMIN + "proof-of-intent", "{\"event_id\":\"" + id + "\"}");
    admin(400, "POST " + ADMIN + "proof-of-intent", "{}");
    for (String stream : List.of(ADMIN + "audit/stream", ADMIN + "approvals/stream")) {
      opened(stream);
    }
    at(400, "GET " + ADMIN + "audit/stream", "", "", "Last-Event-ID", "nonsense");
  }

  /** A stream has no end to wait for. */
  private void opened(String path) throws IOException {
    try (Socket socket = RawHttp.connect(gate().port())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TestGate.ADMIN;
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
      log.saw("GET " + path, 200);
    }
  }

  private String draft(String tenant) {
    return admin(201, "POST " + DRAFTS, "{\"tenant\":\"" + tenant + "\"," + REGO + "}")
        .at("/id")
        .asText();
  }

  private void drafts() {
    String id = draft("");
    String one = DRAFTS + "/{id}";
    admin(400, "POST " + DRAFTS, "{}");
    admin(200, "GET " + DRAFTS, "");
    at(200, "GET " + one, id, "");
    at(200, "PUT " + one, id, "{" + REGO + "}");
    at(400, "PUT " + one, id, "{}");
    at(412, "PUT " + one, id, "{" + REGO + "}", "If-Match", "\"9-0\"");
    at(412, "DELETE " + one, id, "", "If-Match", "\"9-0\"");
    at(200, "DELETE " + one, id, "");
    admin(200, "POST " + ADMIN + "policies/dry-run", "{" + REGO.replace("_source", "") + "}");
    admin(400, "POST " + ADMIN + "policies/dry-run", "{}");
  }

  private void policies() {
    String id = draft("acme");
    String named = "{\"tenant\":\"acme\",\"draft_id\":\"" + id + "\"";
    admin(200, "POST " + ACTIVE, named + "}");
    admin(400, "POST " + ACTIVE, "{}");
    admin(409, "POST " + ACTIVE, named + "," + OTHER_HASH + "}");
    at(409, "DELETE " + DRAFTS + "/{id}", id, "");
    at(200, "GET " + ACTIVE, "?tenant=acme", "");
    admin(200, "GET " + ADMIN + "policies/history", "");
    at(400, "GET " + ADMIN + "policies/history", "?cursor=x", "");
    String shadow = ADMIN + "policies/shadow";
    for (String of :
        List.of("GET " + DRAFTS, "GET " + ACTIVE, "DELETE " + ACTIVE, "GET " + shadow)) {
      at(400, of, "?tenant=%00", "");
    }
    at(400, "DELETE " + shadow, "?tenant=%00", "");
    admin(200, "POST " + shadow, named + "}");
    admin(400, "POST " + shadow, "{}");
    admin(409, "POST " + shadow, named + "," + OTHER_HASH + "}");
    at(200, "GET " + shadow, "?tenant=acme", "");
    at(200, "DELETE " + shadow, "?tenant=acme", "");
    admin(200, "POST " + ADMIN + "policies/rollback", "{\"tenant\":\"acme\"}");
    admin(400, "POST " + ADMIN + "policies/rollback", "{\"tenant\":5}");
    at(200, "DELETE " + ACTIVE, "?tenant=acme", "");
  }

  private void reviews() {
    String propose = "POST " + ADMIN + "policies/propose";
    String approve = "POST " + ADMIN + "policies/approve";
    String reject = "POST " + ADMIN + "policies/reject";
    String named =
        "{\"tenant\":\"acme\",\"draft_id\":\"" + draft("acme") + "\",\"proposed_by\":\"pat\"";
    admin(200, propose, named + "}");
    admin(400, propose, "{}");
    admin(409, propose, named + "," + OTHER_HASH + "}");
    admin(400, approve, "{}");
    admin(409, approve, "{\"tenant\":\"acme\",\"acted_by\":\"pat\"}");
    admin(200, approve, "{\"tenant\":\"acme\",\"acted_by\":\"sam\"}");
    admin(200, propose, named + "}");
    admin(400, reject, "{}");
    admin(200, reject, "{\"tenant\":\"acme\",\"acted_by\":\"sam\"}");
  }

  private String pending(String tool) {
    String[] token = {"Authorization", "Bearer " + gate().mint(Grant.to("bot"))};
    return TestGate.json(gate().call(tool, token)).at("/error/data/pending_id").asText();
  }

  private void approvals() {
    String decide = "POST " + ADMIN + "approvals/{id}/decide";
    String grant = ADMIN + "approvals/grants";
    String id = pending("pay");
    admin(200, "GET " + ADMIN + "approvals", "");
    at(200, "GET " + ADMIN + "approvals/{id}", id, "");
    at(400, decide, id, "{}");
    at(200, decide, id, "{\"decision\":\"approve\"}");
    at(409, decide, id, "{\"decision\":\"reject\"}");
    String often = pending("often");
    at(200, decide, often, "{\"decision\":\"approve\"}");
    admin(200, "GET " + grant, "");
    at(200, "DELETE " + grant + "/{id}", often, "");
    at(409, "DELETE " + grant + "/{id}", often, "");
  }

  private void people() {
    String id = pending("mine");
    String link = at(200, "GET " + ADMIN + "approvals/{id}", id, "").at("/consent_url").asText();
    String path = link.substring(URL.length());
    String show = "GET /v1/consent/{token}";
    String answer = "POST /v1/consent/{token}";
    log.ask(gate(), 200, show, path, "");
    log.ask(gate(), 404, show, "/v1/consent/x.y", "");
    log.ask(gate(), 404, answer, "/v1/consent/x.y", "decision=approve");
    log.ask(gate(), 400, answer, path, "decision=perhaps");
    log.ask(gate(), 200, answer, path, "decision=approve");
    log.ask(gate(), 410, answer, path, "decision=approve");
    log.ask(gate(), 410, show, path, "");
  }

  private void agents() {
    String halt = "{\"scope\":\"agent\",\"tenant\":\"acme\",\"value\":\"a\"}";
    for (String path : List.of("kill-switch", "kill-switch/release")) {
      admin(200, "POST " + ADMIN + path, halt);
      admin(400, "POST " + ADMIN + path, "{}");
    }
    for (String path :
        List.of(
            "kill-switch",
            "agents",
            "flow-map",
            "flow-map/recommend",
            "tenants",
            "integrations",
            "upstreams")) {
      admin(200, "GET " + ADMIN + path, "");
    }
    admin(200, "POST " + ADMIN + "preview", "{\"tool\":\"t\"}");
    admin(400, "POST " + ADMIN + "preview", "[]");
  }

  /** Tools are pinned where there is a tool server. */
  private void pins() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) ->
                    reply.result(
                        request,
                        "{\"tools\":[{\"name\":\"read_a\",\"inputSchema\":{\"type\":\"object\"}}]}"));
        TestGate started =
            TestGate.start(directory.resolve("pins"), "UPSTREAM_URL", server.url())) {
      gate = started;
      McpClient client = new McpClient(started, started.mint(Grant.to("bot"))).legacy();
      assertThat(client.request(1, "tools/list", "{}").text()).contains("read_a");
      String all = ADMIN + "tool-pins";
      JsonNode pin = admin(200, "GET " + all, "").at("/pins/0");
      at(400, "GET " + all, "?status=x", "");
      String body = "{\"upstream\":%s,\"tool\":\"read_a\",\"action\":\"accept\",\"sha256\":%s}";
      admin(200, "POST " + all, body.formatted(pin.get("upstream"), pin.get("sha256")));
      admin(409, "POST " + all, body.formatted(pin.get("upstream"), "\"" + "0".repeat(64) + "\""));
      admin(400, "POST " + all, "{}");
    }
  }

  private void operators() {
    String all = ADMIN + "operators";
    String id =
        admin(201, "POST " + all, "{\"name\":\"v\",\"role\":\"viewer\"}")
            .at("/operator/id")
            .asText();
    admin(400, "POST " + all, "{}");
    admin(200, "GET " + all, "");
    admin(200, "GET " + ADMIN + "whoami", "");
    String rotate = "POST " + all + "/{id}/rotate";
    at(200, rotate, id, "");
    at(400, rotate, id, "{\"grace_seconds\":\"x\"}");
    at(200, "DELETE " + all + "/{id}", id, "");
    at(409, rotate, id, "");
  }
}
