package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The person behind an agent agrees, under a link that works for one call, once. */
@Timeout(60)
class ConsentTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String URL = "https://gate.example";
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"reason\": \"<i>yours</i>\","
          + " \"approval\": {\"by\": \"user\"}} if input.tool == \"pay\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"by\": \"both\"}}"
          + " if input.tool == \"both\"\n";
  private static final String ARGS = "{\"to\":\"<script>alert(1)</script>\"}";

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
                "true"));
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(String[]::new));
  }

  private static Answer call(TestGate gate, String token, String tool) {
    return gate.post(
        "/v1/mcp",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":"
            + ARGS
            + "}}",
        AUTH,
        "Bearer " + token);
  }

  private static JsonNode row(TestGate gate, String id, String auth) {
    return TestGate.json(gate.get("/v1/admin/approvals/" + id, AUTH, auth));
  }

  private static String path(JsonNode row) {
    String url = row.at("/consent_url").asText();
    assertThat(url).startsWith(URL + "/v1/consent/");
    return url.substring(URL.length());
  }

  @Test
  void the_person_sees_the_call_and_their_answer_lets_it_through_once() {
    try (TestGate gate = gate("PUBLIC_URL", URL)) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      Answer asked = call(gate, token, "pay");
      assertThat(asked.text()).as("the agent gets no link").doesNotContain("consent");
      String id = TestGate.json(asked).at("/error/data/pending_id").asText();
      String path = path(row(gate, id, SUPER));

      Answer page = gate.get(path);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text())
          .contains("&lt;script&gt;alert(1)", "&lt;i&gt;yours")
          .doesNotContain("<script>");
      assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
      assertThat(page.header("Cache-Control")).isEqualTo("no-store");
      assertThat(call(gate, token, "pay").text()).as("looking decides nothing").contains("-32019");
      assertThat(gate.post(path, "decision=maybe").status()).isEqualTo(400);
      assertThat(gate.post(path, "decision=approve", "Origin", "https://evil.example").status())
          .isEqualTo(403);

      assertThat(gate.post(path, "decision=approve", "Origin", URL).status()).isEqualTo(200);
      assertThat(gate.post(path, "decision=approve").status()).as("once").isEqualTo(410);
      assertThat(gate.get(path).status()).isEqualTo(410);
      assertThat(call(gate, token, "pay").text()).contains("\"result\"");
      assertThat(call(gate, token, "pay").text()).contains("-32019");
      assertThat(gate.events())
          .extracting(stored -> stored.event())
          .filteredOn(e -> e.tool().equals("admin/approvals"))
          .singleElement()
          .satisfies(e -> assertThat(e.principal()).isEqualTo("user:"))
          .satisfies(e -> assertThat(e.pendingId()).isEqualTo(id));
    }
  }

  @Test
  void an_operator_does_not_consent_for_the_user_nor_the_user_approve_for_the_operator() {
    try (TestGate gate = gate("PUBLIC_URL", URL)) {
      String token = gate.mint(Grant.to("bot"));
      String id = TestGate.json(call(gate, token, "pay")).at("/error/data/pending_id").asText();
      String decide = "/v1/admin/approvals/" + id + "/decide";
      assertThat(gate.post(decide, "{\"decision\":\"approve\"}", AUTH, SUPER).status())
          .isEqualTo(409);

      String both = TestGate.json(call(gate, token, "both")).at("/error/data/pending_id").asText();
      gate.post(path(row(gate, both, SUPER)), "decision=approve");
      assertThat(call(gate, token, "both").text()).contains("-32019");
      Answer approved =
          gate.post(
              "/v1/admin/approvals/" + both + "/decide", "{\"decision\":\"approve\"}", AUTH, SUPER);
      assertThat(TestGate.json(approved).at("/status").asText()).isEqualTo("approved");
      assertThat(call(gate, token, "both").text()).contains("\"result\"");
    }
  }

  @Test
  void a_link_that_this_gate_did_not_make_shows_nothing() {
    try (TestGate gate = gate("PUBLIC_URL", URL)) {
      String token = gate.mint(Grant.to("bot"));
      String id = TestGate.json(call(gate, token, "pay")).at("/error/data/pending_id").asText();
      String good = path(row(gate, id, SUPER));
      char last = good.charAt(good.length() - 2);
      String bad =
          good.substring(0, good.length() - 2)
              + (last == 'A' ? 'B' : 'A')
              + good.substring(good.length() - 1);
      for (String path : List.of(bad, "/v1/consent/" + id, "/v1/consent/x.y")) {
        assertThat(gate.get(path).status()).isEqualTo(404);
        assertThat(gate.post(path, "decision=approve").status()).isEqualTo(404);
      }
      assertThat(row(gate, id, SUPER).at("/status").asText()).isEqualTo("pending");
    }
  }

  @Test
  void only_those_who_decide_see_the_link_and_without_a_public_url_there_is_none() {
    try (TestGate gate = gate("PUBLIC_URL", URL)) {
      String token = gate.mint(Grant.to("bot"));
      String id = TestGate.json(call(gate, token, "pay")).at("/error/data/pending_id").asText();
      JsonNode viewer =
          TestGate.json(
              gate.post(
                  "/v1/admin/operators", "{\"name\":\"v\",\"role\":\"viewer\"}", AUTH, SUPER));
      JsonNode seen = row(gate, id, "Bearer " + viewer.at("/token").asText());
      assertThat(seen.at("/pending_id").asText()).isEqualTo(id);
      assertThat(seen.has("consent_url")).isFalse();
    }
    try (TestGate gate = gate()) {
      String token = gate.mint(Grant.to("bot"));
      String id = TestGate.json(call(gate, token, "pay")).at("/error/data/pending_id").asText();
      assertThat(row(gate, id, SUPER).has("consent_url")).isFalse();
      assertThat(gate.get("/v1/consent/x").status()).isEqualTo(404);
      assertThat(gate.get("/v1/consent/x").text()).isEqualTo("404 page not found\n");
    }
  }
}
