package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.NOW;
import static app.intentgate.check.run.Callers.NOW_MILLIS;
import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.mint;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Refusal;
import app.intentgate.check.RiskSource;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.StoreUnavailableException;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.OnBehalfOf;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CapabilityCheckTest {
  private static final String OBO_SECRET = "shared with the identity provider";
  private static final Credential NONE = Credential.NONE;

  private RevocationStore revocations = new MemoryRevocationStore();
  private KillSwitchStore killSwitches = new MemoryKillSwitchStore();
  private RiskSource risks = RiskSource.UNKNOWN;
  private boolean tokenRequired = true;
  private boolean ignoreUnknownRisk;
  private OnBehalfOf onBehalfOf = OnBehalfOf.withKey(OBO_SECRET);

  private CapabilityCheck check() {
    return new CapabilityCheck(
        Callers.VERIFIER,
        revocations,
        killSwitches,
        risks,
        new CapabilityCheck.Settings(tokenRequired, ignoreUnknownRisk, "agent:", onBehalfOf));
  }

  private Outcome<Caller> check(String tool, CapabilityToken token) {
    return check().check(call(tool).bearer(token), NOW_MILLIS);
  }

  private static Refusal refusal(Outcome<Caller> outcome) {
    assertThat(outcome).isInstanceOf(Deny.class);
    Refusal refusal = ((Deny<Caller>) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(DenialCode.CAPABILITY);
    return refusal;
  }

  @Test
  void a_covered_call_passes_with_who_makes_it() {
    Outcome<Caller> outcome = check("read", mint(grant().tools("read").zone("finance")));
    assertThat(outcome).isInstanceOf(Pass.class);
    Caller caller = outcome.found();
    assertThat(caller.agentId()).isEqualTo("bot");
    assertThat(caller.tenant()).isEqualTo("acme");
    assertThat(caller.zone()).isEqualTo("finance");
    assertThat(caller.user()).isNull();
  }

  @Test
  void a_tool_the_token_lacks_is_refused_to_a_caller_that_is_known() {
    Outcome<Caller> outcome = check("pay", mint(grant().tools("read")));
    assertThat(refusal(outcome).reason()).contains("tool \"pay\" not in allowed set");
    assertThat(refusal(outcome).authentication()).isFalse();
    assertThat(outcome.found().agentId()).isEqualTo("bot");
  }

  @Test
  void a_credential_that_does_not_verify_proves_nobody() {
    for (Credential bad :
        List.of(new Credential.Unusable("no bearer"), new Credential.Bearer("bm90IGEgdG9rZW4"))) {
      Outcome<Caller> outcome = check().check(call("read").credential(bad), NOW_MILLIS);
      assertThat(refusal(outcome).authentication()).isTrue();
      assertThat(outcome.found().isAuthenticated()).isFalse();
    }
    assertThat(
            refusal(
                    check()
                        .check(
                            call("read").credential(new Credential.Unusable("no bearer")),
                            NOW_MILLIS))
                .reason())
        .isEqualTo("no bearer");
  }

  @Test
  void nobody_known_passes_only_where_no_token_is_required() {
    Refusal required = refusal(check().check(call("read"), NOW_MILLIS));
    assertThat(required.reason())
        .isEqualTo("capability token required (INTENTGATE_REQUIRE_CAPABILITY=true)");
    assertThat(required.authentication()).isTrue();
    tokenRequired = false;
    assertThat(check().check(call("read"), NOW_MILLIS)).isEqualTo(new Pass<>(Caller.ANONYMOUS));
  }

  @Test
  void an_expired_token_did_not_prove_who_it_is_and_one_of_the_last_second_did() {
    CapabilityToken token = mint(grant().expiresIn(Duration.ofSeconds(60)));
    assertThat(check().check(call("read").bearer(token), NOW_MILLIS + 59_999))
        .isInstanceOf(Pass.class);
    assertThat(
            refusal(check().check(call("read").bearer(token), NOW_MILLIS + 60_000))
                .authentication())
        .isTrue();
  }

  @Test
  void a_token_counts_no_longer_than_the_proof_it_was_given_for() {
    long end = NOW.getEpochSecond() + 10;
    Credential bearer = new Credential.Bearer(mint(grant()).encode(), end);
    assertThat(check().check(call("read").credential(bearer), end * 1000 - 1))
        .isInstanceOf(Pass.class);
    Outcome<Caller> late = check().check(call("read").credential(bearer), end * 1000);
    assertThat(refusal(late)).isEqualTo(Refusal.unauthenticated("token expired"));
    assertThat(late.found().agentId()).as("for the log").isEqualTo("bot");
  }

  private void engage(Scope scope, String tenant, String agent) {
    now(killSwitches.engage(new KillSwitchEntry(scope, tenant, agent, "incident", NOW, "pat")));
  }

  @Test
  void a_kill_switch_of_the_agent_the_tenant_or_all_stops_a_call_B45() {
    CapabilityToken token = mint(grant());
    engage(Scope.AGENT, "acme", "other");
    engage(Scope.TENANT, "globex", "");
    assertThat(check("read", token)).isInstanceOf(Pass.class);
    engage(Scope.GLOBAL, "", "");
    assertThat(refusal(check("read", token)).reason()).isEqualTo("halted by kill switch (global)");
    engage(Scope.TENANT, "acme", "");
    assertThat(refusal(check("read", token)).reason()).isEqualTo("halted by kill switch (tenant)");
    engage(Scope.AGENT, "acme", "bot");
    Outcome<Caller> stopped = check("read", token);
    assertThat(refusal(stopped).reason()).isEqualTo("halted by kill switch (agent)");
    assertThat(refusal(stopped).authentication()).isFalse();
    assertThat(stopped.found().agentId()).isEqualTo("bot");
  }

  @Test
  void a_revoked_token_did_not_prove_who_it_is() {
    CapabilityToken token = mint(grant());
    now(revocations.revoke(new Revocation(token.id(), "acme", NOW, "lost")));
    assertThat(refusal(check("read", token))).isEqualTo(Refusal.unauthenticated("token revoked"));
  }

  @Test
  void revoking_a_link_of_the_chain_revokes_what_descends_from_it_B11() {
    CapabilityToken root = mint(grant());
    CapabilityToken child = root.attenuate(new Caveat.MaxCalls(5));
    CapabilityToken grandchild = child.attenuate(new Caveat.MaxCalls(4));
    now(revocations.revoke(new Revocation(child.chainId(), "acme", NOW, "")));
    assertThat(check("read", root)).isInstanceOf(Pass.class);
    assertThat(refusal(check("read", child)).reason()).isEqualTo("token revoked");
    assertThat(refusal(check("read", grandchild)).reason()).isEqualTo("token revoked");
  }

  /** A store whose copy of the list is out of date: every question fails. */
  private static <T> T outOfDate(Class<T> store) {
    return store.cast(
        Proxy.newProxyInstance(
            store.getClassLoader(),
            new Class<?>[] {store},
            (proxy, method, arguments) -> {
              throw new StoreUnavailableException("out of date");
            }));
  }

  @Test
  void lists_that_may_be_out_of_date_refuse() {
    CapabilityToken token = mint(grant());
    revocations = outOfDate(RevocationStore.class);
    assertThat(refusal(check("read", token)).reason())
        .isEqualTo("revocation store unavailable; token rejected (fail-closed)");
    killSwitches = outOfDate(KillSwitchStore.class);
    assertThat(refusal(check("read", token)).reason())
        .isEqualTo("kill switch store unavailable; request halted (fail-closed)");
    tokenRequired = false;
    assertThat(refusal(check().check(call("read"), NOW_MILLIS)).reason())
        .startsWith("kill switch store unavailable");
  }

  private static String obo(String agent, long expires) throws Exception {
    byte[] payload =
        "{\"sub\":\"%s\",\"act\":\"maria\",\"exp\":%d}"
            .formatted(agent, expires)
            .getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(OBO_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(payload) + "." + base64.encodeToString(mac.doFinal(payload));
  }

  private Outcome<Caller> actingWith(String obo) {
    return check().check(call("read").bearer(mint(grant())).onBehalfOf(obo), NOW_MILLIS);
  }

  @Test
  void an_agent_acts_for_the_person_its_identity_provider_names() throws Exception {
    long soon = NOW.getEpochSecond() + 5;
    assertThat(actingWith("  " + obo("bot", soon) + " ").found().user().user()).isEqualTo("maria");
    assertThat(actingWith(" ").found().user()).as("nobody is named").isNull();
    assertThat(refusal(actingWith(obo("another", soon))).reason())
        .isEqualTo("invalid on-behalf-of token: obo: issued for another agent");
    assertThat(refusal(actingWith(obo("bot", NOW.getEpochSecond()))).reason())
        .isEqualTo("invalid on-behalf-of token: obo: token expired");
    onBehalfOf = null;
    assertThat(refusal(actingWith(obo("bot", soon))).reason())
        .isEqualTo("on-behalf-of token presented but gateway has no OBO key configured");
  }

  @Test
  void the_risk_of_this_agent_of_this_tenant_is_held_against_the_ceiling_B8() {
    CapabilityToken token = mint(grant().riskMax(50));
    assertThat(refusal(check("read", token)).reason()).endsWith("caller risk is unknown");
    ignoreUnknownRisk = true;
    assertThat(check("read", token)).isInstanceOf(Pass.class);
    List<String> asked = new ArrayList<>();
    risks =
        (tenant, agent) -> {
          asked.add(tenant + "/" + agent);
          return OptionalInt.of(51);
        };
    assertThat(refusal(check("read", token)).reason())
        .endsWith("caller risk 51 exceeds token ceiling 50");
    assertThat(asked).containsExactly("acme/bot");
  }

  @Test
  void a_tool_that_is_another_agent_must_be_one_the_token_may_call() {
    CapabilityToken token = mint(grant().callees(List.of("helper")));
    assertThat(check("agent:helper", token)).isInstanceOf(Pass.class);
    assertThat(check("agent: helper ", token)).isInstanceOf(Pass.class);
    assertThat(refusal(check("agent:stranger", token)).reason())
        .contains("calling agent \"stranger\"");
    assertThat(check("stranger", token)).as("no agent, a tool").isInstanceOf(Pass.class);
  }

  @Test
  void who_a_caller_is_does_not_depend_on_tools() {
    CapabilityToken token = mint(grant().tools("read").expiresIn(Duration.ofSeconds(60)));
    Credential bearer = new Credential.Bearer(token.encode());
    assertThat(check().admit(bearer, null, NOW_MILLIS)).isInstanceOf(Pass.class);
    assertThat(check().admit(bearer, null, NOW_MILLIS).found().agentId()).isEqualTo("bot");
    Outcome<Caller> late = check().admit(bearer, null, NOW_MILLIS + 60_000);
    assertThat(refusal(late).authentication()).isTrue();
    assertThat(late.found().agentId()).isEqualTo("bot");
    assertThat(refusal(check().admit(NONE, null, NOW_MILLIS)).authentication()).isTrue();
    tokenRequired = false;
    assertThat(check().admit(NONE, null, NOW_MILLIS)).isEqualTo(new Pass<>(Caller.ANONYMOUS));
  }

  @Test
  void a_list_shows_the_tools_a_token_permits() {
    Caller caller = Callers.holding(grant().tools("read"));
    assertThat(check().mayCall(caller, "read", NOW_MILLIS)).isTrue();
    assertThat(check().mayCall(caller, "pay", NOW_MILLIS)).isFalse();
    assertThat(check().mayCall(Caller.ANONYMOUS, "read", NOW_MILLIS)).isFalse();
    tokenRequired = false;
    assertThat(check().mayCall(Caller.ANONYMOUS, "read", NOW_MILLIS)).isTrue();
  }
}
