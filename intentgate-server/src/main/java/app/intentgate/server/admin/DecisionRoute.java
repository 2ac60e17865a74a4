package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.json.JsonOutput;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.lifecycle.PolicyCompiler;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyService;
import app.intentgate.policy.replay.PolicyExplainer;
import app.intentgate.policy.replay.ReplayInput;
import app.intentgate.rego.RegoCompileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/admin/decisions/{call_id}}: what became of a call, and why: its events, the policy
 * that decided, and that policy evaluated once more, with its rule and row, on what was kept.
 */
final class DecisionRoute implements RouteGroup {
  private final IntentGate gate;
  private final @Nullable PolicyService policies;
  private final @Nullable Path policyFile;
  private final PolicyWork work;

  /**
   * The route.
   *
   * @param policies the policies; null when their store is off
   * @param policyFile the policy the gate started with; null for the built-in one
   */
  DecisionRoute(
      IntentGate gate,
      @Nullable PolicyService policies,
      @Nullable Path policyFile,
      PolicyWork work) {
    this.gate = gate;
    this.policies = policies;
    this.policyFile = policyFile;
    this.work = work;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/decisions/{call_id}", PolicyWork.answering(this::get));
  }

  private void get(AdminCall call) {
    String id = call.context().pathParam("call_id");
    List<StoredEvent> events =
        gate.audit()
            .query(
                AuditQuery.builder().callId(id).tenant(call.tenantOfQuery()).oldestFirst().build())
            .events();
    if (events.isEmpty()) {
      throw new AdminException(404, "decision not found");
    }
    JsonOutput out = AdminCall.json().name("call_id").string(id).name("events").beginArray();
    events.forEach(event -> out.rawValue(EventJson.bytes(event)));
    out.endArray();
    decisionOf(events).ifPresent(event -> policy(out, event));
    call.reply(out);
  }

  /** The last decision: the one that held after an approval, where there was one. */
  private static Optional<AuditEvent> decisionOf(List<StoredEvent> events) {
    return events.stream()
        .map(StoredEvent::event)
        .filter(event -> event.phase() != AuditPhase.OUTCOME)
        .reduce((earlier, later) -> later);
  }

  private void policy(JsonOutput out, AuditEvent event) {
    String sha256 = event.policySha256();
    if (sha256.isEmpty()) {
      return;
    }
    Optional<PolicyDraft> draft =
        policies == null ? Optional.empty() : policies.sources().find(event.tenant(), sha256);
    out.name("policy").beginObject().name("rego_sha256").string(sha256);
    draft.ifPresent(
        found -> {
          out.name("draft_id").string(found.id());
          out.name("revision").number(found.at().number());
        });
    out.endObject();
    boolean asked = !event.check().equals("capability") && !event.check().equals("intent");
    if (!asked) {
      out.name("not_explained").string("the policy was not asked: an earlier check refused");
      return;
    }
    if (event.argValues().isEmpty() && !event.argKeys().isEmpty()) {
      out.name("not_explained").string("the values of the arguments were not kept");
      return;
    }
    Optional<String> source = draft.map(found -> found.at().source()).or(() -> started(sha256));
    if (source.isEmpty()) {
      out.name("not_explained").string("the source of this policy is not known here");
      return;
    }
    try {
      var explanation =
          work.run(
              () ->
                  PolicyExplainer.of(PolicyCompiler.FILE, source.get())
                      .explain(ReplayInput.of(event), event.at()));
      DryRunJson.explanation(out.name("explanation"), explanation);
    } catch (RegoCompileException e) {
      out.name("not_explained").string("the policy does not compile any more");
    }
  }

  /** The source of the policy the gate started with, when it is the one of this hash. */
  private Optional<String> started(String sha256) {
    String source;
    try {
      source = policyFile == null ? BuiltInPolicies.defaultSource() : Files.readString(policyFile);
    } catch (IOException e) {
      return Optional.empty();
    }
    return PolicyCompiler.sha256(source).equals(sha256) ? Optional.of(source) : Optional.empty();
  }
}
