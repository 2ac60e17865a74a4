package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer means that is no JSON-RPC: of the gate itself, or of a proxy before it. */
@Timeout(60)
class HttpStatusTest {
  private final FakeGate gate = new FakeGate();
  private final IntentGateClient client =
      IntentGateClient.builder().url(gate.url()).retries(0).build();

  @AfterEach
  void close() {
    client.close();
    gate.close();
  }

  private IntentGateException answered(int status, Map<String, String> more, String body) {
    Map<String, String> headers = new HashMap<>(more);
    headers.putIfAbsent("Content-Type", "application/json");
    gate.always(status, headers, body);
    return catchThrowableOfType(
        IntentGateException.class, () -> client.call("pay", Map.of("id", 7)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"bad\"} | ProtocolError | false | HTTP 400: bad",
        "401 | {\"error\":\"token revoked\"} | CapabilityDenied | false | HTTP 401: token revoked",
        "401 | '' | CapabilityDenied | false | HTTP 401",
        "403 | <html> | CapabilityDenied | false | HTTP 403",
        "404 | {} | ProtocolError | false | HTTP 404",
        "405 | {} | ProtocolError | false | HTTP 405",
        "413 | {\"error\":\"body too large\"} | ProtocolError | false | HTTP 413: body too large",
        "429 | {\"error\":\"slow down\"} | GateUnavailable | false | HTTP 429: slow down",
        "431 | '' | ProtocolError | false | HTTP 431",
        "500 | {\"error\":\"oops\"} | GateUnavailable | true | HTTP 500: oops",
        "502 | <html> | GateUnavailable | true | HTTP 502",
        "503 | {\"error\":\"audit store unavailable\"} | GateUnavailable | false | audit store",
        "503 | {\"error\":\"elsewhere\"} | GateUnavailable | true | HTTP 503: elsewhere",
        "504 | '' | GateUnavailable | true | HTTP 504",
        "599 | {\"error\":{\"no\":\"text\"}} | GateUnavailable | true | HTTP 599",
        "200 | '' | ProtocolError | true | is no JSON",
        "202 | '' | ProtocolError | true | is no JSON",
        "204 | '' | ProtocolError | true | is no JSON",
      })
  void a_status_says_what_failed_and_whether_the_call_may_have_run(
      int status, String body, String type, boolean mayHaveRun, String message) {
    IntentGateException e = answered(status, Map.of("X-IntentGate-Call-Id", "c7"), body);

    assertThat(e.getClass().getSimpleName()).isEqualTo(type);
    assertThat(e.mayHaveRun()).isEqualTo(mayHaveRun);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.callId()).isEqualTo("c7");
    assertThat(gate.requests).as("it is sent once").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "429, 0, 0, false",
        "429, ' 17 ', 17, false",
        "429, 999999, 999999, false",
        "429, 1000000, 1, false",
        "429, -3, 1, false",
        "429, soon, 1, false",
        "429, 'Wed, 21 Oct 2026 07:28:00 GMT', 1, false",
        "503, 17, 17, false",
        "503, 'Wed, 21 Oct 2026 07:28:00 GMT', none, true",
        "503, soon, none, true",
        "500, 17, 17, true",
      })
  void when_to_come_back_is_read_where_it_is_a_number(
      int status, String header, Long seconds, boolean mayHaveRun) {
    GateUnavailable e = (GateUnavailable) answered(status, Map.of("Retry-After", header), "{}");

    assertThat(e.retryAfter().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    assertThat(e.mayHaveRun()).isEqualTo(mayHaveRun);
  }

  @Test
  void a_challenge_without_words_is_the_reason() {
    IntentGateException e =
        answered(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), "");

    assertThat(e.reason()).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(e.check()).isEqualTo("capability");
    assertThat(e.code()).isEqualTo(-32010);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_told_and_neither_followed_nor_asked_again(int status) {
    try (FakeGate elsewhere = new FakeGate()) {
      elsewhere.json("{}");

      IntentGateException e = answered(status, Map.of("Location", elsewhere.url() + "/v1/mcp"), "");

      assertThat(e).isInstanceOf(ProtocolError.class).hasMessageContaining("HTTP " + status);
      assertThat(e.mayHaveRun()).isFalse();
      assertThat(elsewhere.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Redirect.class,
      names = {"ALWAYS", "NORMAL"})
  void an_http_client_that_follows_redirects_is_refused_when_it_is_given(
      HttpClient.Redirect redirects) {
    HttpClient follows = HttpClient.newBuilder().followRedirects(redirects).build();

    Assertions.assertThatThrownBy(() -> IntentGateClient.builder().httpClient(follows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redirect.NEVER");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true",
    "application/json; charset=utf-8, true",
    "Application/JSON, true",
    "text/json, false",
    "text/plain, false",
    "'', false"
  })
  void an_answer_counts_only_when_it_says_that_it_is_json(String type, boolean read) {
    gate.always(
        200,
        type.isEmpty() ? Map.of() : Map.of("Content-Type", type),
        "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{}}");

    if (read) {
      assertThat(client.call("pay", Map.of()).isError()).isFalse();
    } else {
      assertThat(catchThrowableOfType(ProtocolError.class, () -> client.call("pay", Map.of())))
          .hasMessageContaining(type.isEmpty() ? "of no type" : type)
          .hasMessageContaining("is the URL that of a gate?");
    }
  }
}
