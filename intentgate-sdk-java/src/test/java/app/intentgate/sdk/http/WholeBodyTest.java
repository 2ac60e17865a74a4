package app.intentgate.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies that are taken whole: up to a limit, and no piece further than is needed. */
class WholeBodyTest {
  /** A connection that counts what is asked of it. */
  private static final class Connection implements Subscription {
    private long asked;
    private boolean cancelled;

    @Override
    public void request(long n) {
      asked += n;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final Connection connection = new Connection();

  private static List<ByteBuffer> piece(int length) {
    return List.of(ByteBuffer.allocate(length));
  }

  private static byte[] bytes(BoundedBody body) throws Exception {
    return body.getBody().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private WholeBody begun(int maxBytes) {
    WholeBody body = new WholeBody(maxBytes);
    body.onSubscribe(connection);
    return body;
  }

  @Test
  void a_body_of_exactly_the_limit_is_whole() throws Exception {
    WholeBody body = begun(10);
    body.onNext(piece(4));
    body.onNext(List.of(ByteBuffer.allocate(3), ByteBuffer.allocate(3)));
    body.onComplete();

    assertThat(bytes(body)).hasSize(10);
    assertThat(connection.asked).as("piece by piece, and no more after the end").isEqualTo(3);
  }

  @Test
  void one_byte_more_is_refused_at_once_and_the_connection_let_go_of() {
    WholeBody body = begun(10);
    body.onNext(piece(10));
    body.onNext(piece(1));

    assertThat(connection.cancelled).isTrue();
    assertThat(connection.asked).isEqualTo(2);
    assertThatThrownBy(() -> bytes(body))
        .hasCauseInstanceOf(AnswerException.class)
        .hasMessageContaining("larger than 10 bytes");
    body.onNext(piece(10));
    body.onComplete();
    assertThat(connection.asked).as("what comes late is passed over").isEqualTo(2);
  }

  @Test
  void a_body_that_breaks_is_no_short_body() {
    WholeBody body = begun(10);
    body.onNext(piece(4));
    body.onError(new IOException("connection reset"));
    body.onComplete();

    assertThatThrownBy(() -> bytes(body)).hasRootCauseMessage("connection reset");
  }

  @Test
  void a_stream_that_ends_before_its_answer_is_a_failure_even_when_it_held_other_events() {
    EventStreamBody body = new EventStreamBody(data -> false, 100);
    body.onSubscribe(connection);
    body.onNext(List.of(ByteBuffer.wrap("data: other\n\n".getBytes(StandardCharsets.UTF_8))));
    body.onComplete();

    assertThatThrownBy(() -> bytes(body))
        .hasCauseInstanceOf(AnswerException.class)
        .hasMessageContaining("ended before the answer");
  }

  @Test
  void a_stream_lets_go_of_its_connection_as_soon_as_its_answer_is_there() throws Exception {
    EventStreamBody body = new EventStreamBody(data -> data.length == 1, 100);
    body.onSubscribe(connection);
    body.onNext(
        List.of(
            ByteBuffer.wrap(
                "data: xx\n\ndata: y\n\ndata: z\n\n".getBytes(StandardCharsets.UTF_8))));

    assertThat(bytes(body)).isEqualTo(new byte[] {'y'});
    assertThat(connection.cancelled).isTrue();
    assertThat(connection.asked).isEqualTo(1);
  }

  @Test
  void a_judge_of_events_that_fails_fails_the_answer_and_not_the_connections_thread() {
    IllegalArgumentException odd = new IllegalArgumentException("no JSON");
    EventStreamBody body =
        new EventStreamBody(
            data -> {
              throw odd;
            },
            100);
    body.onSubscribe(connection);

    body.onNext(List.of(ByteBuffer.wrap("data: x\n\n".getBytes(StandardCharsets.UTF_8))));

    CompletableFuture<byte[]> answer = body.getBody().toCompletableFuture();
    assertThat(answer).isCompletedExceptionally();
    assertThat(connection.cancelled).isTrue();
    assertThatThrownBy(() -> bytes(body)).hasCause(odd);
  }
}
