package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.sdk.FakeGate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an operator's request fails: how, how often it was sent, and who got the token. */
@Timeout(60)
class AdminFailuresTest {
  private final AdminGate gate = new AdminGate();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void close() {
    over.countDown();
    gate.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, false, false, false",
    "401, true, false, false",
    "403, true, false, false",
    "404, false, true, false",
    "409, false, false, true",
    "412, false, false, true",
    "429, false, false, false",
    "500, false, false, false",
    "503, false, false, false",
  })
  void a_refusal_says_its_status_and_sentence_and_is_never_sent_again(
      int status, boolean denied, boolean notFound, boolean conflict) {
    gate.answering(status, "{\"error\":\"why it is so\",\"more\":1}");

    assertThatThrownBy(() -> gate.admin.tokens().revoke("j1", ""))
        .isInstanceOfSatisfying(
            AdminException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.isDenied()).isEqualTo(denied);
              assertThat(e.isNotFound()).isEqualTo(notFound);
              assertThat(e.isConflict()).isEqualTo(conflict);
              assertThat(String.valueOf(e.body())).contains("\"more\":1");
            })
        .hasMessage("HTTP " + status + ": why it is so");
    assertThat(gate.gate.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>sorry</html>", "[1]", "{\"error\":7}", ""})
  void a_refusal_in_other_words_is_known_by_its_status_alone(String body) {
    gate.answering(502, body);

    assertThatThrownBy(() -> gate.admin.whoami())
        .isInstanceOf(AdminException.class)
        .hasMessage("HTTP 502");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_a_refusal_and_the_token_goes_nowhere_else(int status) {
    try (FakeGate elsewhere = new FakeGate()) {
      elsewhere.always(200, Map.of("Content-Type", "application/json"), "{}");
      gate.gate.always(status, Map.of("Location", elsewhere.url() + "/v1/admin/whoami"), "");

      assertThatThrownBy(() -> gate.admin.whoami())
          .isInstanceOf(AdminException.class)
          .hasMessage("HTTP " + status);
      assertThatThrownBy(() -> gate.admin.audit().export("csv", AuditQuery.all()))
          .isInstanceOf(AdminException.class)
          .hasMessage("HTTP " + status);
      assertThatThrownBy(() -> gate.admin.audit().follow("", ""))
          .isInstanceOf(AdminException.class);
      assertThat(elsewhere.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS", "NORMAL"})
  void an_http_client_that_would_take_the_token_along_a_redirect_is_refused(
      HttpClient.Redirect redirects) {
    HttpClient follows = HttpClient.newBuilder().followRedirects(redirects).build();

    assertThatThrownBy(() -> AdminClient.builder().httpClient(follows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redirect.NEVER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v1/admin/whoami", "@127.0.0.1/", ".example/v1/admin/whoami", ":80/", "?a=b"})
  void a_path_that_could_change_the_host_is_refused_before_anything_is_sent(String path) {
    gate.answering("{}");

    assertThatThrownBy(() -> gate.admin.get(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("starts with /");
    assertThatThrownBy(() -> gate.admin.post(path, JsonObject.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(gate.gate.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?tenant=a", "/?", "#part", "/x#"})
  void an_address_with_a_query_or_a_fragment_is_no_place_for_paths(String end) {
    assertThatThrownBy(() -> AdminClient.builder().url(gate.gate.url() + end))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without a query or a fragment");
  }

  static Stream<Consumer<AdminClient>> calls_about_nothing() {
    return Stream.of("", ".", "..")
        .flatMap(
            id ->
                Stream.<Consumer<AdminClient>>of(
                    a -> a.approvals().get(id),
                    a -> a.approvals().approve(id, "ann", ""),
                    a -> a.approvals().reject(id, "ann", ""),
                    a -> a.policies().draft(id),
                    a -> a.policies().draft(id, 1),
                    a -> a.policies().update(id, "n", "", "package x"),
                    a -> a.policies().delete(id),
                    a -> a.operators().rotate(id, Duration.ZERO),
                    a -> a.operators().revoke(id)));
  }

  @ParameterizedTest
  @MethodSource("calls_about_nothing")
  void an_id_that_would_make_the_path_another_one_is_refused(Consumer<AdminClient> call) {
    gate.answering("{}");

    assertThatThrownBy(() -> call.accept(gate.admin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no id");
    assertThat(gate.gate.requests).isEmpty();
  }

  @Test
  void no_failure_prints_the_operators_token() {
    gate.answering(401, "{\"error\":\"invalid or missing admin token\"}");
    Throwable refused = failure(AdminClient::whoami);
    gate.answering(200, "<html>");
    Throwable garbled = failure(AdminClient::whoami);
    gate.gate.script((exchange, seen) -> exchange.close());
    Throwable broken = failure(AdminClient::whoami);

    for (Throwable failure : new Throwable[] {refused, garbled, broken}) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("AdminException").doesNotContain(AdminGate.TOKEN);
    }
    assertThat(broken).hasMessageContaining("did not answer");
  }

  private Throwable failure(Consumer<AdminClient> call) {
    try {
      call.accept(gate.admin);
    } catch (AdminException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void a_request_that_broke_is_not_sent_again_since_it_may_have_changed_something() {
    gate.gate.script((exchange, seen) -> exchange.close());

    failure(a -> a.operators().rotate("o1", Duration.ZERO));
    failure(a -> a.policies().delete("d1"));

    assertThat(gate.gate.requests).hasSize(2);
  }

  private void silence() {
    gate.gate.script(
        (exchange, seen) -> {
          try {
            over.await(50, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void a_gate_that_is_silent_is_given_up_in_time() {
    silence();
    try (AdminClient brief =
        AdminClient.builder()
            .url(gate.gate.url())
            .token("t")
            .timeout(Duration.ofMillis(200))
            .build()) {
      assertThatThrownBy(brief::whoami)
          .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.status()).isZero())
          .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    }
  }

  @Test
  void a_time_out_longer_than_anybody_waits_is_no_failure() {
    gate.answering("{}");
    try (AdminClient patient =
        AdminClient.builder()
            .url(gate.gate.url())
            .token("t")
            .timeout(java.time.temporal.ChronoUnit.FOREVER.getDuration())
            .build()) {
      assertThat(patient.whoami()).isEqualTo(JsonObject.EMPTY);
    }
  }

  @Test
  void an_interrupt_ends_the_waiting_and_stays_with_the_thread() {
    silence();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> gate.admin.whoami())
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closing_ends_a_request_under_way_and_refuses_later_ones() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    gate.gate.script(
        (exchange, seen) -> {
          came.countDown();
          try {
            over.await(50, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    CompletableFuture<Throwable> ended =
        CompletableFuture.supplyAsync(
            () -> failure(AdminClient::whoami), task -> new Thread(task, "operator").start());
    assertThat(came.await(50, TimeUnit.SECONDS)).isTrue();

    gate.admin.close();

    assertThat(ended.get(50, TimeUnit.SECONDS)).isInstanceOf(AdminException.class);
    assertThatThrownBy(() -> gate.admin.whoami())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_time_out_that_is_none_is_refused_when_it_is_given() {
    for (Duration none : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
      assertThatThrownBy(() -> AdminClient.builder().timeout(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
    }
  }
}
