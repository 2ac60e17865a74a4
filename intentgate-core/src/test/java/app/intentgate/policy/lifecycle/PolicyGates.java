package app.intentgate.policy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.operator.Operator;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.PolicyException;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** Gates in this JVM that follow a policy store, and short ways to work them. */
abstract class PolicyGates {
  static final Operator SUPER = new Operator("superadmin", "", "", "1.2.3.4:5", "el-1");
  static final Operator OTHER = new Operator("operator:2", "", "", "", "");
  static final Operator ACME = new Operator("tenant-admin:acme", "acme", "", "", "");
  static final JsonObject CALL = JsonObject.of("tool", JsonString.of("pay"));
  private static final AtomicInteger IDS = new AtomicInteger();

  final MemoryAuditStore audit = new MemoryAuditStore();
  private final List<PolicyService> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(PolicyService::close);
  }

  /** A gate on a store. */
  record Gate(ActivePolicies policies, PolicyService service) {
    String reason(String tenant) {
      try {
        return policies.forTenant(tenant).evaluate(CALL).reason();
      } catch (PolicyException e) {
        return String.valueOf(e.getMessage());
      }
    }

    PolicyDraft draft(String tenant, String reason) {
      return service.drafts().create(tenant, text(source(reason)), "dana", SUPER);
    }

    PolicyOutcome promote(String tenant, PolicyDraft draft) {
      PolicyTarget target = PolicyTarget.promote(draft.id(), null, "");
      return service.changes().change(tenant, target, "pat", SUPER);
    }

    PolicyOutcome rollback(String tenant, String to) {
      return service.changes().change(tenant, PolicyTarget.rollback(to), "rob", SUPER);
    }
  }

  Gate gate(PolicyStore store, boolean fourEyes, String id) {
    ActivePolicies policies =
        new ActivePolicies(BuiltInPolicies.defaultPolicy(RegoPolicyEngine.DEFAULT_DEADLINE));
    PolicyService service =
        PolicyService.start(
            new PolicyService.Parts(
                store,
                policies,
                audit,
                Duration.ofSeconds(5),
                fourEyes,
                id,
                () -> "change-" + IDS.incrementAndGet(),
                Clock.systemUTC()));
    open.add(service);
    return new Gate(policies, service);
  }

  Gate gate() {
    return gate(new MemoryPolicyStore(Clock.systemUTC()), false, "g1");
  }

  static String source(String reason) {
    return "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \""
        + reason
        + "\"}\n";
  }

  static DraftText text(String source) {
    return new DraftText("name", "", source, "", false);
  }

  static void refused(Code code, ThrowingCallable wish) {
    assertThatThrownBy(wish)
        .isInstanceOfSatisfying(
            PolicyChangeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  List<AuditEvent> events() {
    return audit.query(AuditQuery.builder().oldestFirst().limit(1000).build()).events().stream()
        .map(StoredEvent::event)
        .toList();
  }
}
