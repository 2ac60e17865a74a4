package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The admin of one tenant tries every route on what another tenant has: it is told nothing of it,
 * and changes nothing of it (B41).
 */
@Timeout(120)
class TenantWallsTest {
  private static final String REGO = "package intentgate.policy\\ndefault decision := ";
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": false, \"escalate\": true, \"reason\": \"ask\"}\n"
          + "decision := {\"allow\": true} if startswith(input.tool, \"read\")\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"standing\":"
          + " {\"max_uses\": 9, \"ttl_seconds\": 600}}} if input.tool == \"often\"\n";

  /** What the other tenant's admin can see; the list of approvals is asked for as it stands. */
  private static final List<String> VIEW =
      List.of(
          "policies/drafts",
          "policies/active",
          "policies/history",
          "approvals",
          "approvals/grants",
          "operators",
          "kill-switch",
          "revocations",
          "tokens",
          "audit?limit=1000",
          "audit/verify");

  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient acme;
  private OperatorClient globex;
  private String token;
  private String jti;
  private String draft;
  private String change;
  private String pending;
  private String grant;
  private String account;
  private String callId;

  @BeforeEach
  void start() throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    gate =
        TestGate.start(
            directory.resolve("data"),
            "POLICY_FILE",
            policy.toString(),
            "APPROVAL_ASYNC",
            "true",
            "TENANT_ADMINS",
            "acme:fake-acme-token,globex:fake-globex-token");
    acme = new OperatorClient(gate, "fake-acme-token");
    globex = new OperatorClient(gate, "fake-globex-token");
    JsonNode minted = globex.done("mint", "{'subject':'globex-bot'}");
    token = minted.path("token").asText();
    jti = minted.path("jti").asText();
    pending = escalated("pay");
    grant = escalated("often");
    globex.done("approvals/" + grant + "/decide", "{'decision':'approve','note':'globex-note'}");
    callId = call("read_globex").header("X-IntentGate-Call-Id");
    draft =
        globex
            .done(
                "policies/drafts",
                "{'name':'globex-draft','rego_source':'" + REGO + "{\\'globex\\':1}'}")
            .path("id")
            .asText();
    globex.done("policies/active", "{'draft_id':'" + draft + "','promoted_by':'globex-pat'}");
    globex.done("policies/shadow", "{'draft_id':'" + draft + "'}");
    change = globex.read("policies/history").at("/history/0/id").asText();
    account =
        globex
            .done("operators", "{'name':'globex-sam','role':'viewer'}")
            .at("/operator/id")
            .asText();
    globex.done("kill-switch", "{'scope':'agent','value':'globex-other'}");
    globex.done("revoke", "{'jti':'globex-jti'}");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private Answer call(String tool) {
    return gate.call(tool, "Authorization", "Bearer " + token, "X-Task-Id", "globex-task");
  }

  private String escalated(String tool) {
    return TestGate.json(call(tool)).at("/error/data/pending_id").asText();
  }

  private List<String> view() {
    List<String> out = new ArrayList<>();
    VIEW.forEach(path -> out.add(path + ": " + globex.read(path)));
    out.add("shadow: " + globex.read("policies/shadow").path("shadow"));
    return out;
  }

  private String ids(String text) {
    return text.replace("@draft", draft)
        .replace("@change", change)
        .replace("@pending", pending)
        .replace("@grant", grant)
        .replace("@account", account)
        .replace("@call", callId)
        .replace("@jti", jti)
        .replace("@token", token);
  }

  /** Asks as acme; whatever comes holds nothing of the other tenant. */
  private Answer asks(String request, String body) {
    String[] words = ids(request).split(" ");
    Answer answer = acme.send(words[0], words[1], ids(body));
    assertThat(answer.text())
        .as(request)
        .doesNotContain("globex", draft, change, pending, grant, account, token);
    return answer;
  }

  @Test
  void what_is_named_by_its_id_is_not_there() {
    List<String> before = view();
    String source = "{'rego_source':'" + REGO + "{}'}";
    for (String[] tried :
        new String[][] {
          {"GET policies/drafts/@draft", ""},
          {"GET policies/drafts/@draft?revision=1", ""},
          {"PUT policies/drafts/@draft", source},
          {"DELETE policies/drafts/@draft", ""},
          {"POST policies/active", "{'draft_id':'@draft'}"},
          {"POST policies/propose", "{'draft_id':'@draft','proposed_by':'p'}"},
          {"POST policies/shadow", "{'draft_id':'@draft'}"},
          {"POST policies/rollback", "{'to':'@change'}"},
          {"POST policies/propose", "{'action':'rollback','to':'@change','proposed_by':'p'}"},
          {"GET approvals/@pending", ""},
          {"POST approvals/@pending/decide", "{'decision':'approve'}"},
          {"POST approvals/@pending/decide", "{'decision':'reject'}"},
          {"DELETE approvals/grants/@grant", ""},
          {"POST operators/@account/rotate", ""},
          {"DELETE operators/@account", ""},
          {"GET decisions/@call", ""},
          {"POST proof-of-intent", "{'event_id':'@call'}"},
          {"POST proof-of-intent", "{'session_id':'globex-task'}"},
        }) {
      assertThat(asks(tried[0], tried[1]).status()).as(String.join(" ", tried)).isEqualTo(404);
    }
    assertThat(view()).isEqualTo(before);
  }

  @Test
  void whoever_names_the_other_tenant_is_forbidden() {
    List<String> before = view();
    for (String path :
        List.of(
            "policies/drafts",
            "policies/active",
            "policies/history",
            "policies/shadow",
            "approvals/stream",
            "tokens",
            "audit",
            "audit/verify",
            "audit/export",
            "audit/stream",
            "audit/checkpoints",
            "decisions/@call",
            "agents",
            "flow-map",
            "flow-map/recommend")) {
      assertThat(asks("GET " + path + "?tenant=globex", "").status()).as(path).isEqualTo(403);
    }
    for (String path : List.of("policies/active", "policies/shadow")) {
      assertThat(asks("DELETE " + path + "?tenant=globex", "").status()).as(path).isEqualTo(403);
    }
    for (String[] tried :
        new String[][] {
          {"mint", "'subject':'a'"},
          {"exceptions/grant", "'agent_id':'a','tools':['t'],'ttl_seconds':5,'exception_ref':'e'"},
          {"revoke", "'reason':'r'"},
          {"revoke", "'subject':'globex-bot'"},
          {"kill-switch", "'scope':'tenant'"},
          {"kill-switch", "'scope':'agent','value':'globex-bot'"},
          {"kill-switch/release", "'scope':'agent','value':'globex-other'"},
          {"operators", "'name':'n','role':'viewer'"},
          {"policies/drafts", "'rego_source':'" + REGO + "{}'"},
          {"policies/active", "'draft_id':'@draft'"},
          {"policies/rollback", "'rolled_back_by':'p'"},
          {"policies/propose", "'draft_id':'@draft','proposed_by':'p'"},
          {"policies/approve", "'acted_by':'p'"},
          {"policies/reject", "'acted_by':'p'"},
          {"policies/shadow", "'draft_id':'@draft'"},
          {"policies/dry-run", "'rego':'package p'"},
          {"proof-of-intent", "'event_id':'@call'"},
        }) {
      Answer answer = asks("POST " + tried[0], "{'tenant':'globex'," + tried[1] + "}");
      assertThat(answer.status()).as(String.join(" ", tried)).isEqualTo(403);
    }
    assertThat(asks("POST check", "{'tool':'t','token':'@token'}").status()).isEqualTo(403);
    assertThat(view()).isEqualTo(before);
  }

  @Test
  void lists_hold_ones_own_whatever_is_asked_for() {
    for (String query :
        List.of("", "?agent_id=globex-bot", "?tool=read_globex", "?jti=@jti", "?call_id=@call")) {
      assertThat(TestGate.json(asks("GET audit" + query, "")).path("events")).isEmpty();
      assertThat(asks("GET audit/export?format=json&" + query.replace("?", ""), "").text())
          .as(query)
          .doesNotContain("read_");
    }
    for (String path :
        List.of(
            "approvals?tenant=globex",
            "approvals?agent_id=globex-bot",
            "approvals/grants?tenant=globex",
            "operators",
            "kill-switch",
            "revocations",
            "tokens?subject=globex-bot",
            "policies/drafts",
            "agents",
            "flow-map",
            "tenants",
            "upstreams")) {
      assertThat(asks("GET " + path, "").status()).as(path).isEqualTo(200);
    }
    assertThat(acme.read("tenants").findValuesAsText("id")).containsExactly("acme");
    JsonNode tried =
        TestGate.json(asks("POST policies/dry-run", "{'rego':'" + REGO + "{}','tool':'pay'}"));
    assertThat(tried.at("/summary/events_evaluated").asInt()).isZero();
  }

  @Test
  void a_place_in_the_other_tenants_log_leads_nowhere_else_than_in_ones_own() {
    String cursor = globex.read("audit?limit=2").path("next_cursor").asText();
    acme.done("mint", "{'subject':'a'}");

    for (JsonNode event : TestGate.json(asks("GET audit?cursor=" + cursor, "")).path("events")) {
      assertThat(event.path("tenant").asText()).isEqualTo("acme");
    }
  }

  @Test
  void revoking_or_halting_a_name_of_theirs_is_ones_own_affair() {
    List<String> before = view();

    assertThat(asks("POST revoke", "{'subject':'globex-bot'}").text()).contains("\"revoked\":0");
    assertThat(acme.post("revoke", "{'jti':'" + jti + "'}").status()).isEqualTo(200);
    assertThat(acme.post("kill-switch", "{'scope':'agent','value':'globex-bot'}").status())
        .isEqualTo(200);
    assertThat(acme.post("kill-switch", "{'scope':'tenant'}").status()).isEqualTo(200);

    assertThat(view()).isEqualTo(before);
    String other = gate.mint(Grant.to("globex-bot").tenant("acme"));
    assertThat(gate.call("read_a", "Authorization", "Bearer " + other).text())
        .contains("kill switch");
    assertThat(globex.read("tokens").at("/tokens/0/revoked").asBoolean()).isFalse();
    assertThat(call("read_b").text()).doesNotContain("kill switch").doesNotContain("revoked");
  }
}
