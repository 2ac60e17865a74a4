package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end can be read in two ways: a proxy in front must never see one where the gate
 * sees two, since the second would pass under the first one's name.
 */
@Timeout(120)
class RequestFramingTest {
  private static final String HOST = "Host: localhost\r\n";

  @TempDir static Path directory;
  private static StubServer upstream;
  private static TestGate gate;

  private int seenBefore;
  private int eventsBefore;

  @BeforeAll
  static void start() {
    upstream = new StubServer(r -> StubServer.Reply.json("{\"id\":1,\"result\":{}}"));
    gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url());
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    upstream.close();
  }

  @BeforeEach
  void count() {
    seenBefore = upstream.seen().size();
    eventsBefore = gate.events().size();
  }

  /** What the tool server got in this test. */
  private List<StubServer.Request> seen() {
    List<StubServer.Request> all = upstream.seen();
    return all.subList(seenBefore, all.size());
  }

  private static String body(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":{}}}";
  }

  private static String request(String headers, String body) {
    return "POST /v1/mcp HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
  }

  private static String plain(String tool) {
    String body = body(tool);
    return request("Content-Length: " + body.length() + "\r\n", body);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** Sends bytes, closes that direction, and reads every answer that comes. */
  private List<Answer> exchange(String bytes) throws IOException {
    List<Answer> out = new ArrayList<>();
    try (Socket socket = RawHttp.connect(gate.port())) {
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
      } catch (SocketException e) {
        // The gate may answer and close before it read everything.
      }
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        out.add(RawHttp.read(in, false));
      }
    } catch (EOFException | SocketException e) {
      return out;
    }
  }

  private List<String> tools() {
    return seen().stream().map(r -> r.json().at("/params/name").asText()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: LEN\\r\\nTransfer-Encoding: chunked\\r\\n",
        "Transfer-Encoding: chunked\\r\\nContent-Length: LEN\\r\\n",
        "Content-Length: LEN\\r\\nContent-Length: 0\\r\\n",
        "Content-Length: 0\\r\\nContent-Length: LEN\\r\\n",
        "Content-Length: LEN, 0\\r\\n",
        "Content-Length: +LEN\\r\\n",
        "Content-Length: -LEN\\r\\n",
        "Content-Length: 0xLEN\\r\\n",
        "Content-Length: 1 LEN\\r\\n",
        "Content-Length: LEN.0\\r\\n",
        "Content-Length: 99999999999999999999LEN\\r\\n",
        "Content-Length : LEN\\r\\n",
        " Content-Length: LEN\\r\\n",
        "Transfer-Encoding: gzip\\r\\n",
        "Transfer-Encoding: chunked, identity\\r\\n",
        "Transfer-Encoding: xchunked\\r\\n",
        "Transfer-Encoding : chunked\\r\\n",
        "Transfer-Encoding: \\u000bchunked\\r\\n",
        "X: y\\r\\n Transfer-Encoding: chunked\\r\\n",
        "X: a\\u0000b\\r\\nContent-Length: LEN\\r\\n",
        "X y\\r\\nContent-Length: LEN\\r\\n",
        ": y\\r\\nContent-Length: LEN\\r\\n"
      })
  void a_body_whose_end_is_in_doubt_is_refused_and_nothing_behind_it_is_heard(String headers)
      throws Exception {
    String body = body("read_first");
    String given =
        headers
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\u000b", "\u000b")
            .replace("\\u0000", "\u0000")
            .replace("LEN", String.valueOf(body.length()));

    List<Answer> answers = exchange(request(given, body) + plain("read_hidden"));

    assertThat(answers).as("one answer, and the end").hasSize(1);
    assertThat(answers.get(0).status()).isBetween(400, 501);
    assertThat(answers.get(0).text()).doesNotContain("Exception").doesNotContain("jetty");
    assertThat(seen()).isEmpty();
    assertThat(gate.events()).as("no decision").hasSize(eventsBefore);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\\r\\nX\\r\\n0\\r\\n\\r\\n",
        "-5\\r\\nX\\r\\n0\\r\\n\\r\\n",
        "fffffffffffffffff\\r\\nX",
        "5\\r\\nX",
        "\\r\\n0\\r\\n\\r\\n"
      })
  void a_chunk_of_no_size_or_without_its_end_is_no_body(String chunks) throws Exception {
    String sent = chunks.replace("\\r", "\r").replace("\\n", "\n");

    List<Answer> answers =
        exchange(request("Transfer-Encoding: chunked\r\n", sent) + plain("read_hidden"));

    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    assertThat(answers).allSatisfy(a -> assertThat(a.text()).doesNotContain("\"result\""));
    assertThat(seen()).isEmpty();
  }

  @Test
  void chunks_of_any_size_with_extensions_and_trailers_are_the_body_they_make() throws Exception {
    String body = body("read_chunked");
    StringBuilder single = new StringBuilder();
    for (int i = 0; i < body.length(); i++) {
      single.append(chunk(body.substring(i, i + 1)));
    }
    String whole = Integer.toHexString(body.length()) + ";name=\"v\"\r\n" + body + "\r\n";
    String head = "Transfer-Encoding: chunked\r\n";

    List<Answer> answers =
        exchange(
            request(head, single + "0\r\n\r\n")
                + request(head, whole + "0\r\nX-Trailer: Authorization\r\n\r\n")
                + plain("read_last"));

    assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 200);
    assertThat(tools()).containsExactly("read_chunked", "read_chunked", "read_last");
  }

  @Test
  void requests_sent_ahead_are_answered_in_their_order_each_once() throws Exception {
    StringBuilder all = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String tool = (i % 4 == 3 ? "drop_table_" : "read_") + i;
      all.append(plain(tool));
      if (i % 4 != 3) {
        expected.add(tool);
      }
    }

    List<Answer> answers = exchange(all.toString());

    assertThat(answers).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(TestGate.json(answers.get(i)).has(i % 4 == 3 ? "error" : "result"))
          .as("answer %s: %s", i, answers.get(i))
          .isTrue();
    }
    assertThat(tools()).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "60"})
  void a_request_cut_off_in_its_body_is_never_a_call(int missing) throws Exception {
    String whole = plain("read_cut");

    List<Answer> answers = exchange(whole.substring(0, whole.length() - missing));

    assertThat(answers).allSatisfy(a -> assertThat(a.text()).doesNotContain("\"result\""));
    assertThat(seen()).isEmpty();
  }

  @Test
  void what_stands_behind_an_announced_body_is_not_part_of_it() throws Exception {
    String body = body("read_a");

    List<Answer> answers =
        exchange(
            request("Content-Length: " + body.length() + "\r\n", body + "{\"x\":1}\r\n")
                + plain("read_hidden"));

    assertThat(answers.get(0).status()).isEqualTo(200);
    assertThat(tools()).as("what is no request ends the connection").containsExactly("read_a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host: a/b\r\n"})
  void a_request_says_once_whom_it_is_for(String host) throws Exception {
    String body = body("read_a");

    List<Answer> answers =
        exchange(
            "POST /v1/mcp HTTP/1.1\r\n"
                + host
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertThat(answers).isNotEmpty();
    assertThat(answers).allSatisfy(a -> assertThat(a.status()).isBetween(400, 499));
    assertThat(seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/./mcp",
        "/v1/../v1/mcp",
        "/v1/%6dcp",
        "/v1%2fmcp",
        "/v1//mcp",
        "/v1/mcp/",
        "/v1/mcp%00",
        "/v1/mcp%2e",
        "/V1/MCP"
      })
  void another_spelling_of_the_path_is_another_path(String path) throws Exception {
    String body = body("read_a");

    List<Answer> answers =
        exchange(
            "POST "
                + path
                + " HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).status()).isIn(400, 404);
    assertThat(seen()).isEmpty();
  }
}
