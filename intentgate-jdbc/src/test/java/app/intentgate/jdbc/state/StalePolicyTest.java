package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.operator.Operator;
import app.intentgate.policy.lifecycle.DraftText;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyService;
import app.intentgate.policy.lifecycle.PolicyTarget;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is judged by a policy that perhaps is not in force any more (B21, B37). */
@Timeout(120)
class StalePolicyTest {
  private static final Operator PAT = new Operator("superadmin", "", "pat", "", "");
  private static final KeyRing KEYS = KeyRing.generate();
  private static final AtomicInteger IDS = new AtomicInteger();

  private static IntentGate gate(SqlState state) {
    return IntentGate.builder()
        .keys(KEYS)
        .audit(new MemoryAuditStore())
        .revocations(state.revocations())
        .killSwitches(state.killSwitches())
        .build();
  }

  private static PolicyService follow(IntentGate gate, SqlState state, String name) {
    return PolicyService.start(
        new PolicyService.Parts(
            state.policies(),
            gate.policies(),
            gate.audit(),
            Duration.ofSeconds(5),
            false,
            name,
            () -> "change-" + IDS.incrementAndGet(),
            Clock.systemUTC()));
  }

  private static void promote(PolicyService policies, boolean allow) {
    String source =
        "package intentgate.policy\ndefault decision := {\"allow\": "
            + allow
            + ", \"reason\": \"policy "
            + allow
            + "\"}\n";
    DraftText text = new DraftText("p", "", source, "", false);
    PolicyDraft draft = policies.drafts().create("", text, "pat", PAT);
    var unused =
        policies.changes().change("", PolicyTarget.promote(draft.id(), null, ""), "pat", PAT);
  }

  private static Decision until(IntentGate gate, ToolCall call, Predicate<Decision> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (true) {
      Decision decision = gate.authorize(call);
      if (wanted.test(decision)) {
        return decision;
      }
      assertThat(System.nanoTime()).as("%s", decision).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void a_gate_that_hears_nothing_refuses_what_its_last_policy_would_allow() throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        TwoGates states =
            new TwoGates(
                EmbeddedPostgresServer.newMigratedDatabase(), Duration.ofSeconds(3), proxy.port());
        IntentGate a = gate(states.a);
        IntentGate b = gate(states.b);
        PolicyService ofA = follow(a, states.a, "a");
        PolicyService ofB = follow(b, states.b, "b")) {
      CapabilityToken token = a.mint(Grant.to("bot").tenant("acme"));
      ToolCall call = ToolCall.of("pay").bearer(token);
      promote(ofA, true);
      until(b, call, Decision::allowed);
      assertThat(ofB.inForce("").sha256()).isEqualTo(ofA.inForce("").sha256());

      proxy.silent(true);
      promote(ofA, false);
      Decision refused = until(b, call, decision -> !decision.allowed());
      assertThat(refused.reason()).as("not by a policy it cannot have heard of").contains("store");
      assertThat(b.authorize(ToolCall.of("pay")).allowed()).as("without a token too").isFalse();

      proxy.silent(false);
      Decision after = until(b, call, decision -> decision.reason().equals("policy false"));
      assertThat(after.allowed()).isFalse();
    }
  }
}
