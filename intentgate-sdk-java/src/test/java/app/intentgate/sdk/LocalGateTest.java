package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.IntentGate;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalGateTest {
  private static final String POLICY =
      "package intentgate.policy\n"
          + "default decision := {\"allow\": false, \"reason\": \"not on the list\"}\n"
          + "decision := {\"allow\": true} if startswith(input.tool, \"read_\")\n"
          + "decision := {\"allow\": true, \"escalate\": true, \"reason\": \"a person decides\"} if"
          + " input.tool == \"pay\"\n";

  private final IntentGate gate =
      IntentGate.builder().policy(RegoPolicyEngine.compile("test.rego", POLICY, "test")).build();
  private final AtomicInteger ran = new AtomicInteger();

  @AfterEach
  void close() {
    gate.close();
  }

  private LocalGate client(CapabilityToken token) {
    return LocalGate.over(gate)
        .token(token)
        .tool("read_invoice", arguments -> "invoice " + arguments.get("id"))
        .tool("read_total", arguments -> Map.of("total", 12))
        .tool("read_nothing", arguments -> null)
        .tool(
            "read_broken",
            arguments -> {
              throw new java.io.IOException("disk");
            })
        .tool("pay", arguments -> "paid " + ran.incrementAndGet())
        .tool("drop_table", arguments -> "dropped " + ran.incrementAndGet())
        .build();
  }

  private CapabilityToken token() {
    return gate.mint(Grant.to("agent"));
  }

  @Test
  void anAllowedToolRunsAndBothEventsAreWritten() {
    ToolResult result = client(token()).call("read_invoice", Map.of("id", 7));

    assertThat(result.text()).isEqualTo("invoice 7");
    assertThat(result.verdict().decision()).isEqualTo("allow");
    assertThat(gate.audit().query(AuditQuery.builder().callId(result.callId()).build()).events())
        .hasSize(2);
  }

  @Test
  void valuesBecomeStructuredContent() {
    ToolResult result = client(token()).call("read_total", Map.of());

    assertThat(String.valueOf(result.structured())).isEqualTo("{\"total\":12}");
    assertThat(result.text()).isEqualTo("{\"total\":12}");
    assertThat(client(token()).call("read_nothing", Map.of()).text()).isEqualTo("{}");
  }

  @Test
  void eachCheckHasItsException() {
    CapabilityToken narrow = token().attenuate(new Caveat.ToolAllow(List.of("read_*")));
    CapabilityToken twice = token().attenuate(new Caveat.MaxCalls(1));

    assertThatThrownBy(() -> client(narrow).call("pay", Map.of()))
        .isInstanceOf(CapabilityDenied.class);
    assertThatThrownBy(() -> client(token()).call("drop_table", Map.of()))
        .isInstanceOfSatisfying(
            PolicyDenied.class,
            e -> {
              assertThat(e.reason()).isEqualTo("not on the list");
              assertThat(e.check()).isEqualTo("policy");
              assertThat(e.callId()).isNotEmpty();
            });
    client(twice).call("read_total", Map.of());
    assertThatThrownBy(() -> client(twice).call("read_total", Map.of()))
        .isInstanceOf(BudgetDenied.class);
    assertThat(ran).hasValue(0);
  }

  @Test
  void aFailingToolIsAnUpstreamFailureWithItsCause() {
    assertThatThrownBy(() -> client(token()).call("read_broken", Map.of()))
        .isInstanceOfSatisfying(
            UpstreamFailed.class,
            e -> {
              assertThat(e).hasCauseInstanceOf(java.io.IOException.class);
              assertThat(e.reason()).doesNotContain("disk");
              assertThat(e.mayHaveRun()).isTrue();
            });
    assertThatThrownBy(() -> client(token()).call("read_absent", Map.of()))
        .isInstanceOf(UpstreamFailed.class)
        .hasMessageContaining("no tool is called read_absent");
  }

  @Test
  void anApprovedCallGoesThroughOnce() {
    LocalGate client = client(token());

    ToolResult result =
        client.callAndAwaitApproval(
            "pay",
            Map.of("id", 7),
            CallOptions.none(),
            ApprovalWait.atMost(Duration.ofSeconds(30))
                .askEvery(Duration.ofMillis(10))
                .onPending(pending -> decide(pending.pendingId(), true)));

    assertThat(result.text()).isEqualTo("paid 1");
    assertThatThrownBy(() -> client.call("pay", Map.of("id", 7)))
        .isInstanceOf(ApprovalPending.class);
    assertThat(ran).hasValue(1);
  }

  @Test
  void aRejectedCallIsRejected() {
    assertThatThrownBy(
            () ->
                client(token())
                    .callAndAwaitApproval(
                        "pay",
                        Map.of("id", 8),
                        CallOptions.none(),
                        ApprovalWait.atMost(Duration.ofSeconds(30))
                            .askEvery(Duration.ofMillis(10))
                            .onPending(pending -> decide(pending.pendingId(), false))))
        .isInstanceOf(ApprovalRejected.class);
    assertThat(ran).hasValue(0);
  }

  private void decide(String id, boolean approve) {
    assertThat(
            gate.approvals()
                .decide(
                    id, null, new ApprovalDecision(approve, "operator", "bob", "", Instant.now()))
                .toCompletableFuture()
                .join())
        .isPresent();
  }

  @Test
  void onlyToolsOfTheTokenAreListed() {
    CapabilityToken narrow = token().attenuate(new Caveat.ToolAllow(List.of("read_*")));

    assertThat(client(narrow).tools())
        .extracting(ToolDescription::name)
        .containsExactly("read_invoice", "read_total", "read_nothing", "read_broken");
    gate.revoke(narrow.id(), "test");
    assertThatThrownBy(() -> client(narrow).tools()).isInstanceOf(CapabilityDenied.class);
  }

  @Test
  void provenanceIsNeverSilentlyLeftOut() {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    CallOptions options = CallOptions.none().memory(MemoryChain.of("jti", key));

    assertThatThrownBy(() -> client(token()).call("read_total", JsonObject.EMPTY, options))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
