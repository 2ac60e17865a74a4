package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.ApprovalRow;
import app.intentgate.sdk.admin.GateEvent;
import app.intentgate.sdk.admin.GateEvents;
import app.intentgate.sdk.admin.PolicyDraft;
import app.intentgate.sdk.admin.PolicySlot;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does at one gate, seen at another of the same database, all over HTTP. */
@Timeout(120)
class TwoGatesOperatedTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String ESCALATING =
      """
      package intentgate.policy
      import rego.v1
      default decision := {"allow": true, "reason": "fine"}
      decision := {"allow": false, "escalate": true, "reason": "ask"} if input.tool == "pay"
      """;

  @TempDir static Path directory;
  private static TestGate a;
  private static TestGate b;
  private static AdminClient atA;
  private static AdminClient atB;

  @BeforeAll
  static void start() {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    a = gate("a", url);
    b = gate("b", url);
    atA = client(a);
    atB = client(b);
  }

  private static TestGate gate(String name, String url) {
    return TestGate.start(directory.resolve(name), "STORE", "postgres", "POSTGRES_URL", url);
  }

  private static AdminClient client(TestGate gate) {
    return AdminClient.builder()
        .url("http://127.0.0.1:" + gate.port())
        .token(TestGate.ADMIN)
        .build();
  }

  @AfterAll
  static void end() {
    atA.close();
    atB.close();
    a.close();
    b.close();
  }

  private static String bearer(String tenant) {
    return "Bearer " + a.mint(Grant.to("agent").tenant(tenant));
  }

  private static String policy(int number) {
    return "package intentgate.policy\nimport rego.v1\n"
        + "default decision := {\"allow\": false, \"reason\": \"number "
        + number
        + "\"}\n";
  }

  private static PolicySlot promote(AdminClient admin, String rego, String tenant) {
    PolicyDraft draft = admin.policies().create("draft", rego, "test", tenant);
    PolicySlot slot = admin.policies().promote(draft, "test", tenant);
    assertThat(slot.swapped()).isTrue();
    return slot;
  }

  /** How long it takes until a gate decides calls by this policy. */
  private static double millisUntil(TestGate gate, String bearer, int number) {
    return millisUntil(gate, bearer, "\"number " + number + "\"");
  }

  private static double millisUntil(TestGate gate, String bearer, String said) {
    long start = System.nanoTime();
    Answer answer = decision(gate, bearer);
    while (!answer.text().contains(said)) {
      assertThat(System.nanoTime() - start).as(answer.text()).isLessThan(SOON.toNanos());
      answer = decision(gate, bearer);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static Answer decision(TestGate gate, String bearer) {
    return gate.post("/v1/tool-call", "{\"tool\":\"read_x\",\"args\":{}}", "Authorization", bearer);
  }

  @Test
  void B53_what_is_promoted_at_one_decides_at_the_other() {
    String bearer = bearer("promoted");
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      promote(atA, policy(i), "promoted");
      millis.add(millisUntil(b, bearer, i));
      assertThat(millisUntil(a, bearer, i)).as("the gate that was asked").isLessThan(10_000);
    }
    System.out.printf("promoted at one, in force at the other, ms after the answer: %s%n", millis);
  }

  @Test
  void what_is_approved_at_one_lets_the_call_go_on_that_waits_at_the_other() throws Exception {
    String bearer = bearer("held");
    promote(atA, ESCALATING, "held");
    CompletableFuture<Answer> held =
        CompletableFuture.supplyAsync(
            () -> b.call("pay", "Authorization", bearer), TwoGatesOperatedTest::start);
    ApprovalRow row = firstPending("held");
    long approved = System.nanoTime();
    var unused = atA.approvals().approve(row.pendingId(), "test", "");

    Answer answer = held.get(SOON.toSeconds() + 25, TimeUnit.SECONDS);
    System.out.printf(
        "approved at one, answered at the other after %.1f ms%n",
        (System.nanoTime() - approved) / 1e6);
    assertThat(answer.header("X-IntentGate-Decision")).as(answer.text()).isEqualTo("allow");
  }

  @Test
  void a_kill_switch_engaged_at_one_is_in_force_at_the_other() {
    String bearer = bearer("halted");
    double[] millis = new double[11];
    for (int i = 0; i < millis.length; i++) {
      atA.killSwitches().stopTenant("halted", "drill");
      millis[i] = millisUntil(b, bearer, "halted by kill switch");
      assertThat(decision(a, bearer).text()).as("the gate that was asked").contains("kill switch");
      atA.killSwitches().release(Scope.TENANT, "halted", "");
      var unused = millisUntil(b, bearer, "\"allow\"");
    }
    Arrays.sort(millis);
    System.out.printf(
        "halted at one, in force at the other, ms after the answer: median %.1f, worst %.1f%n",
        millis[5], millis[10]);
  }

  /** The common pool may be one thread, which clients of the JDK need too. */
  private static void start(Runnable task) {
    new Thread(task, "held-call").start();
  }

  private static ApprovalRow firstPending(String tenant) {
    until("a call to wait", () -> !pending(tenant).isEmpty());
    return pending(tenant).get(0);
  }

  private static List<ApprovalRow> pending(String tenant) {
    return atA.approvals().pending().stream().filter(row -> row.tenant().equals(tenant)).toList();
  }

  @Test
  void a_follower_of_the_log_goes_on_at_the_other_gate() throws Exception {
    String bearer = bearer("log");
    String id;
    try (GateEvents events = atA.audit().follow("log", "")) {
      a.call("read_one", "Authorization", bearer);
      GateEvent one = events.next();
      assertThat(one.data()).contains("read_one");
      id = one.id();
    }
    a.call("read_two", "Authorization", bearer);
    b.call("read_three", "Authorization", bearer);
    try (GateEvents events = atB.audit().follow("log", id)) {
      assertThat(events.next().data()).contains("read_two");
      assertThat(events.next().data()).contains("read_three");
      a.call("read_four", "Authorization", bearer);
      assertThat(events.next().data()).contains("read_four");
    }
  }

  @Test
  void a_follower_of_approvals_goes_on_at_the_other_gate() throws Exception {
    String bearer = bearer("watched");
    promote(atA, ESCALATING, "watched");
    var held =
        CompletableFuture.supplyAsync(
            () -> a.call("pay", "Authorization", bearer), TwoGatesOperatedTest::start);
    String row = firstPending("watched").pendingId();
    String id;
    try (GateEvents events = atA.approvals().follow("watched", "")) {
      GateEvent pending = events.next();
      assertThat(pending.name()).isEqualTo("pending");
      assertThat(pending.data()).contains(row);
      id = pending.id();
    }
    var unused = atB.approvals().approve(row, "test", "");
    assertThat(held.get(30, TimeUnit.SECONDS).header("X-IntentGate-Decision")).isEqualTo("allow");
    try (GateEvents events = atB.approvals().follow("watched", id)) {
      GateEvent event = events.next();
      // Of a row that changed twice the last state may be all there is to tell.
      assertThat(event.name()).isIn("decided", "used");
      assertThat(event.data()).contains(row);
    }
  }

  @Test
  void rollback_at_one_is_in_force_at_the_other() {
    promote(atA, policy(100), "back");
    promote(atA, policy(101), "back");
    var unused = atB.policies().rollback("test", "back");
    String bearer = bearer("back");
    assertThat(millisUntil(b, bearer, 100)).isLessThan(SOON.toMillis());
    assertThat(millisUntil(a, bearer, 100)).isLessThan(SOON.toMillis());
  }
}
