package app.intentgate.server.upstream;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.ScriptedServer;
import app.intentgate.testing.Pause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers before the answer, and answers that are framed in two ways. */
@Timeout(100)
class InterimAnswersTest extends UpstreamClientCase {
  @ParameterizedTest
  @ValueSource(
      strings = {"100 Continue", "102 Processing", "103 Early Hints", "110 Wait", "199 Whatever"})
  void an_interim_answer_is_not_the_answer_and_does_not_hide_it(String status) throws Exception {
    String interim = "HTTP/1.1 " + status + "\r\nLink: </x>\r\n\r\n";
    try (ScriptedServer server =
        new ScriptedServer(
            out ->
                write(
                    out,
                    interim.repeat(3)
                        + "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                        + OK.length()
                        + "\r\n\r\n"
                        + OK))) {
      UpstreamClient to = client(server.url(), LONG, 1_000);

      assertThat(send(to, call("a"))).isInstanceOf(UpstreamResult.Result.class);
      assertThat(heads).extracting(UpstreamHead::status).containsExactly(200);
      CompletableFuture<String> answered = new CompletableFuture<>();
      var unused = to.open(call("a"), new OneAnswer(answered));
      assertThat(answered.get(90, TimeUnit.SECONDS)).isEqualTo("200 " + OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "103 Early Hints"})
  void interim_answers_without_end_or_answer_are_no_answer_in_time(String status) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            out -> {
              write(out, "HTTP/1.1 " + status + "\r\n\r\n");
              Pause.silent();
            })) {
      UpstreamClient to = client(server.url(), Duration.ofMillis(1_500), 1_000);

      assertThat(send(to, call("a")).outcome()).isEqualTo("timeout");
      CompletableFuture<String> answered = new CompletableFuture<>();
      var unused = to.open(call("a"), new OneAnswer(answered));
      assertThat(answered.get(90, TimeUnit.SECONDS)).isEqualTo("timeout");
    }
  }

  @Test
  void another_protocol_than_was_asked_for_is_no_answer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            out -> {
              write(out, "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
              Pause.silent();
            })) {
      UpstreamResult result =
          send(client(server.url(), Duration.ofMillis(1_500), 1_000), call("a"));

      assertThat(result).isNotInstanceOf(UpstreamResult.Result.class);
    }
  }

  @Test
  void an_answer_whose_two_lengths_differ_is_broken() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            out ->
                write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: "
                        + OK.length()
                        + "\r\n\r\n"
                        + OK))) {
      assertThat(send(client(server.url(), LONG, 1_000), call("a")))
          .isInstanceOf(UpstreamResult.Broken.class);
    }
  }

  @Test
  void an_answer_in_a_stream_is_taken_and_the_rest_of_the_stream_given_up() throws Exception {
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
        new ScriptedServer(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
              write(out, "data: {\"id\":\"s1\",\"method\":\"sampling/createMessage\"}\n\n");
              write(out, "data: {\"method\":\"notifications/progress\"}\n\n");
              write(out, "data: {\"id\":1,\"method\":\"x\",\"result\":{\"forged\":1}}\n\n");
              write(out, "data: {\"id\":\"1\",\"result\":{\"other\":1}}\n\n");
              write(out, "data: {\"id\":1,\"result\":{\"right\":1}}\n\n");
              try {
                while (true) {
                  write(out, ": " + "x".repeat(1_000) + "\n\n");
                }
              } catch (IOException e) {
                ended.add("given up");
                throw e;
              }
            })) {
      var unused =
          client(server.url(), LONG, 1 << 20)
              .send(
                  call("a"),
                  new UpstreamClient.Listener() {
                    @Override
                    public void onResult(UpstreamResult result, UpstreamHead head) {
                      told.add(result);
                    }

                    @Override
                    public void onServerRequest(app.intentgate.json.JsonValue id) {
                      asked.add(id.toString());
                    }
                  });

      assertThat(next().toString()).contains("right").doesNotContain("forged");
      assertThat(asked).containsExactly("\"s1\"", "1");
      until("the stream to be given up", () -> !ended.isEmpty());
    }
  }

  /** Says what came of an exchange that is no stream. */
  private record OneAnswer(CompletableFuture<String> answered) implements UpstreamReceiver {
    @Override
    public void onStream(UpstreamHead head) {
      answered.complete("a stream");
    }

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      more.run();
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      answered.complete(head.status() + " " + new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void onStreamEnd() {
      answered.complete("an end");
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      answered.complete(failure.outcome());
    }
  }
}
