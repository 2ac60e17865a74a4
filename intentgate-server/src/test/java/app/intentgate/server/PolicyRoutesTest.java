package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String ACME = "Bearer fake-acme-token";
  private static final String GLOBEX = "Bearer fake-globex-token";
  private static final String P = "/v1/admin/policies/";

  @TempDir Path directory;

  private TestGate start(String... variables) {
    String[] all = new String[variables.length + 2];
    System.arraycopy(variables, 0, all, 0, variables.length);
    all[variables.length] = "TENANT_ADMINS";
    all[variables.length + 1] = "acme:fake-acme-token,globex:fake-globex-token";
    return TestGate.start(directory, all);
  }

  private static String source(String reason) {
    return "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \""
        + reason
        + "\"}\n";
  }

  private static ObjectNode body(String... members) {
    ObjectNode out = JSON.createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      out.put(members[i], members[i + 1]);
    }
    return out;
  }

  private static Answer post(TestGate gate, String route, JsonNode body, String auth) {
    return gate.post(P + route, body.toString(), AUTH, auth);
  }

  private static Answer get(TestGate gate, String route, String auth) {
    return gate.get(P + route, AUTH, auth);
  }

  private static String draft(TestGate gate, String reason, String auth) {
    Answer answer = post(gate, "drafts", body("rego_source", source(reason)), auth);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return TestGate.json(answer).get("id").asText();
  }

  private static Answer promote(TestGate gate, String draft, String auth) {
    return post(gate, "active", body("draft_id", draft, "promoted_by", "pat"), auth);
  }

  private static String denial(TestGate gate, String... headers) {
    return TestGate.json(gate.call("t", headers)).at("/error/data").asText();
  }

  @Test
  void draftsCarryRevisionHashWarningsAndTestResults() {
    try (TestGate gate = start()) {
      ObjectNode body =
          body(
              "rego_source",
              "package intentgate.policy\ndecision := {\"allow\": true} if input.tol == 1\n",
              "tests_source",
              "package t\nimport data.intentgate.policy\n"
                  + "test_a if policy.decision.allow with input as {\"tol\": 1}\n"
                  + "test_b if false\n");
      Answer answer = post(gate, "drafts", body, SUPER);
      JsonNode draft = TestGate.json(answer);
      assertThat(draft.get("revision").asInt()).isEqualTo(1);
      assertThat(draft.get("rego_sha256").asText()).matches("[0-9a-f]{64}");
      assertThat(answer.header("ETag"))
          .isEqualTo("\"1-" + draft.get("rego_sha256").asText().substring(0, 16) + "\"");
      assertThat(draft.get("warnings").findValuesAsText("code"))
          .containsExactly("missing_default", "unknown_input");
      assertThat(draft.at("/warnings/1/row").asInt()).isEqualTo(2);
      assertThat(draft.at("/test_results/passed").asInt()).isEqualTo(1);
      assertThat(draft.at("/test_results/tests/1/name").asText()).isEqualTo("data.t.test_b");
    }
  }

  @Test
  void aFailingIfMatchIs412() {
    try (TestGate gate = start()) {
      String id = draft(gate, "one", SUPER);
      String first = get(gate, "drafts/" + id, SUPER).header("ETag");
      byte[] two = body("rego_source", source("two")).toString().getBytes(StandardCharsets.UTF_8);
      String path = P + "drafts/" + id;
      Answer changed = gate.send("PUT", path, two, AUTH, SUPER, "If-Match", first);
      assertThat(changed.status()).isEqualTo(200);
      assertThat(TestGate.json(changed).get("revision").asInt()).isEqualTo(2);
      assertThat(gate.send("PUT", path, two, AUTH, SUPER, "If-Match", first).status())
          .isEqualTo(412);
      assertThat(gate.send("DELETE", path, new byte[0], AUTH, SUPER, "If-Match", first).status())
          .isEqualTo(412);
      assertThat(get(gate, "drafts/" + id + "?revision=1", SUPER).text()).contains("one");
      assertThat(get(gate, "drafts/" + id + "?revision=3", SUPER).status()).isEqualTo(404);
      assertThat(gate.send("PUT", path, two, AUTH, SUPER, "If-Match", "*").status()).isEqualTo(200);
    }
  }

  @Test
  void B52_oneSlotPerTenantAndNobodySeesTheSourceOfAnothers() {
    try (TestGate gate = start()) {
      String shared = draft(gate, "default slot", SUPER);
      String own = draft(gate, "acme slot", ACME);
      assertThat(promote(gate, shared, SUPER).status()).isEqualTo(200);
      assertThat(promote(gate, own, ACME).status()).isEqualTo(200);
      String a = "Bearer " + gate.mint(Grant.to("a").tenant("acme"));
      String g = "Bearer " + gate.mint(Grant.to("a").tenant("globex"));
      assertThat(denial(gate, AUTH, a)).isEqualTo("acme slot");
      assertThat(denial(gate, AUTH, g)).isEqualTo("default slot");
      assertThat(denial(gate)).isEqualTo("default slot");
      JsonNode globex = TestGate.json(get(gate, "active", GLOBEX));
      JsonNode all = TestGate.json(get(gate, "active", SUPER));
      assertThat(globex.get("source").asText()).isEqualTo("fallback");
      assertThat(globex.has("current_draft")).isFalse();
      assertThat(globex.get("policy_label").asText()).isEqualTo("draft");
      assertThat(globex.get("policy_sha256")).isEqualTo(all.at("/active/rego_sha256"));
      assertThat(get(gate, "active?tenant=globex", ACME).status()).isEqualTo(403);
      Answer cleared = gate.send("DELETE", P + "active", new byte[0], AUTH, ACME);
      assertThat(cleared.text()).contains("\"swapped\":true").doesNotContain("current_draft_id");
      assertThat(denial(gate, AUTH, a)).isEqualTo("default slot");
      Answer again = gate.send("DELETE", P + "active", new byte[0], AUTH, ACME);
      assertThat(again.text()).contains("\"swapped\":true");
      Answer whole = gate.send("DELETE", P + "active", new byte[0], AUTH, SUPER);
      assertThat(whole.text()).contains("\"swapped\":false").contains(shared);
      assertThat(post(gate, "rollback", body("tenant", "globex"), ACME).status()).isEqualTo(403);
    }
  }

  @Test
  void historyIsPagedAndRollsBackToAnyOfIt() {
    try (TestGate gate = start()) {
      for (String reason : List.of("one", "two", "three")) {
        promote(gate, draft(gate, reason, SUPER), SUPER);
      }
      JsonNode page = TestGate.json(get(gate, "history?limit=2", SUPER));
      assertThat(page.get("history")).hasSize(2);
      String cursor = page.get("next_cursor").asText();
      JsonNode last = TestGate.json(get(gate, "history?limit=2&cursor=" + cursor, SUPER));
      assertThat(last.get("history")).hasSize(1);
      assertThat(last.has("next_cursor")).isFalse();
      JsonNode first = last.at("/history/0");
      assertThat(first.get("action").asText()).isEqualTo("promote");
      assertThat(first.get("principal").asText()).isEqualTo("superadmin");
      assertThat(get(gate, "history?cursor=nonsense", SUPER).status()).isEqualTo(400);
      Answer back = post(gate, "rollback", body("to", first.get("id").asText()), SUPER);
      assertThat(back.status()).isEqualTo(200);
      assertThat(denial(gate)).isEqualTo("one");
      assertThat(post(gate, "rollback", body("to", "nonsense"), SUPER).status()).isEqualTo(404);
      assertThat(post(gate, "rollback", body("to", "builtin"), SUPER).status()).isEqualTo(200);
      assertThat(denial(gate)).isEqualTo("no policy rule matched (default deny)");
      JsonNode newest = TestGate.json(get(gate, "history?limit=1", SUPER)).at("/history/0");
      assertThat(newest.get("builtin").asBoolean()).isTrue();
      assertThat(newest.get("rego_sha256").asText()).hasSize(64);
      assertThat(get(gate, "history", ACME).text()).contains("\"history\":[]");
    }
  }

  @Test
  void B20_aBrokenBodyOnRollbackChangesNothing() {
    try (TestGate gate = start()) {
      promote(gate, draft(gate, "one", SUPER), SUPER);
      for (String broken : List.of("{", "[]", "{\"rolled_back_by\":5}", "{\"nope\":1}")) {
        assertThat(gate.post(P + "rollback", broken, AUTH, SUPER).status()).isEqualTo(400);
      }
      assertThat(denial(gate)).isEqualTo("one");
    }
  }

  @Test
  void aSecondOperatorApprovesWhatWasNamedAndNothingElse() {
    try (TestGate gate = start("POLICY_REQUIRE_APPROVAL", "true")) {
      Answer made =
          gate.post("/v1/admin/operators", "{\"name\":\"olga\",\"role\":\"admin\"}", AUTH, SUPER);
      String olga = "Bearer " + TestGate.json(made).get("token").asText();
      String id = draft(gate, "reviewed", SUPER);
      assertThat(promote(gate, id, SUPER).status()).isEqualTo(409);
      assertThat(gate.send("DELETE", P + "active", new byte[0], AUTH, ACME).status())
          .isEqualTo(409);
      Answer proposed = post(gate, "propose", body("draft_id", id, "proposed_by", "dana"), SUPER);
      JsonNode active = TestGate.json(proposed).get("active");
      assertThat(active.get("proposed_revision").asInt()).isEqualTo(1);
      assertThat(active.get("proposed_principal").asText()).isEqualTo("superadmin");
      assertThat(
              post(gate, "approve", body("acted_by", "olga", "rego_sha256", "0".repeat(64)), olga)
                  .status())
          .isEqualTo(409);
      ObjectNode named = body("acted_by", "olga");
      named.put("revision", 2);
      assertThat(post(gate, "approve", named, olga).status()).isEqualTo(409);
      assertThat(post(gate, "approve", body("acted_by", "else"), SUPER).status()).isEqualTo(409);
      named.put("revision", 1);
      assertThat(post(gate, "approve", named, olga).status()).isEqualTo(200);
      assertThat(denial(gate)).isEqualTo("reviewed");
      ObjectNode clear = body("action", "clear", "proposed_by", "d", "tenant", "acme");
      assertThat(post(gate, "propose", clear, SUPER).status()).isEqualTo(200);
      clear.put("action", "explode");
      assertThat(post(gate, "propose", clear, SUPER).status()).isEqualTo(400);
      ObjectNode back = body("action", "rollback", "proposed_by", "d");
      assertThat(TestGate.json(post(gate, "propose", back, SUPER)).at("/active/proposed_action"))
          .hasToString("\"rollback\"");
      assertThat(post(gate, "approve", body("acted_by", "olga"), olga).status()).isEqualTo(200);
      assertThat(denial(gate)).isEqualTo("no policy rule matched (default deny)");
    }
  }

  @Test
  void roles_a_viewer_reads_an_operator_drafts_an_admin_promotes() {
    try (TestGate gate = start()) {
      String viewer = operator(gate, "viewer");
      String operator = operator(gate, "operator");
      String id = draft(gate, "one", operator);
      assertThat(get(gate, "drafts/" + id, viewer).status()).isEqualTo(200);
      assertThat(post(gate, "drafts", body("rego_source", source("x")), viewer).status())
          .isEqualTo(403);
      assertThat(promote(gate, id, operator).status()).isEqualTo(403);
      assertThat(post(gate, "dry-run", body("rego", source("x")), operator).status())
          .isEqualTo(200);
      assertThat(promote(gate, id, SUPER).status()).isEqualTo(200);
    }
  }

  private static String operator(TestGate gate, String role) {
    Answer made =
        gate.post(
            "/v1/admin/operators",
            "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"}",
            AUTH,
            SUPER);
    return "Bearer " + TestGate.json(made).get("token").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "drafts, name",
    "drafts, description",
    "drafts, rego_source",
    "drafts, created_by",
    "drafts, tenant",
    "drafts, tests_source",
    "drafts, require_tests",
    "active, draft_id",
    "active, promoted_by",
    "active, revision",
    "active, rego_sha256",
    "propose, draft_id",
    "propose, proposed_by",
    "propose, action",
    "propose, to",
    "approve, acted_by",
    "reject, acted_by",
    "rollback, rolled_back_by",
    "rollback, to",
    "shadow, draft_id",
    "dry-run, rego",
    "dry-run, current_rego",
    "dry-run, from",
    "dry-run, limit",
    "dry-run, max_samples",
    "dry-run, agent_id",
    "dry-run, explain",
    "dry-run, input",
    "dry-run, inputs"
  })
  void badInput_aMemberOfTheWrongTypeIsA400AndNullIsAsGoodAsAbsent(String route, String member) {
    try (TestGate gate = start()) {
      String id = draft(gate, "there", SUPER);
      ObjectNode good =
          switch (route) {
            case "drafts" -> body("rego_source", source("x"));
            case "active", "shadow" -> body("draft_id", id);
            case "propose" -> body("draft_id", id, "proposed_by", "d");
            case "approve", "reject" -> body("acted_by", "o");
            case "dry-run" -> body("rego", source("x"));
            default -> JSON.createObjectNode();
          };
      List<String> wrong = new ArrayList<>(List.of("[[1]]", "{\"a\":1}", "1.5"));
      if (member.equals("input")) {
        wrong.remove("{\"a\":1}");
      }
      for (String value : wrong) {
        ObjectNode bad = good.deepCopy();
        try {
          bad.set(member, JSON.readTree(value));
        } catch (java.io.IOException e) {
          throw new AssertionError(e);
        }
        Answer answer = post(gate, route, bad, SUPER);
        assertThat(answer.status()).as(bad + " " + answer).isEqualTo(400);
        assertThat(TestGate.json(answer).get("error").asText()).startsWith("invalid JSON");
      }
      ObjectNode nothing = good.deepCopy();
      nothing.putNull(member);
      ObjectNode absent = good.deepCopy();
      absent.remove(member);
      assertThat(post(gate, route, nothing, SUPER).status())
          .isEqualTo(post(gate, route, absent, SUPER).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drafts", "active", "propose", "approve", "reject", "rollback", "shadow"})
  void badInput_unknownMembersDuplicatesAndTooMuchAreA400(String route) {
    try (TestGate gate = start()) {
      for (String body :
          List.of(
              "{\"nope\":1}",
              "{\"tenant\":\"a\",\"tenant\":\"b\"}",
              "{} {}",
              "{\"tenant\":\"\u0001\"}",
              "{\"tenant\":\"" + "x".repeat(1 << 20) + "\"}")) {
        Answer answer = gate.post(P + route, body, AUTH, SUPER);
        assertThat(answer.status()).as(route + answer).isEqualTo(400);
      }
      String large = "{\"tenant\":\"" + "x".repeat(1 << 20) + "\"}";
      assertThat(gate.post(P + route, large, AUTH, SUPER).text())
          .contains("invalid JSON: body exceeds 1048576 bytes");
    }
  }

  @Test
  void badInput_textsThatAreTooLongAreA400() {
    try (TestGate gate = start()) {
      String id = draft(gate, "x", SUPER);
      String large = "x".repeat(300);
      for (ObjectNode body :
          List.of(
              body("rego_source", source("x"), "name", large),
              body("rego_source", source("x"), "created_by", large),
              body("rego_source", source("x"), "description", "x".repeat(20_000)))) {
        assertThat(post(gate, "drafts", body, SUPER).status()).isEqualTo(400);
      }
      assertThat(post(gate, "active", body("draft_id", id, "promoted_by", large), SUPER).status())
          .isEqualTo(400);
      assertThat(post(gate, "propose", body("draft_id", id, "proposed_by", large), SUPER).status())
          .isEqualTo(400);
    }
  }

  @Test
  void badInput_aMegabyteOfRegoIsTakenOrRefusedInTime() {
    try (TestGate gate = start()) {
      StringBuilder many = new StringBuilder(source("large"));
      for (int i = 0; many.length() < 900_000; i++) {
        many.append("rule_").append(i).append(" if input.args.n == ").append(i).append('\n');
      }
      long start = System.nanoTime();
      Answer answer = post(gate, "drafts", body("rego_source", many.toString()), SUPER);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      assertThat(TestGate.json(answer).get("warnings")).hasSize(100);
      assertThat(promote(gate, TestGate.json(answer).get("id").asText(), SUPER).status())
          .isEqualTo(200);
      assertThat(denial(gate)).isEqualTo("large");
      String nested = "package intentgate.policy\ndecision := " + "[".repeat(500_000);
      assertThat(post(gate, "drafts", body("rego_source", nested), SUPER).status()).isEqualTo(400);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(120));
    }
  }

  @Test
  void regoThatDoesNotCompileIsA400WithRowAndColumnOfEachError() {
    try (TestGate gate = start()) {
      String bad = "package intentgate.policy\ndecision := {\"allow\": x}\nother := y\n";
      for (Answer answer :
          List.of(
              post(gate, "drafts", body("rego_source", bad), SUPER),
              post(gate, "dry-run", body("rego", bad), SUPER))) {
        assertThat(answer.status()).isEqualTo(400);
        JsonNode errors = TestGate.json(answer).get("errors");
        assertThat(errors.findValuesAsText("row")).containsExactly("2", "3");
        assertThat(errors.findValuesAsText("col")).doesNotContain("0");
        assertThat(errors.at("/0/code").asText()).startsWith("rego_");
      }
    }
  }

  @Test
  void aDryRunExplainsAndStreamsItsProgress() {
    try (TestGate gate = start("AUDIT_PERSIST_ARG_VALUES", "scalars")) {
      gate.call("read_a");
      gate.call("t");
      ObjectNode body = body("rego", source("closed"));
      body.put("explain", true);
      JsonNode report = TestGate.json(post(gate, "dry-run", body, SUPER));
      assertThat(report.at("/samples")).hasSize(1);
      assertThat(report.at("/samples/0/explanation/rule").asText()).isEqualTo("default decision");
      assertThat(report.at("/samples/0/explanation/row").asInt()).isEqualTo(2);
      Answer lines =
          gate.post(P + "dry-run", body.toString(), AUTH, SUPER, "Accept", "application/x-ndjson");
      assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
      List<String> all = lines.text().lines().toList();
      assertThat(all.get(0)).startsWith("{\"progress\":{\"evaluated\":");
      assertThat(all.get(all.size() - 1)).startsWith("{\"result\":{\"summary\":");
      body.putArray("inputs").addObject().put("tool", "a");
      JsonNode made = TestGate.json(post(gate, "dry-run", body, SUPER));
      assertThat(made.at("/samples/0/input_index").asInt()).isZero();
      body.putObject("input");
      assertThat(post(gate, "dry-run", body, SUPER).status()).isEqualTo(400);
      Answer broken =
          gate.post(
              P + "dry-run",
              body("rego", "no rego").toString(),
              AUTH,
              SUPER,
              "Accept",
              "application/x-ndjson");
      assertThat(broken.status()).isEqualTo(400);
    }
  }

  @Test
  void aDecisionSaysWhyWithRuleAndRow() {
    try (TestGate gate = start()) {
      String call = gate.call("t").header("X-IntentGate-Call-Id");
      JsonNode first = TestGate.json(gate.get("/v1/admin/decisions/" + call, AUTH, SUPER));
      assertThat(first.at("/events/0/decision").asText()).isEqualTo("block");
      assertThat(first.at("/explanation/rule").asText()).isEqualTo("default decision");
      String source =
          "package intentgate.policy\ndefault decision := {\"allow\": false}\n\n"
              + "decision := {\"allow\": true} if input.tool == \"t\"\n";
      Answer made = post(gate, "drafts", body("rego_source", source), SUPER);
      String id = TestGate.json(made).get("id").asText();
      promote(gate, id, SUPER);
      String allowed = gate.call("t").header("X-IntentGate-Call-Id");
      post(gate, "rollback", body(), SUPER);
      JsonNode why = TestGate.json(gate.get("/v1/admin/decisions/" + allowed, AUTH, SUPER));
      assertThat(why.at("/policy/draft_id").asText()).isEqualTo(id);
      assertThat(why.at("/policy/revision").asInt()).isEqualTo(1);
      assertThat(why.at("/explanation/rule").asText()).isEqualTo("decision");
      assertThat(why.at("/explanation/row").asInt()).isEqualTo(4);
      Answer foreign = gate.get("/v1/admin/decisions/" + allowed, AUTH, ACME);
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(gate.get("/v1/admin/decisions/none", AUTH, SUPER).status()).isEqualTo(404);
      String bare =
          gate.post(
                  "/v1/mcp",
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                      + "{\"name\":\"t\",\"arguments\":{\"a\":1}}}")
              .header("X-IntentGate-Call-Id");
      assertThat(gate.get("/v1/admin/decisions/" + bare, AUTH, SUPER).text())
          .contains("the values of the arguments were not kept");
    }
  }

  @Test
  void aShadowIsListedWithItsDifferencesAndEnded() throws Exception {
    try (TestGate gate = start()) {
      assertThat(get(gate, "shadow", SUPER).text()).contains("\"shadow\":null");
      String id = draft(gate, "shadow says no", SUPER);
      assertThat(post(gate, "shadow", body("draft_id", id), SUPER).status()).isEqualTo(200);
      gate.call("read_a");
      gate.call("t");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      JsonNode report;
      do {
        report = TestGate.json(get(gate, "shadow", SUPER));
      } while (report.get("compared").asInt() < 2 && System.nanoTime() < end);
      assertThat(report.get("different").asInt()).isEqualTo(1);
      assertThat(report.at("/differences/0/tool").asText()).isEqualTo("read_a");
      assertThat(report.at("/differences/0/shadow_reason").asText()).isEqualTo("shadow says no");
      assertThat(gate.send("DELETE", P + "shadow", new byte[0], AUTH, SUPER).text())
          .contains("\"shadow\":null");
      assertThat(post(gate, "shadow", body("draft_id", "none"), SUPER).status()).isEqualTo(404);
    }
  }
}
