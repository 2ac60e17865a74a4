package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with calls that wait: lists, decisions, grants, and the stream of changes. */
@Timeout(60)
class ApprovalRoutesTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String ACME = "Bearer fake-acme-token";
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": false, \"escalate\": true, \"reason\": \"ask\"}\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approvals\": 2} if"
          + " input.tool == \"two\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"standing\":"
          + " {\"max_uses\": 2, \"ttl_seconds\": 600, \"arguments\": [\"to\"]}}} if"
          + " input.tool == \"standing\"\n";

  @TempDir Path directory;

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(directory.resolve("policy.rego"), POLICY);
  }

  private TestGate gate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "POLICY_FILE",
                directory.resolve("policy.rego").toString(),
                "APPROVAL_ASYNC",
                "true",
                "TENANT_ADMINS",
                "acme:fake-acme-token"));
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(String[]::new));
  }

  private static Answer call(TestGate gate, String token, String tool, String args) {
    return gate.post(
        "/v1/mcp",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":"
            + args
            + "}}",
        AUTH,
        "Bearer " + token);
  }

  private static String pending(TestGate gate, String token, String tool, String args) {
    return TestGate.json(call(gate, token, tool, args)).at("/error/data/pending_id").asText();
  }

  private static Answer decide(TestGate gate, String auth, String id, String decision) {
    return gate.post(
        "/v1/admin/approvals/" + id + "/decide",
        "{\"decision\":\"" + decision + "\",\"note\":\"n\"}",
        AUTH,
        auth);
  }

  private static JsonNode account(TestGate gate, String members) {
    return TestGate.json(gate.post("/v1/admin/operators", "{" + members + "}", AUTH, SUPER));
  }

  private static String bearer(JsonNode account) {
    return "Bearer " + account.at("/token").asText();
  }

  private static List<String> ids(Answer list, String member) {
    List<String> out = new ArrayList<>();
    TestGate.json(list).at("/" + member).forEach(row -> out.add(row.at("/pending_id").asText()));
    return out;
  }

  @Test
  void rows_are_listed_by_status_tenant_tool_and_agent_and_shown_by_id() {
    try (TestGate gate = gate()) {
      String acme = gate.mint(Grant.to("bot").tenant("acme"));
      String globex = gate.mint(Grant.to("crawler").tenant("globex"));
      String one = pending(gate, acme, "pay", "{\"n\":1}");
      String two = pending(gate, globex, "drop", "{}");
      String all = "/v1/admin/approvals";
      assertThat(ids(gate.get(all, AUTH, SUPER), "approvals")).containsExactly(two, one);
      assertThat(ids(gate.get(all + "?tenant=acme", AUTH, SUPER), "approvals"))
          .containsExactly(one);
      assertThat(ids(gate.get(all + "?tool=drop", AUTH, SUPER), "approvals")).containsExactly(two);
      assertThat(ids(gate.get(all + "?agent_id=bot", AUTH, SUPER), "approvals"))
          .containsExactly(one);
      assertThat(ids(gate.get(all + "?status=approved", AUTH, SUPER), "approvals")).isEmpty();
      assertThat(ids(gate.get(all, AUTH, ACME), "approvals")).containsExactly(one);
      JsonNode row = TestGate.json(gate.get(all + "/" + one, AUTH, ACME));
      assertThat(row.at("/args/n").asInt()).isEqualTo(1);
      assertThat(row.at("/expires_at").asText()).isNotEmpty();
      assertThat(gate.get(all + "/" + two, AUTH, ACME).status()).isEqualTo(404);
      assertThat(gate.get(all + "/none", AUTH, SUPER).status()).isEqualTo(404);
    }
  }

  @Test
  void a_second_decision_is_409_with_the_row_and_changes_nothing() {
    try (TestGate gate = gate()) {
      String id = pending(gate, gate.mint(Grant.to("bot")), "pay", "{}");
      assertThat(decide(gate, SUPER, id, "reject").status()).isEqualTo(200);
      Answer second = decide(gate, SUPER, id, "approve");
      assertThat(second.status()).isEqualTo(409);
      assertThat(TestGate.json(second).at("/current/status").asText()).isEqualTo("rejected");
      assertThat(TestGate.json(second).at("/current/decided_by_principal").asText())
          .isEqualTo("superadmin");
    }
  }

  @Test
  void an_operator_decides_no_call_of_their_own_and_the_try_is_recorded() {
    try (TestGate gate = gate()) {
      String bySubject =
          bearer(account(gate, "\"name\":\"pat\",\"role\":\"operator\",\"subject\":\"bot\""));
      String byName = bearer(account(gate, "\"name\":\"bot\",\"role\":\"operator\""));
      String other = bearer(account(gate, "\"name\":\"sam\",\"role\":\"operator\""));
      String viewer = bearer(account(gate, "\"name\":\"vi\",\"role\":\"viewer\""));
      String id = pending(gate, gate.mint(Grant.to("bot").tenant("acme")), "pay", "{}");
      assertThat(decide(gate, viewer, id, "approve").status()).isEqualTo(403);
      for (String own : List.of(bySubject, byName)) {
        Answer answer = decide(gate, own, id, "approve");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("their own");
      }
      assertThat(TestGate.json(decide(gate, other, id, "approve")).at("/status").asText())
          .isEqualTo("approved");
      assertThat(gate.events())
          .extracting(stored -> stored.event())
          .filteredOn(e -> e.tool().equals("admin/approvals"))
          .extracting(AuditEvent::reason)
          .containsExactly(
              "an operator's own call (pay)", "an operator's own call (pay)", "approved: n (pay)");
    }
  }

  @Test
  void two_operators_have_to_agree_where_the_policy_asks_for_two() {
    try (TestGate gate = gate()) {
      String pat = bearer(account(gate, "\"name\":\"pat\",\"role\":\"operator\""));
      String token = gate.mint(Grant.to("bot"));
      String id = pending(gate, token, "two", "{}");
      Answer first = decide(gate, SUPER, id, "approve");
      assertThat(first.status()).isEqualTo(200);
      assertThat(TestGate.json(first).at("/status").asText()).isEqualTo("pending");
      assertThat(TestGate.json(first).at("/approvals/0/principal").asText())
          .isEqualTo("superadmin");
      assertThat(TestGate.json(first).at("/approvals_needed").asInt()).isEqualTo(2);
      assertThat(decide(gate, SUPER, id, "approve").status()).isEqualTo(409);
      assertThat(call(gate, token, "two", "{}").text()).contains("-32019");
      assertThat(TestGate.json(decide(gate, pat, id, "approve")).at("/status").asText())
          .isEqualTo("approved");
      assertThat(call(gate, token, "two", "{}").text()).contains("\"result\"");
    }
  }

  @Test
  void a_standing_grant_is_listed_used_as_often_as_it_says_and_withdrawn() {
    try (TestGate gate = gate()) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      String id = pending(gate, token, "standing", "{\"to\":\"x\",\"n\":1}");
      decide(gate, ACME, id, "approve");
      String grants = "/v1/admin/approvals/grants";
      assertThat(ids(gate.get(grants, AUTH, ACME), "grants")).containsExactly(id);
      assertThat(ids(gate.get(grants + "?tenant=globex", AUTH, SUPER), "grants")).isEmpty();
      assertThat(call(gate, token, "standing", "{\"to\":\"x\",\"n\":2}").text()).contains("result");
      assertThat(call(gate, token, "standing", "{\"to\":\"y\",\"n\":2}").text()).contains("-32019");
      assertThat(gate.events())
          .extracting(stored -> stored.event())
          .filteredOn(e -> e.tool().equals("standing") && e.decision().wireName().equals("allow"))
          .singleElement()
          .satisfies(e -> assertThat(e.pendingId()).isEqualTo(id));

      assertThat(gate.send("DELETE", grants + "/" + id, new byte[0], AUTH, ACME).status())
          .isEqualTo(200);
      assertThat(gate.send("DELETE", grants + "/" + id, new byte[0], AUTH, ACME).status())
          .isEqualTo(409);
      assertThat(gate.send("DELETE", grants + "/none", new byte[0], AUTH, ACME).status())
          .isEqualTo(404);
      assertThat(call(gate, token, "standing", "{\"to\":\"x\",\"n\":2}").text()).contains("-32019");
    }
  }

  /** Reads a stream's events, as name and pending id, until so many were seen. */
  private static List<String> events(BufferedReader in, int count) throws IOException {
    List<String> out = new ArrayList<>();
    String name = "";
    for (String line = in.readLine(); line != null && out.size() < count; ) {
      if (line.startsWith("id: ")) {
        lastId = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        String data = line.substring(6);
        int at = data.indexOf("\"pending_id\":\"") + 14;
        out.add(name + " " + data.substring(at, data.indexOf('"', at)));
      }
      line = out.size() < count ? in.readLine() : null;
    }
    return out;
  }

  private static void caughtUp(BufferedReader in) throws IOException {
    for (String line = in.readLine(); !line.equals(": caught up"); line = in.readLine()) {
      assertThat(line).as("before the end of what waits").isNotNull();
    }
  }

  private static String lastId = "";

  private static BufferedReader follow(Socket socket, String query, String... headers)
      throws IOException {
    StringBuilder out =
        new StringBuilder(
            "GET /v1/admin/approvals/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      out.append(header).append("\r\n");
    }
    socket.getOutputStream().write((out + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void a_stream_shows_what_waits_and_then_every_change_of_the_tenant() throws Exception {
    try (TestGate gate = gate();
        Socket superadmin = RawHttp.connect(gate.port());
        Socket acme = RawHttp.connect(gate.port())) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      String foreign = gate.mint(Grant.to("bot").tenant("globex"));
      String one = pending(gate, token, "pay", "{}");
      BufferedReader all = follow(superadmin, "", AUTH + ": " + SUPER);
      BufferedReader own = follow(acme, "", AUTH + ": " + ACME);
      assertThat(events(all, 1)).containsExactly("pending " + one);
      assertThat(events(own, 1)).containsExactly("pending " + one);
      caughtUp(all);
      caughtUp(own);
      String two = pending(gate, foreign, "pay", "{}");
      decide(gate, SUPER, one, "approve");
      call(gate, token, "pay", "{}");
      assertThat(events(all, 3)).containsExactly("pending " + two, "decided " + one, "used " + one);
      assertThat(events(own, 2)).containsExactly("decided " + one, "used " + one);
    }
  }

  @Test
  void more_than_a_stream_may_hold_back_is_shown_as_the_client_takes_it() throws Exception {
    try (TestGate gate = gate();
        Socket socket = RawHttp.connect(gate.port())) {
      String token = gate.mint(Grant.to("bot"));
      String large = "x".repeat(100_000);
      int rows = 80;
      for (int i = 0; i < rows; i++) {
        pending(gate, token, "pay", "{\"n\":" + i + ",\"note\":\"" + large + "\"}");
      }
      BufferedReader in = follow(socket, "", AUTH + ": " + SUPER);
      assertThat(events(in, rows)).doesNotHaveDuplicates().hasSize(rows);
      caughtUp(in);
    }
  }

  @Test
  void a_stream_tells_of_what_expired() throws Exception {
    try (TestGate gate = gate("APPROVAL_ASYNC_TIMEOUT_S", "1");
        Socket socket = RawHttp.connect(gate.port())) {
      BufferedReader in = follow(socket, "", AUTH + ": " + SUPER);
      caughtUp(in);
      String id = pending(gate, gate.mint(Grant.to("bot")), "pay", "{}");
      assertThat(events(in, 2)).containsExactly("pending " + id, "expired " + id);
    }
  }

  @Test
  void who_comes_back_hears_what_happened_since_also_from_another_gate() throws Exception {
    String[] file = {"STORE", "file"};
    String one;
    String token;
    try (TestGate gate = gate(file)) {
      token = gate.mint(Grant.to("bot").tenant("acme"));
      one = pending(gate, token, "pay", "{}");
      try (Socket socket = RawHttp.connect(gate.port())) {
        assertThat(events(follow(socket, "?tenant=acme", AUTH + ": " + SUPER), 1))
            .containsExactly("pending " + one);
      }
      decide(gate, SUPER, one, "reject");
    }
    try (TestGate gate = gate(file);
        Socket socket = RawHttp.connect(gate.port())) {
      String two = pending(gate, token, "drop", "{}");
      BufferedReader in =
          follow(socket, "?tenant=acme", AUTH + ": " + SUPER, "Last-Event-ID: " + lastId);
      assertThat(events(in, 2)).containsExactly("decided " + one, "pending " + two);
    }
  }

  @Test
  void who_comes_back_hears_changes_in_the_order_they_happened() throws Exception {
    try (TestGate gate = gate()) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      String grant = pending(gate, token, "standing", "{\"to\":\"ann\"}");
      decide(gate, SUPER, grant, "approve");
      String late = pending(gate, token, "pay", "{\"n\":1}");
      String early = pending(gate, token, "pay", "{\"n\":2}");
      decide(gate, SUPER, early, "reject");
      String before;
      try (Socket socket = RawHttp.connect(gate.port())) {
        BufferedReader in = follow(socket, "", AUTH + ": " + SUPER);
        assertThat(events(in, 1)).containsExactly("pending " + late);
        before = lastId;
      }
      decide(gate, SUPER, late, "reject");
      gate.send("DELETE", "/v1/admin/approvals/grants/" + grant, new byte[0], AUTH, SUPER);
      try (Socket socket = RawHttp.connect(gate.port())) {
        BufferedReader in = follow(socket, "", AUTH + ": " + SUPER, "Last-Event-ID: " + before);
        assertThat(events(in, 3))
            .containsExactly("decided " + early, "decided " + late, "expired " + grant);
      }
    }
  }

  @Test
  void a_stream_is_for_those_who_sign_in_and_for_their_own_tenant() {
    try (TestGate gate = gate()) {
      String path = "/v1/admin/approvals/stream";
      assertThat(gate.get(path).status()).isEqualTo(401);
      assertThat(gate.get(path + "?tenant=globex", AUTH, ACME).status()).isEqualTo(403);
    }
  }
}
