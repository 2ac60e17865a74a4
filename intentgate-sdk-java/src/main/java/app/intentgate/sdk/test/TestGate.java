package app.intentgate.sdk.test;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import app.intentgate.check.CheckName;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.LocalGate;
import app.intentgate.sdk.ToolHandler;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gate for one test, with what tests ask of it. Its assertions throw {@link AssertionError} and
 * say what was decided instead. JUnit closes it after the test, from 5.13 on. Not thread-safe; what
 * it gives out is.
 */
public final class TestGate implements AutoCloseable {
  private final IntentGate gate;
  private final Map<String, ToolHandler> tools = new LinkedHashMap<>();

  TestGate(IntentGate gate) {
    this.gate = gate;
  }

  /** The gate itself. */
  public IntentGate gate() {
    return gate;
  }

  /** A token for an agent; with patterns, for those tools only. */
  public CapabilityToken token(String agent, String... toolPatterns) {
    Grant grant = Grant.to(agent);
    return gate.mint(toolPatterns.length == 0 ? grant : grant.tools(toolPatterns));
  }

  /** Adds a tool, for clients made after it. */
  public TestGate tool(String name, ToolHandler handler) {
    tools.put(name, handler);
    return this;
  }

  /** A client with a token and the tools added so far. */
  public GateClient client(CapabilityToken token) {
    var client = LocalGate.over(gate).token(token);
    tools.forEach(client::tool);
    return client.build();
  }

  /** Judges a call without making it. */
  public Decision decide(CapabilityToken token, String tool, Map<String, ?> arguments) {
    return gate.authorize(ToolCall.of(tool, arguments).bearer(token));
  }

  /** Judges a call, which must be allowed. */
  public Decision assertAllowed(CapabilityToken token, String tool, Map<String, ?> arguments) {
    Decision decision = decide(token, tool, arguments);
    if (!decision.allowed()) {
      throw unexpected(tool, "allowed", decision);
    }
    return decision;
  }

  /** Judges a call, which a check must refuse. */
  public Decision assertDenied(
      CheckName by, CapabilityToken token, String tool, Map<String, ?> arguments) {
    Decision decision = decide(token, tool, arguments);
    if (!(decision instanceof Decision.Deny deny) || deny.refusal().code().check() != by) {
      throw unexpected(tool, "refused by " + by.wireName(), decision);
    }
    return decision;
  }

  /** Judges a call, which must wait for a person. */
  public Decision.Escalate assertEscalated(
      CapabilityToken token, String tool, Map<String, ?> arguments) {
    Decision decision = decide(token, tool, arguments);
    if (!(decision instanceof Decision.Escalate escalate)) {
      throw unexpected(tool, "waiting for a person", decision);
    }
    return escalate;
  }

  private static AssertionError unexpected(String tool, String wanted, Decision decision) {
    String was =
        decision.allowed()
            ? "allowed"
            : decision instanceof Decision.Deny deny
                ? "refused by " + deny.refusal().code().check().wireName()
                : "waiting for a person";
    String reason = decision.reason().isEmpty() ? "" : ": " + decision.reason();
    return new AssertionError(
        "the call of " + tool + " was to be " + wanted + ", and is " + was + reason);
  }

  /**
   * Agrees to a call that waits, as an operator of the test. Unlike a person's decision it is no
   * event of the audit chain: the calls alone are.
   *
   * @throws AssertionError when no call waits under that id
   */
  public void approve(String pendingId) {
    decide(pendingId, true);
  }

  /** Refuses a call that waits, as {@link #approve} agrees. */
  public void reject(String pendingId) {
    decide(pendingId, false);
  }

  private void decide(String pendingId, boolean approved) {
    ApprovalStore approvals = gate.approvals();
    if (approvals == null) {
      throw new IllegalStateException("this gate keeps no approvals");
    }
    ApprovalDecision made = new ApprovalDecision(approved, "operator:test", "test", "", gate.now());
    if (approvals.decide(pendingId, null, made).toCompletableFuture().join().isEmpty()) {
      throw new AssertionError("no call waits as " + pendingId);
    }
  }

  /** The decision events of tool calls so far, in order. */
  public List<AuditEvent> decisions() {
    return gate
        .audit()
        .query(
            AuditQuery.builder()
                .event(AuditEventNames.TOOL_CALL)
                .limit(AuditQuery.MAX_LIMIT)
                .oldestFirst()
                .build())
        .events()
        .stream()
        .map(StoredEvent::event)
        .filter(event -> event.phase() == AuditPhase.DECISION)
        .toList();
  }

  /**
   * The decisions on the audit chain must be these, in order, and the chain intact.
   *
   * @param expected each as a decision and a tool: {@code "allow read_invoice"}
   */
  public void assertAudit(String... expected) {
    List<String> found =
        decisions().stream()
            .map(event -> event.decision().wireName() + " " + event.tool())
            .toList();
    if (!found.equals(List.of(expected))) {
      throw new AssertionError(
          "the audit chain was to hold " + List.of(expected) + ", and holds " + found);
    }
    VerificationReport report = gate.audit().verify("", null, null);
    if (!report.ok()) {
      throw new AssertionError("the audit chain is broken: " + report.broken());
    }
  }

  @Override
  public void close() {
    gate.close();
  }
}
