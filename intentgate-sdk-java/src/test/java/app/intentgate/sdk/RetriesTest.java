package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a request is sent when the connection fails, and what the caller is told at last. */
@Timeout(60)
class RetriesTest {
  private final List<HttpRequest> sent = new CopyOnWriteArrayList<>();

  private IntentGateClientBuilder failing(Supplier<Throwable> failure) {
    return IntentGateClient.builder()
        .url("http://gate.invalid")
        .httpClient(
            new StubHttpClient(
                request -> {
                  sent.add(request);
                  return CompletableFuture.failedFuture(failure.get());
                }));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), true),
        Arguments.of(new HttpConnectTimeoutException("too slow to connect"), true),
        Arguments.of(new CompletionException(new ConnectException("wrapped")), true),
        Arguments.of(new IOException("connection reset"), false),
        Arguments.of(new EOFException("EOF reached while reading"), false),
        Arguments.of(new SSLHandshakeException("bad certificate"), false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void only_a_connection_that_never_was_is_made_again(Throwable failure, boolean neverWas) {
    TransportError e;
    try (IntentGateClient client = failing(() -> failure).retries(2).build()) {
      e = catchThrowableOfType(TransportError.class, () -> client.call("pay", Map.of()));
    }

    assertThat(sent).hasSize(neverWas ? 3 : 1);
    assertThat(e.mayHaveRun()).isEqualTo(!neverWas);
    assertThat(e.isDenial()).isFalse();
    assertThat(e).hasMessageContaining(neverWas ? "cannot be reached" : "broke");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void it_is_sent_as_often_as_was_said_and_once_more(int retries) {
    try (IntentGateClient client =
        failing(() -> new ConnectException("refused")).retries(retries).build()) {
      assertThatThrownBy(() -> client.call("pay", Map.of())).isInstanceOf(TransportError.class);
    }

    assertThat(sent).hasSize(retries + 1);
  }

  @Test
  void no_pause_is_begun_that_would_outlast_the_time_out() {
    try (IntentGateClient client =
        failing(() -> new ConnectException("refused"))
            .retries(50)
            .timeout(Duration.ofMillis(90))
            .build()) {
      assertThatThrownBy(() -> client.call("pay", Map.of()))
          .isInstanceOf(TransportError.class)
          .hasMessageContaining("cannot be reached");
    }

    assertThat(sent).as("the first pause is of 100 ms").hasSize(1);
  }

  @Test
  void a_token_is_asked_for_before_each_try() {
    List<TokenSource.Request> asked = new CopyOnWriteArrayList<>();
    try (IntentGateClient client =
        failing(() -> new ConnectException("refused"))
            .retries(1)
            .token(
                request -> {
                  asked.add(request);
                  return null;
                })
            .build()) {
      assertThatThrownBy(() -> client.call("pay", Map.of(), CallOptions.none().user("alice")))
          .isInstanceOf(TransportError.class);
    }

    assertThat(asked)
        .containsExactly(
            new TokenSource.Request("alice", null), new TokenSource.Request("alice", null));
  }

  @Test
  void a_time_out_for_ever_is_one_and_no_overflow() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    try (FakeGate gate = new FakeGate();
        IntentGateClient client =
            IntentGateClient.builder().url(gate.url()).timeout(forever).build()) {
      gate.json("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}}");

      assertThat(client.call("pay", Map.of()).content()).isEmpty();
      assertThat(client.call("pay", Map.of(), CallOptions.none().timeout(forever)).content())
          .isEmpty();
      ApprovalWait wait = ApprovalWait.atMost(forever).askEvery(Duration.ofMillis(1));
      assertThat(client.callAndAwaitApproval("pay", Map.of(), CallOptions.none(), wait).isError())
          .isFalse();
    }
  }

  @Test
  void settings_that_mean_nothing_are_refused_by_their_name() {
    IntentGateClientBuilder builder = IntentGateClient.builder();
    assertThatThrownBy(() -> builder.retries(-1)).hasMessageContaining("retries");
    assertThatThrownBy(() -> builder.maxAnswerBytes(1023)).hasMessageContaining("maxAnswerBytes");
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("connectTimeout");
    assertThatThrownBy(() -> builder.token("no token")).hasMessageNotContaining("no token");
  }
}
