package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.Grant;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where tools run, how they may end, and what that holds up. */
@Timeout(60)
class LocalGateThreadsTest {
  private static final String POLICY =
      "package intentgate.policy\ndecision := {\"allow\": true, \"reason\": \"fine\"}\n";

  @TempDir private Path directory;
  private final MemoryAuditStore events = new MemoryAuditStore();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
  private IntentGate gate;
  private LocalGate client;

  @AfterEach
  void close() {
    goOn.countDown();
    gate.close();
  }

  private void open(AuditStore audit, UnaryOperator<LocalGateBuilder> more) {
    gate =
        IntentGate.builder()
            .policy(RegoPolicyEngine.compile("test.rego", POLICY, "test"))
            .audit(audit)
            .build();
    LocalGateBuilder builder =
        LocalGate.over(gate)
            .token(gate.mint(Grant.to("agent")))
            .tool("inner", arguments -> Thread.currentThread().getName())
            .tool("outer", arguments -> client.call("inner", Map.of()).text())
            .tool(
                "slow",
                arguments -> {
                  assertThat(goOn.await(50, TimeUnit.SECONDS)).isTrue();
                  return "done";
                })
            .tool(
                "interrupted",
                arguments -> {
                  throw new InterruptedException();
                })
            .tool(
                "deep",
                arguments -> {
                  throw new StackOverflowError();
                });
    client = more.apply(builder).build();
  }

  private void openFile() {
    open(FileAuditStore.open(directory.resolve("audit.jsonl")), builder -> builder);
  }

  /** A store in memory, whose events are durable once the test says so, on the test's thread. */
  private AuditStore told() {
    return (AuditStore)
        Proxy.newProxyInstance(
            AuditStore.class.getClassLoader(),
            new Class<?>[] {AuditStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("append")
                    ? durable.thenCompose(done -> events.append((AuditEvent) arguments[0]))
                    : method.invoke(events, arguments));
  }

  private CompletableFuture<ToolResult> start(String tool) {
    return client.callAsync(tool, JsonObject.EMPTY, CallOptions.none());
  }

  /** Starts a call whose decision takes time, which then is over on this thread. */
  private CompletableFuture<ToolResult> startSlowly(String tool) {
    durable = new CompletableFuture<>();
    CompletableFuture<ToolResult> result = start(tool);
    assertThat(result).isNotDone();
    durable.complete(null);
    return result;
  }

  private List<String> outcomes() {
    return gate.audit().query(AuditQuery.builder().oldestFirst().build()).events().stream()
        .map(StoredEvent::event)
        .filter(event -> event.phase() == AuditPhase.OUTCOME)
        .map(AuditEvent::reason)
        .toList();
  }

  @Test
  void a_tool_may_call_another_through_the_same_gate() throws Exception {
    openFile();
    String here = Thread.currentThread().getName();
    assertThat(client.call("outer", Map.of()).text()).isEqualTo(here);
    assertThat(start("outer").get(50, TimeUnit.SECONDS).text()).doesNotContain("completions");
  }

  @Test
  void a_slow_tool_holds_up_no_other_decision() throws Exception {
    openFile();
    CompletableFuture<ToolResult> slow =
        CompletableFuture.supplyAsync(
            () -> start("slow").join(), task -> new Thread(task, "slow caller").start());
    for (int i = 0; i < 3; i++) {
      assertThat(client.call("inner", Map.of()).text()).isNotEmpty();
    }
    assertThat(slow).isNotDone();
    goOn.countDown();
    assertThat(slow.get(50, TimeUnit.SECONDS).text()).isEqualTo("done");
  }

  @Test
  void a_tool_whose_decision_takes_time_runs_on_threads_of_its_own() throws Exception {
    open(told(), builder -> builder);
    assertThat(startSlowly("inner").get(50, TimeUnit.SECONDS).text())
        .startsWith("intentgate-tool-");
    assertThat(start("inner").get(50, TimeUnit.SECONDS).text())
        .as("and on the caller's where it takes none")
        .isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void tools_run_where_they_are_told_to() throws Exception {
    open(told(), builder -> builder.executor(task -> new Thread(task, "mine").start()));
    assertThat(startSlowly("inner").get(50, TimeUnit.SECONDS).text()).isEqualTo("mine");
  }

  @Test
  void a_call_that_the_executor_refuses_fails_and_has_an_outcome() {
    open(
        told(),
        builder ->
            builder.executor(
                task -> {
                  throw new RejectedExecutionException("full");
                }));
    assertThatThrownBy(() -> startSlowly("inner").get(50, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(outcomes()).containsExactly("RejectedExecutionException");
  }

  @Test
  void a_call_that_is_given_up_before_its_tool_runs_does_not_run_it() {
    List<Runnable> waiting = new ArrayList<>();
    open(told(), builder -> builder.executor(waiting::add));
    CompletableFuture<ToolResult> decidedOn = startSlowly("deep");
    durable = new CompletableFuture<>();
    CompletableFuture<ToolResult> undecided = start("deep");

    assertThat(decidedOn.cancel(true)).isTrue();
    assertThat(undecided.cancel(true)).isTrue();
    durable.complete(null);

    assertThat(waiting).hasSize(2);
    waiting.forEach(Runnable::run);
    assertThat(outcomes()).containsExactly("CancellationException", "CancellationException");
  }

  @Test
  void a_tool_that_ends_in_an_error_has_an_outcome_and_its_error_reaches_the_caller() {
    open(told(), builder -> builder);
    assertThatThrownBy(() -> client.call("deep", Map.of())).isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> startSlowly("deep").get(50, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(outcomes()).containsExactly("StackOverflowError", "StackOverflowError");
  }

  @Test
  void an_interrupt_of_a_tool_is_not_lost() {
    open(told(), builder -> builder);
    assertThatThrownBy(() -> client.call("interrupted", Map.of()))
        .isInstanceOf(UpstreamFailed.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes()).containsExactly("InterruptedException");
  }

  @Test
  void what_is_wrong_with_a_call_fails_its_future_and_is_not_thrown() {
    open(
        told(),
        builder ->
            builder.token(
                request -> {
                  throw new IllegalStateException("no token");
                }));
    assertThat(start("inner")).isCompletedExceptionally();
    assertThat(client.toolsAsync(CallOptions.none())).isCompletedExceptionally();
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    CallOptions memory = CallOptions.none().memory(MemoryChain.of("jti", key));
    assertThatThrownBy(() -> client.callAsync("inner", JsonObject.EMPTY, memory).get())
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }
}
