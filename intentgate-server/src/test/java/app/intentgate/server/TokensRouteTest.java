package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.testing.Eventually;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators know of tokens that were minted (decisions, Operators): the list, revoking all of
 * a subject or a tenant, and what a token may.
 */
@Timeout(60)
class TokensRouteTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String ACME = "Bearer fake-acme-token";

  @TempDir Path directory;
  private TestGate gate;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private JsonNode mint(String body) {
    return TestGate.json(gate.post("/v1/admin/mint", body, AUTH, SUPER));
  }

  private List<String> listed(String query, String who) {
    return TestGate.json(gate.get("/v1/admin/tokens" + query, AUTH, who))
        .path("tokens")
        .findValuesAsText("jti");
  }

  private int callWith(JsonNode minted) {
    JsonNode answer =
        TestGate.json(
            gate.post(
                "/v1/tool-call",
                "{\"tool\":\"read_a\"}",
                AUTH,
                "Bearer " + minted.path("token").asText()));
    return answer.path("decision").asText().equals("allow") ? 200 : answer.path("code").asInt();
  }

  @Test
  void theTokensMintedAreListedWithTheirTermsAndWithoutThemselves() {
    JsonNode plain = mint("{\"subject\":\"a\"}");
    JsonNode limited =
        mint("{\"subject\":\"b\",\"tenant\":\"acme\",\"max_calls\":3,\"ttl_seconds\":60}");
    Answer answer = gate.get("/v1/admin/tokens", AUTH, SUPER);
    JsonNode rows = TestGate.json(answer).path("tokens");

    assertThat(rows.findValuesAsText("jti"))
        .containsExactly(limited.path("jti").asText(), plain.path("jti").asText());
    assertThat(rows.at("/0/subject").asText()).isEqualTo("b");
    assertThat(rows.at("/0/tenant").asText()).isEqualTo("acme");
    assertThat(rows.at("/0/max_calls").asInt()).isEqualTo(3);
    assertThat(rows.at("/0/expires_at").asText()).isEqualTo(limited.path("expires_at").asText());
    assertThat(rows.at("/0/minted_by").asText()).isEqualTo("superadmin");
    assertThat(rows.at("/0/revoked").asBoolean()).isFalse();
    assertThat(rows.get(1).has("expires_at")).isFalse();
    assertThat(answer.text()).doesNotContain(plain.path("token").asText());
  }

  @Test
  void aTokenWithALimitIsListedWithWhatIsLeftOfIt() {
    JsonNode limited = mint("{\"subject\":\"b\",\"max_calls\":3}");
    JsonNode plain = mint("{\"subject\":\"b\"}");
    assertThat(callWith(limited)).isEqualTo(200);
    assertThat(callWith(plain)).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      JsonNode rows = TestGate.json(gate.get("/v1/admin/tokens", AUTH, SUPER)).path("tokens");
      assertThat(rows.at("/1/uses_left").asInt()).as("looking takes nothing").isEqualTo(2);
      assertThat(rows.get(0).has("uses_left")).isFalse();
    }
    callWith(limited);
    callWith(limited);
    JsonNode rows = TestGate.json(gate.get("/v1/admin/tokens", AUTH, SUPER)).path("tokens");
    assertThat(rows.at("/1/uses_left").asInt()).isZero();
    assertThat(callWith(limited)).isEqualTo(-32013);
  }

  @Test
  void anOperatorOfOneTenantSeesItsOwnAndPagesWork() {
    JsonNode own = mint("{\"subject\":\"a\",\"tenant\":\"acme\"}");
    JsonNode foreign = mint("{\"subject\":\"a\",\"tenant\":\"other\"}");

    assertThat(listed("", ACME)).containsExactly(own.path("jti").asText());
    assertThat(gate.get("/v1/admin/tokens?tenant=other", AUTH, ACME).status()).isEqualTo(403);
    assertThat(listed("?limit=1", SUPER)).containsExactly(foreign.path("jti").asText());
    assertThat(listed("?limit=1&offset=1", SUPER)).containsExactly(own.path("jti").asText());
    assertThat(listed("?subject=nobody", SUPER)).isEmpty();
  }

  @Test
  void allTokensOfASubjectAreRevokedAndNoOthers() {
    JsonNode first = mint("{\"subject\":\"a\",\"tenant\":\"acme\"}");
    JsonNode second = mint("{\"subject\":\"a\",\"tenant\":\"acme\",\"ttl_seconds\":60}");
    JsonNode other = mint("{\"subject\":\"b\",\"tenant\":\"acme\"}");
    JsonNode foreign = mint("{\"subject\":\"a\",\"tenant\":\"other\"}");

    Answer answer =
        gate.post("/v1/admin/revoke", "{\"subject\":\"a\",\"reason\":\"leak\"}", AUTH, ACME);

    assertThat(TestGate.json(answer).path("revoked").asInt()).isEqualTo(2);
    assertThat(callWith(first)).isEqualTo(-32010);
    assertThat(callWith(second)).isEqualTo(-32010);
    assertThat(callWith(other)).isEqualTo(200);
    assertThat(callWith(foreign)).isEqualTo(200);
    assertThat(
            TestGate.json(gate.post("/v1/admin/revoke", "{\"tenant\":\"acme\"}", AUTH, SUPER))
                .path("revoked")
                .asInt())
        .as("the one of the tenant that was left")
        .isEqualTo(1);
    assertThat(callWith(other)).isEqualTo(-32010);
    assertThat(callWith(foreign)).isEqualTo(200);
  }

  @Test
  void revokingByTwoNamesAtOnceOrByAnothersTenantIsRefused() {
    assertThat(
            gate.post("/v1/admin/revoke", "{\"jti\":\"x\",\"subject\":\"a\"}", AUTH, SUPER)
                .status())
        .isEqualTo(400);
    assertThat(gate.post("/v1/admin/revoke", "{\"tenant\":\"other\"}", AUTH, ACME).status())
        .isEqualTo(403);
    assertThat(gate.post("/v1/admin/revoke", "{}", AUTH, SUPER).status()).isEqualTo(400);
  }

  private Answer check(String tool, String token, String who) {
    return gate.post(
        "/v1/admin/check",
        Vectors.JSON.createObjectNode().put("tool", tool).put("token", token).toString(),
        AUTH,
        who);
  }

  @Test
  void aCheckSaysWhatWouldBeDecidedAndChargesAndRecordsNothing() {
    String token = gate.mint(Grant.to("a").tenant("acme").tools(List.of("read_*")).maxCalls(1));
    int before = gate.events().size();
    for (int i = 0; i < 3; i++) {
      assertThat(TestGate.json(check("read_a", token, SUPER)).path("decision").asText())
          .isEqualTo("allow");
    }
    JsonNode refused = TestGate.json(check("delete_a", token, ACME));
    JsonNode unknown = TestGate.json(check("read_a", "not-a-token", ACME));

    assertThat(refused.path("decision").asText()).isEqualTo("block");
    assertThat(refused.path("check").asText()).isEqualTo("capability");
    assertThat(refused.path("agent_id").asText()).isEqualTo("a");
    assertThat(unknown.path("code").asInt()).isEqualTo(-32010);
    assertThat(gate.events()).hasSize(before);
    assertThat(
            TestGate.json(
                    gate.post("/v1/tool-call", "{\"tool\":\"read_a\"}", AUTH, "Bearer " + token))
                .path("decision")
                .asText())
        .as("the one call the token has")
        .isEqualTo("allow");
  }

  @Test
  void aCheckIsNoLiveCallForAPolicyInTheShadow() {
    OperatorClient who = OperatorClient.superadmin(gate);
    String draft =
        who.done(
                "policies/drafts",
                "{'rego_source':'package intentgate.policy\\ndecision := {\\'allow\\': false,"
                    + " \\'reason\\': \\'no\\'}'}")
            .path("id")
            .asText();
    who.done("policies/shadow", "{'draft_id':'" + draft + "'}");
    String token = gate.mint(Grant.to("a").tenant("other"));

    assertThat(check("read_foreign", token, ACME).status()).isEqualTo(403);
    assertThat(check("read_foreseen", token, SUPER).status()).isEqualTo(200);
    gate.call("read_live");

    Eventually.until(() -> who.read("policies/shadow").path("compared").asInt() > 0);
    assertThat(who.read("policies/shadow").path("differences").findValuesAsText("tool"))
        .containsExactly("read_live");
  }

  @Test
  void anotherTenantsTokenIsNotChecked() {
    String token = gate.mint(Grant.to("a").tenant("other"));

    assertThat(check("read_a", token, ACME).status()).isEqualTo(403);
    assertThat(check("read_a", "", ACME).status()).isEqualTo(400);
    assertThat(check("", token, SUPER).status()).isEqualTo(400);
  }
}
