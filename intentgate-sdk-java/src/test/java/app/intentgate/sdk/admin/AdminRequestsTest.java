package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.operator.Role;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each method of the operator's client asks a gate: method, path, query and body. */
@Timeout(60)
class AdminRequestsTest {
  private static final PolicyDraft DRAFT =
      PolicyDraft.of(
          JsonObject.builder().put("id", "d1").put("revision", 3).put("rego_sha256", "ab").build());
  private static final PolicyDraft UNCOUNTED = PolicyDraft.of(id("d2"));
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final AdminGate gate = new AdminGate();

  @AfterEach
  void close() {
    gate.close();
  }

  private static JsonObject id(String id) {
    return JsonObject.of("id", JsonValue.of(id));
  }

  private static Arguments call(String asked, Consumer<AdminClient> call) {
    return arguments(asked, call);
  }

  static Stream<Arguments> tokens_and_operators() {
    return Stream.of(
        call("GET /v1/admin/whoami", AdminClient::whoami),
        call(
            "POST /v1/admin/revoke {\"jti\":\"j/1\",\"reason\":\"lost \\\"it\\\"\"}",
            a -> a.tokens().revoke("j/1", "lost \"it\"")),
        call("GET /v1/admin/revocations?limit=10&offset=0", a -> a.tokens().revocations(10, 0)),
        call(
            "GET /v1/admin/tokens?tenant=a%26b&subject=%C3%A9%20x&limit=5&offset=10",
            a -> a.tokens().minted("a&b", "é x", 5, 10)),
        call("GET /v1/admin/tokens?limit=5&offset=0", a -> a.tokens().minted("", "", 5, 0)),
        call("GET /v1/admin/operators", a -> a.operators().list()),
        call(
            "POST /v1/admin/operators {\"name\":\"ann\",\"role\":\"viewer\"}",
            a -> a.operators().create("ann", Role.VIEWER, "", "", null)),
        call(
            "POST /v1/admin/operators {\"name\":\"bob\",\"role\":\"operator\",\"tenant\":\"acme\","
                + "\"subject\":\"bobs-agent\",\"expires_at\":\"2026-05-01T12:00:00Z\"}",
            a -> a.operators().create("bob", Role.OPERATOR, "acme", "bobs-agent", NOON)),
        call(
            "POST /v1/admin/operators/o%2F1/rotate {\"grace_seconds\":90}",
            a -> a.operators().rotate("o/1", Duration.ofSeconds(90))),
        call(
            "POST /v1/admin/operators/o1/rotate {\"grace_seconds\":0}",
            a -> a.operators().rotate("o1", Duration.ZERO)),
        call("DELETE /v1/admin/operators/o%3F1%23", a -> a.operators().revoke("o?1#")));
  }

  static Stream<Arguments> approvals_and_kill_switches() {
    return Stream.of(
        call(
            "GET /v1/admin/approvals?status=pending&limit=1000&offset=0",
            a -> a.approvals().pending()),
        call("GET /v1/admin/approvals?limit=7&offset=14", a -> a.approvals().list("", 7, 14)),
        call("GET /v1/admin/approvals/p%201", a -> a.approvals().get("p 1")),
        call(
            "POST /v1/admin/approvals/p1/decide"
                + " {\"decision\":\"approve\",\"decided_by\":\"ann\",\"note\":\"fine\"}",
            a -> a.approvals().approve("p1", "ann", "fine")),
        call(
            "POST /v1/admin/approvals/..%2Fp1/decide"
                + " {\"decision\":\"reject\",\"decided_by\":\"ann\",\"note\":\"\"}",
            a -> a.approvals().reject("../p1", "ann", "")),
        call("GET /v1/admin/kill-switch", a -> a.killSwitches().list()),
        call(
            "POST /v1/admin/kill-switch"
                + " {\"scope\":\"agent\",\"tenant\":\"acme\",\"value\":\"x\",\"reason\":\"odd\"}",
            a -> a.killSwitches().stopAgent("acme", "x", "odd")),
        call(
            "POST /v1/admin/kill-switch {\"scope\":\"tenant\",\"tenant\":\"acme\"}",
            a -> a.killSwitches().stopTenant("acme", "")),
        call(
            "POST /v1/admin/kill-switch {\"scope\":\"global\",\"reason\":\"fire\"}",
            a -> a.killSwitches().stopAll("fire")),
        call(
            "POST /v1/admin/kill-switch/release {\"scope\":\"tenant\",\"tenant\":\"acme\"}",
            a -> a.killSwitches().release(Scope.TENANT, "acme", "")),
        call(
            "POST /v1/admin/kill-switch/release {\"scope\":\"global\"}",
            a -> a.killSwitches().release(Scope.GLOBAL, "", "")));
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        call(
            "GET /v1/admin/policies/drafts?tenant=acme&limit=5&offset=0",
            a -> a.policies().drafts("acme", 5, 0)),
        call("GET /v1/admin/policies/drafts/d%2F1?revision=2", a -> a.policies().draft("d/1", 2)),
        call(
            "POST /v1/admin/policies/drafts"
                + " {\"name\":\"n\",\"rego_source\":\"package x\\n\",\"created_by\":\"ann\"}",
            a -> a.policies().create("n", "package x\n", "ann", "")),
        call(
            "POST /v1/admin/policies/drafts {\"id\":\"as-given\"}",
            a -> a.policies().create(id("as-given"))),
        call(
            "PUT /v1/admin/policies/drafts/d1 {\"name\":\"n\",\"rego_source\":\"package x\"}",
            a -> a.policies().update("d1", "n", "", "package x")),
        call("DELETE /v1/admin/policies/drafts/d1", a -> a.policies().delete("d1")),
        call("GET /v1/admin/policies/active", a -> a.policies().active("")),
        call("GET /v1/admin/policies/active?tenant=acme", a -> a.policies().active("acme")),
        call(
            "POST /v1/admin/policies/active"
                + " {\"draft_id\":\"d2\",\"promoted_by\":\"ann\",\"tenant\":\"acme\"}",
            a -> a.policies().promote(UNCOUNTED, "ann", "acme")),
        call("DELETE /v1/admin/policies/active?tenant=acme", a -> a.policies().clear("acme")),
        call(
            "POST /v1/admin/policies/rollback {\"rolled_back_by\":\"ann\"}",
            a -> a.policies().rollback("ann", "")),
        call(
            "POST /v1/admin/policies/rollback"
                + " {\"to\":\"builtin\",\"rolled_back_by\":\"ann\",\"tenant\":\"acme\"}",
            a -> a.policies().rollback("builtin", "ann", "acme")),
        call(
            "POST /v1/admin/policies/propose {\"draft_id\":\"d1\",\"proposed_by\":\"ann\","
                + "\"revision\":3,\"rego_sha256\":\"ab\"}",
            a -> a.policies().propose(DRAFT, "ann", "")),
        call(
            "POST /v1/admin/policies/propose"
                + " {\"action\":\"rollback\",\"to\":\"h7\",\"proposed_by\":\"ann\"}",
            a -> a.policies().proposeRollback("h7", "ann", "")),
        call(
            "POST /v1/admin/policies/propose"
                + " {\"action\":\"clear\",\"proposed_by\":\"ann\",\"tenant\":\"acme\"}",
            a -> a.policies().proposeClear("ann", "acme")),
        call(
            "POST /v1/admin/policies/approve {\"acted_by\":\"bob\"}",
            a -> a.policies().approve(0, "", "bob", "")),
        call(
            "POST /v1/admin/policies/reject {\"acted_by\":\"bob\",\"tenant\":\"acme\"}",
            a -> a.policies().reject("bob", "acme")),
        call(
            "GET /v1/admin/policies/history?tenant=acme&limit=5&cursor=a%2Bb%2F%3D",
            a -> a.policies().history("acme", 5, "a+b/=")),
        call(
            "POST /v1/admin/policies/dry-run {\"rego\":\"package mine\"}",
            a -> a.policies().dryRun("package mine", JsonObject.of("rego", JsonValue.of("old")))));
  }

  static Stream<Arguments> the_audit_log() {
    AuditQuery all =
        AuditQuery.builder()
            .agentId("a+b")
            .decision("block")
            .check("policy")
            .jti("j1")
            .elevationId("e1")
            .callId("c1")
            .to(NOON)
            .offset(4)
            .limit(1)
            .build();
    return Stream.of(
        call(
            "GET /v1/admin/audit?to=2026-05-01T12%3A00%3A00Z&agent_id=a%2Bb&decision=block"
                + "&check=policy&jti=j1&elevation_id=e1&call_id=c1&limit=1&offset=4",
            a -> a.audit().query(all)),
        call("GET /v1/admin/audit/verify", a -> a.audit().verify("")),
        call("GET /v1/admin/audit/verify?tenant=acme", a -> a.audit().verify("acme")),
        call(
            "GET /v1/admin/audit/checkpoints?tenant=acme&from_sequence=9000000000&limit=3",
            a -> a.audit().checkpoints("acme", 9_000_000_000L, 3)),
        call("GET /v1/admin/audit/key", a -> a.audit().keys()),
        call("GET /v1/admin/tenants?x=1", a -> a.get("/v1/admin/tenants?x=1")),
        call("POST /v1/admin/preview {\"id\":\"1\"}", a -> a.post("/v1/admin/preview", id("1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "tokens_and_operators",
    "approvals_and_kill_switches",
    "policies",
    "the_audit_log"
  })
  void a_method_asks_for_its_route_and_nothing_else(String asked, Consumer<AdminClient> call) {
    gate.answering("{}");

    call.accept(gate.admin);

    assertThat(gate.asked()).isEqualTo(asked);
    assertThat(gate.last().header("Authorization")).isEqualTo("Bearer " + AdminGate.TOKEN);
    assertThat(gate.gate.requests).hasSize(1);
  }

  @Test
  void a_token_is_asked_for_anew_before_each_request() {
    gate.answering("{}");
    StringBuilder token = new StringBuilder("t");
    try (AdminClient admin =
        AdminClient.builder()
            .url(gate.gate.url())
            .token(() -> token.append('t').toString())
            .build()) {
      admin.whoami();
      admin.whoami();
    }
    assertThat(gate.gate.requests)
        .extracting(seen -> seen.header("Authorization"))
        .containsExactly("Bearer tt", "Bearer ttt");
  }

  @Test
  void a_gate_behind_a_prefix_is_asked_below_it() {
    gate.answering("{}");
    try (AdminClient admin =
        AdminClient.builder().url(gate.gate.url() + "/team%2Fa//").token("t").build()) {
      admin.whoami();
    }
    assertThat(gate.last().path()).isEqualTo("/team%2Fa/v1/admin/whoami");
  }
}
