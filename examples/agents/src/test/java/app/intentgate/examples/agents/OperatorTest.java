package app.intentgate.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.sdk.ApprovalRejected;
import app.intentgate.sdk.ApprovalWait;
import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.CapabilityDenied;
import app.intentgate.sdk.IntentGateClient;
import app.intentgate.sdk.MemoryChain;
import app.intentgate.sdk.PolicyDenied;
import app.intentgate.sdk.ToolResult;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.AdminException;
import app.intentgate.sdk.admin.ApprovalRow;
import app.intentgate.sdk.admin.AuditEntry;
import app.intentgate.sdk.admin.MintRequest;
import app.intentgate.sdk.admin.MintedCapability;
import app.intentgate.sdk.admin.PolicyDraft;
import app.intentgate.sdk.admin.PolicySlot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's client against a gate as it is served. */
@Timeout(90)
class OperatorTest {
  private static final String ALLOW_ALL =
      "package intentgate.policy\n\ndecision := {\"allow\": true, \"reason\": \"everything\"}\n";

  @TempDir Path folder;
  private RealGate gate;
  private AdminClient admin;

  @AfterEach
  void stop() {
    admin.close();
    gate.close();
  }

  private void start(String... settings) throws Exception {
    gate = new RealGate(folder, settings);
    admin = AdminClient.builder().url(gate.url()).token(RealGate.ADMIN).build();
  }

  @Test
  void tokensAreMintedAndRevoked() throws Exception {
    start();
    MintedCapability minted =
        admin
            .tokens()
            .mint(
                MintRequest.to("agent")
                    .tools("read_*")
                    .maxCalls(5)
                    .expiresIn(Duration.ofHours(1))
                    .withMemorySigningKey());
    assertThat(minted.token().subject()).isEqualTo("agent");
    assertThat(minted.expiresAt()).isAfter(gate.server.gate().now());
    assertThat(MemoryChain.of(minted.token().id(), minted.memorySigningKey()).size()).isZero();
    assertThat(minted.toString()).doesNotContain(minted.memorySigningKey());
    try (IntentGateClient client = gate.client(minted.token())) {
      client.call("read_invoice", Map.of("id", 1));
      admin.tokens().revoke(minted.token().id(), "enough");
      assertThatThrownBy(() -> client.call("read_invoice", Map.of("id", 1)))
          .isInstanceOf(CapabilityDenied.class)
          .hasMessageContaining("revoked");
    }
    assertThat(admin.tokens().revocations(10, 0))
        .satisfiesExactly(
            row -> {
              assertThat(row.id()).isEqualTo(minted.token().id());
              assertThat(row.reason()).isEqualTo("enough");
            });
  }

  @Test
  void theAuditLogIsReadPageByPageAndVerified() throws Exception {
    start();
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      for (int i = 0; i < 12; i++) {
        client.call("read_invoice", Map.of("id", i));
      }
    }
    Set<Long> numbers = new HashSet<>();
    for (AuditEntry entry : admin.audit().all(AuditQuery.builder().limit(5).build())) {
      assertThat(numbers.add(entry.seq())).as("no event twice").isTrue();
      assertThat(entry.stored().hash()).hasSize(64);
    }
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(25);
    assertThat(admin.audit().verify("default"))
        .satisfies(
            status -> {
              assertThat(status.ok()).as(status.json().toString()).isTrue();
              assertThat(status.verified()).isGreaterThanOrEqualTo(25);
            });
  }

  private ApprovalRow waiting() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      List<ApprovalRow> rows = admin.approvals().pending();
      if (!rows.isEmpty()) {
        return rows.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("nothing waits");
  }

  @Test
  void aCallThatIsHeldOnAStreamAnswersOnceAPersonHasAgreed() throws Exception {
    start("APPROVAL_ASYNC", "false");
    JsonObject payment = JavaValues.ofMap(Map.of("id", 7, "amount", 5000));
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      CompletableFuture<ToolResult> held =
          client.callAsync("pay_invoice", payment, CallOptions.none());
      ApprovalRow row = waiting();
      assertThat(row.reason()).isEqualTo("payment above 1000");
      assertThat(row.arguments()).isEqualTo(payment);

      assertThat(admin.approvals().approve(row.pendingId(), "bob", "fine").status())
          .isEqualTo("approved");

      assertThat(held.get(30, TimeUnit.SECONDS).text()).isEqualTo("paid 5000 EUR on invoice 7");
      assertThatThrownBy(() -> admin.approvals().reject(row.pendingId(), "bob", "late"))
          .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.isConflict()).isTrue());
    }
  }

  @Test
  void whoWaitsForAHeldCallHearsAtOnceUnderWhichId() throws Exception {
    start("APPROVAL_ASYNC", "false");
    ApprovalWait wait =
        ApprovalWait.atMost(Duration.ofSeconds(30))
            .onPending(
                pending ->
                    CompletableFuture.runAsync(
                        () -> admin.approvals().approve(pending.pendingId(), "bob", ""),
                        task -> new Thread(task, "operator").start()));
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      ToolResult paid =
          client.callAndAwaitApproval(
              "pay_invoice", Map.of("id", 7, "amount", 5000), CallOptions.none(), wait);
      assertThat(paid.text()).isEqualTo("paid 5000 EUR on invoice 7");
    }
    assertThat(gate.decisions()).containsExactly("escalate pay_invoice", "allow pay_invoice");
  }

  @Test
  void aPersonWhoRefusesIsNamed() throws Exception {
    start();
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      assertThatThrownBy(
              () ->
                  client.callAndAwaitApproval(
                      "pay_invoice",
                      Map.of("id", 7, "amount", 5000),
                      CallOptions.none(),
                      ApprovalWait.atMost(Duration.ofSeconds(30))
                          .askEvery(Duration.ofMillis(50))
                          .onPending(p -> admin.approvals().reject(p.pendingId(), "bob", "no"))))
          .isInstanceOf(ApprovalRejected.class)
          .hasMessageContaining("bob");
    }
    assertThat(gate.tools.done).isEmpty();
  }

  @Test
  void aPolicyIsSavedPromotedAndRolledBack() throws Exception {
    start();
    assertThatThrownBy(() -> admin.policies().create("bad", "package x\n\ny := z\n", "ann", ""))
        .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.status()).isEqualTo(400));
    PolicyDraft draft = admin.policies().create("all", ALLOW_ALL, "ann", "");
    assertThat(draft.id()).isNotEmpty();
    assertThat(admin.policies().drafts("", 10, 0)).extracting(PolicyDraft::id).contains(draft.id());
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      assertThatThrownBy(() -> client.call("delete_invoice", Map.of("id", 1)))
          .isInstanceOf(PolicyDenied.class);

      PolicySlot promoted = admin.policies().promote(draft, "ann", "");

      assertThat(promoted.swapped()).isTrue();
      assertThat(promoted.currentDraftId()).isEqualTo(draft.id());
      client.call("delete_invoice", Map.of("id", 1));
      admin.policies().rollback("ann", "");
      assertThatThrownBy(() -> client.call("delete_invoice", Map.of("id", 2)))
          .isInstanceOf(PolicyDenied.class);
    }
    assertThat(String.valueOf(admin.policies().history("", 10, ""))).contains(draft.id());
  }

  @Test
  void anAgentIsStoppedAndLetGoOn() throws Exception {
    start();
    try (IntentGateClient client = gate.client(gate.token("agent"))) {
      admin.killSwitches().stopAgent("default", "agent", "odd");
      assertThatThrownBy(() -> client.call("read_invoice", Map.of("id", 1)))
          .isInstanceOf(CapabilityDenied.class)
          .hasMessageContaining("kill switch");
      assertThat(admin.killSwitches().list())
          .satisfiesExactly(entry -> assertThat(entry.agent()).isEqualTo("agent"));

      admin.killSwitches().release(Scope.AGENT, "default", "agent");

      client.call("read_invoice", Map.of("id", 1));
    }
  }

  @Test
  void aWrongOperatorIsRefused() throws Exception {
    start();
    try (AdminClient wrong = AdminClient.builder().url(gate.url()).token("wrong").build()) {
      assertThatThrownBy(() -> wrong.tokens().mint(MintRequest.to("agent")))
          .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.isDenied()).isTrue())
          .hasMessageContaining("invalid or missing admin token");
    }
  }
}
