package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.check.Patience;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.operator.Operator;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand calls wait for a human in 200 MB and without a thread each (B16). */
class WaitingCallsTest {
  private static final int CALLS = 10_000;

  @Test
  @Timeout(120)
  void ten_thousand_calls_wait_in_200_megabytes() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WaitingCallsTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    System.out.print(said);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("all allowed");
  }

  /** Holds the calls, decides them all, and says what that took; run in a JVM of its own. */
  public static void main(String[] args) throws Exception {
    try (IntentGate gate =
        IntentGate.builder()
            .policy(new FixedPolicy("{\"allow\": false, \"escalate\": true, \"reason\": \"x\"}"))
            .audit(new MemoryAuditStore())
            .build()) {
      CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme"));
      String note = "an argument of an ordinary length, as agents send them ".repeat(10);
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      List<CompletableFuture<Decision>> held = new ArrayList<>(CALLS);
      for (int i = 0; i < CALLS; i++) {
        ToolCall call = ToolCall.of("pay", Map.of("n", i, "note", note)).bearer(token);
        held.add(
            gate.authorizeAsync(call, Patience.of(Duration.ofMinutes(5))).toCompletableFuture());
      }
      if (gate.heldCalls() != CALLS) {
        throw new IllegalStateException("held " + gate.heldCalls());
      }
      int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
      if (more > 4) {
        throw new IllegalStateException(more + " more threads");
      }
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
      System.out.println(CALLS + " held calls: " + used + " MB, " + more + " more threads");
      for (Approval row : gate.approvals().list(ApprovalQuery.newest(CALLS))) {
        gate.approvalActions().decide(row.id(), true, "", Operator.EMBEDDER, Set.of());
      }
      for (CompletableFuture<Decision> one : held) {
        if (!one.get(60, TimeUnit.SECONDS).allowed()) {
          throw new IllegalStateException("not allowed: " + one.join().reason());
        }
      }
      System.out.println("all allowed");
    }
  }
}
