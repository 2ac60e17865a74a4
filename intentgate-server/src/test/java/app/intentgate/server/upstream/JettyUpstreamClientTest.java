package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.ScriptedServer;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import app.intentgate.testing.FreePort;
import app.intentgate.testing.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client does with servers that answer late, oddly, too much, or not at all. */
@Timeout(100)
class JettyUpstreamClientTest extends UpstreamClientCase {
  @Test
  void a_call_whose_kept_connection_drops_is_never_sent_a_second_time() throws Exception {
    StubServer.Reply drop = new StubServer.Reply(200, Map.of(), new byte[0], 0, true);
    AtomicInteger asked = new AtomicInteger();
    try (StubServer server =
        new StubServer(r -> asked.getAndIncrement() == 1 ? drop : StubServer.Reply.json(OK))) {
      UpstreamClient to = client(server.url(), LONG, 1_000);

      assertThat(send(to, call("a"))).isInstanceOf(UpstreamResult.Result.class);
      assertThat(send(to, call("a"))).isInstanceOf(UpstreamResult.Broken.class);
      assertThat(server.seen()).as("the second call came once").hasSize(2);
      assertThat(send(to, call("a"))).isInstanceOf(UpstreamResult.Result.class);
      assertThat(server.seen()).hasSize(3);
      assertThat(told).as("each is told of once").isEmpty();
    }
  }

  @Test
  void a_redirect_is_not_followed_and_takes_no_credential_along() throws Exception {
    try (StubServer elsewhere = new StubServer(r -> StubServer.Reply.json(OK));
        StubServer server =
            new StubServer(r -> reply(307, Map.of("Location", elsewhere.url() + "/x"), OK))) {
      UpstreamResult result = send(client(server.url(), LONG, 1_000), call("pay"));

      assertThat(result)
          .isEqualTo(new UpstreamResult.Unusable(307, OK.length(), "the answer is a redirect"));
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void a_401_is_an_answer_and_no_reason_to_ask_again() throws Exception {
    try (StubServer server =
        new StubServer(r -> reply(401, Map.of("WWW-Authenticate", "Basic realm=\"x\""), "no"))) {
      assertThat(send(client(server.url(), LONG, 1_000), call("a")))
          .isEqualTo(new UpstreamResult.HttpError(401, false));
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void a_tools_own_credential_takes_the_place_of_the_one_for_all_and_of_a_callers()
      throws Exception {
    try (StubServer server = new StubServer(r -> StubServer.Reply.json(OK))) {
      UpstreamClient to = client(server.url(), LONG, 1_000);
      send(to, call("pay", "Authorization", "Bearer caller", "traceparent", "t"));
      send(to, call("read", "Authorization", "Bearer caller"));
      send(to, new UpstreamRequest(new byte[] {'{', '}'}, null, null, List.of()));

      assertThat(server.seen())
          .extracting(seen -> all(seen, "Authorization"))
          .containsExactly(List.of("Bearer bank"), List.of("Bearer up"), List.of("Bearer up"));
      assertThat(all(server.seen().get(0), "traceparent")).containsExactly("t");
      assertThat(all(server.seen().get(0), "User-Agent")).isEmpty();
      assertThat(all(server.seen().get(0), "Content-Type")).containsExactly("application/json");
    }
  }

  private static List<String> all(StubServer.Request request, String name) {
    return request.headers().stream()
        .filter(h -> h.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void a_cookie_of_one_answer_does_not_go_along_with_the_next_call() throws Exception {
    try (StubServer server =
        new StubServer(r -> reply(200, Map.of("Set-Cookie", "who=ann; Path=/"), OK))) {
      UpstreamClient to = client(server.url(), LONG, 1_000);
      send(to, call("a"));
      send(to, call("a"));

      assertThat(server.seen()).allSatisfy(seen -> assertThat(all(seen, "Cookie")).isEmpty());
      assertThat(heads).allSatisfy(head -> assertThat(head.kept()).isEmpty());
    }
  }

  @Test
  void a_body_of_the_limit_is_read_and_one_byte_more_is_too_large() throws Exception {
    try (StubServer server = new StubServer(r -> StubServer.Reply.json(OK))) {
      assertThat(send(client(server.url(), LONG, OK.length()), call("a")))
          .isInstanceOf(UpstreamResult.Result.class);
      stopClient();
      assertThat(send(client(server.url(), LONG, OK.length() - 1), call("a")))
          .isEqualTo(new UpstreamResult.TooLarge(200));
    }
  }

  @Test
  void chunks_count_too_though_nobody_announced_how_many_come() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              write(out, "40\r\n" + " ".repeat(64) + "\r\n40\r\n" + " ".repeat(64) + "\r\n");
              Pause.silent();
            })) {
      assertThat(send(client(server.url(), LONG, 127), call("a")))
          .isEqualTo(new UpstreamResult.TooLarge(200));
    }
  }

  @Test
  void what_is_packed_stays_packed_and_is_no_answer() throws Exception {
    try (StubServer server =
        new StubServer(r -> reply(200, Map.of("Content-Encoding", "gzip"), OK))) {
      assertThat(send(client(server.url(), LONG, 1_000), call("a")))
          .as("nothing is unpacked, so nothing grows")
          .isInstanceOf(UpstreamResult.Result.class);
      assertThat(all(server.seen().get(0), "Accept-Encoding")).isEmpty();
    }
  }

  @Test
  void a_server_that_is_not_there_is_a_broken_connection_without_a_status() throws Exception {
    assertThat(send(client("http://127.0.0.1:" + FreePort.next(), LONG, 1_000), call("a")))
        .isEqualTo(new UpstreamResult.Broken(0));
    assertThat(heads).containsExactly(UpstreamHead.NONE);
  }

  @Test
  void an_answer_in_part_is_late_however_well_it_began() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"result\":");
              Pause.silent();
            })) {
      assertThat(send(client(server.url(), Duration.ofMillis(1_500), 1_000), call("a")).outcome())
          .isEqualTo("timeout");
    }
  }

  @Test
  void who_gives_up_is_told_once_that_nothing_came() throws Exception {
    try (ScriptedServer server = new ScriptedServer(out -> Pause.silent())) {
      UpstreamClient.Exchange exchange =
          client(server.url(), LONG, 1_000).send(call("a"), this::take);
      exchange.cancel();
      exchange.cancel();

      assertThat(next().outcome()).isEqualTo("transport");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void only_a_post_carries_a_body_and_says_what_it_takes() throws Exception {
    try (StubServer server = new StubServer(r -> reply(405, Map.of("Allow", "POST"), ""))) {
      UpstreamClient to = client(server.url(), LONG, 1_000);
      send(to, UpstreamRequest.without(Method.GET, List.of("Last-Event-ID", "e1")));
      send(to, UpstreamRequest.without(Method.DELETE, List.of("Mcp-Session-Id", "s")));

      Answer get = new Answer(0, server.seen().get(0).headers(), new byte[0]);
      assertThat(server.seen().get(0).method()).isEqualTo("GET");
      assertThat(get.header("Accept")).isEqualTo("text/event-stream");
      assertThat(get.header("Last-Event-ID")).isEqualTo("e1");
      assertThat(get.header("Content-Type")).isNull();
      assertThat(server.seen().get(1).method()).isEqualTo("DELETE");
      assertThat(server.seen().get(1).body()).isEmpty();
      assertThat(heads).allSatisfy(h -> assertThat(h.kept()).containsExactly("Allow", "POST"));
    }
  }
}
