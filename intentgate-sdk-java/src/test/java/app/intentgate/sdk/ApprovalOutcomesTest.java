package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the waiting for a person ends, by what a gate answers next. */
@Timeout(60)
class ApprovalOutcomesTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final FakeGate gate = new FakeGate();
  private final IntentGateClient client =
      IntentGateClient.builder().url(gate.url()).retries(0).build();

  @AfterEach
  void close() {
    client.close();
    gate.close();
  }

  private static String error(int code, String message, String data) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\",\"data\":"
        + data
        + "}}";
  }

  private static String pending(String id) {
    return error(-32019, "approval pending", "{\"pending_id\":\"" + id + "\"}");
  }

  /** Answers one request after the other; the last answer is given for good. */
  private void answers(String... bodies) {
    gate.script(
        (exchange, seen) -> {
          int at = Math.min(gate.requests.size(), bodies.length) - 1;
          FakeGate.reply(exchange, 200, JSON, bodies[at].replace("$ID", seen.id()));
        });
  }

  private static ApprovalWait patient(List<String> heard) {
    return ApprovalWait.atMost(Duration.ofSeconds(50))
        .askEvery(Duration.ofMillis(5))
        .onPending(p -> heard.add(p.pendingId()));
  }

  private ToolResult awaited(CallOptions options) {
    return client.callAndAwaitApproval("pay", Map.of(), options, patient(new ArrayList<>()));
  }

  private List<String> resumed() {
    List<String> ids = new ArrayList<>();
    gate.requests.forEach(seen -> ids.add(seen.header("X-IntentGate-Approval-Id")));
    return ids;
  }

  @ParameterizedTest
  @CsvSource({
    "-32012, policy: rejected by reviewer, ApprovalRejected",
    "-32012, policy: approval window expired, ApprovalExpired",
    "-32012, approval id not found, ApprovalExpired",
    "-32012, approval mismatch, ApprovalExpired",
    "-32012, approval already used, ApprovalExpired",
    "-32012, policy check failed, PolicyDenied",
    "-32013, budget check failed, BudgetDenied",
    "-32010, capability check failed, CapabilityDenied",
    "-32603, upstream error, UpstreamFailed",
  })
  void an_answer_that_is_no_waiting_ends_it_with_its_own_type(
      int code, String message, String type) {
    answers(pending("p7"), pending("p7"), error(code, message, "\"why\""));

    assertThatThrownBy(() -> awaited(CallOptions.none()))
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type))
        .hasMessageContaining("why");
    assertThat(resumed()).containsExactly(null, "p7", "p7");
  }

  @Test
  void a_call_that_needs_nobody_is_made_once_and_nobody_hears_of_it() {
    answers("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}");
    List<String> heard = new ArrayList<>();

    client.callAndAwaitApproval("pay", Map.of(), CallOptions.none(), patient(heard));

    assertThat(heard).isEmpty();
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void a_call_that_was_resumed_goes_on_under_the_id_the_gate_says_now() {
    answers(pending("new"), "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}");

    awaited(CallOptions.none().resuming("old").prompt("pay 7").task("t7"));

    assertThat(resumed()).containsExactly("old", "new");
    assertThat(gate.requests)
        .allSatisfy(
            seen -> {
              assertThat(seen.header("X-Intent-Prompt")).isEqualTo("pay 7");
              assertThat(seen.header("X-Task-Id")).isEqualTo("t7");
            });
  }

  @Test
  void a_listener_that_fails_ends_the_waiting_and_the_call_is_not_made_again() {
    answers(pending("p7"));
    IllegalStateException full = new IllegalStateException("the inbox is full");
    ApprovalWait wait =
        patient(new ArrayList<>())
            .onPending(
                p -> {
                  throw full;
                });

    assertThatThrownBy(() -> client.callAndAwaitApproval("pay", Map.of(), CallOptions.none(), wait))
        .isSameAs(full);
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void cancelling_the_waiting_lets_go_of_the_call_that_the_gate_holds() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch broke = new CountDownLatch(1);
    gate.script(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          held.countDown();
          try {
            while (!Thread.currentThread().isInterrupted()) {
              exchange.getResponseBody().write(": ping\n\n".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
            }
          } catch (java.io.IOException e) {
            broke.countDown();
          }
        });
    CompletableFuture<ToolResult> waiting =
        client.callAndAwaitApprovalAsync(
            "pay", JsonObject.EMPTY, CallOptions.none(), patient(new ArrayList<>()));
    assertThat(held.await(50, TimeUnit.SECONDS)).isTrue();

    waiting.cancel(true);

    assertThat(broke.await(50, TimeUnit.SECONDS)).as("the gate is told").isTrue();
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void many_who_wait_at_once_hear_each_of_their_own() {
    gate.script(
        (exchange, seen) -> {
          String tool = String.valueOf(((JsonObject) seen.body().get("params")).get("name"));
          String name = tool.replace("\"", "");
          boolean asked = seen.header("X-IntentGate-Approval-Id") == null;
          String body =
              asked
                  ? pending("of-" + name)
                  : "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[{\"type\":\"text\","
                      + "\"text\":\""
                      + seen.header("X-IntentGate-Approval-Id")
                      + "\"}]}}";
          FakeGate.reply(exchange, 200, JSON, body.replace("$ID", seen.id()));
        });
    List<String> heard = new CopyOnWriteArrayList<>();
    List<CompletableFuture<ToolResult>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          client.callAndAwaitApprovalAsync(
              "tool" + i, JsonObject.EMPTY, CallOptions.none(), patient(heard)));
    }

    Eventually.until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
    for (int i = 0; i < 20; i++) {
      assertThat(waiting.get(i).join().text()).isEqualTo("of-tool" + i);
    }
    assertThat(heard).hasSize(20).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"PT-1S, PT1S", "PT1S, PT0S", "PT1S, PT-1S"})
  void a_waiting_that_could_not_be_is_refused_with_both_times(Duration limit, Duration pause) {
    assertThatThrownBy(() -> ApprovalWait.atMost(limit).askEvery(pause))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(limit.toString());
  }

  @Test
  void who_has_no_time_at_all_hears_the_id_and_asks_no_second_time() {
    answers(pending("p7"));
    List<String> heard = new ArrayList<>();
    ApprovalWait none = ApprovalWait.atMost(Duration.ZERO).onPending(p -> heard.add(p.pendingId()));

    assertThatThrownBy(() -> client.callAndAwaitApproval("pay", Map.of(), CallOptions.none(), none))
        .isInstanceOfSatisfying(
            ApprovalPending.class, e -> assertThat(e.pendingId()).isEqualTo("p7"));
    assertThat(heard).containsExactly("p7");
    assertThat(gate.requests).hasSize(1);
  }
}
