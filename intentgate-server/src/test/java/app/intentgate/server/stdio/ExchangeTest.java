package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FakeMcpServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One request of a client that speaks lines: it has one answer, under its own id, whatever comes.
 */
@Timeout(60)
class ExchangeTest {
  private static final String STATELESS =
      "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}";

  private static FakeMcpServer server;
  private static final AtomicReference<FakeMcpServer.Script> SCRIPT =
      new AtomicReference<>((request, reply) -> reply.empty(500));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<String> log = new ArrayList<>();
  private final MessageOut out = new MessageOut(written, () -> log.add("nobody reads"));
  private final GateHttp http = new GateHttp(URI.create(server.url()), () -> "token-1");
  private final Sessions sessions =
      new Sessions(http, out, task -> {}, log::add, new CountDownLatch(1));

  @BeforeAll
  static void start() throws Exception {
    server =
        new FakeMcpServer(
            (request, reply) -> Objects.requireNonNull(SCRIPT.get()).play(request, reply));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Exchange exchange(String message) {
    byte[] line = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Exchange(
        http, sessions, out, log::add, line, Objects.requireNonNull(Rpc.read(line)));
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).replace('"', '\'').lines().toList();
  }

  private static void answering(int status, String type, String body) {
    script(
        (request, reply) -> {
          byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          reply.header("Content-Type", type);
          request.exchange().sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          request.exchange().getResponseBody().write(bytes);
          request.exchange().close();
        });
  }

  private static void script(FakeMcpServer.Script next) {
    SCRIPT.set(next);
  }

  private static String failed(String why) {
    return "{'jsonrpc':'2.0','id':7,'error':{'code':-32603,'message':'" + why + "'}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | {'id':7,'result':{'a':1}} | {'id':7,'result':{'a':1}}",
        "200 | {'id':7,'error':{'code':1}} | {'id':7,'error':{'code':1}}",
        "404 | {'id':7,'error':{'code':1}} | {'id':7,'error':{'code':1}}",
        "401 | {'id':null,'error':{'code':1,'data':[2]}}"
            + " | {'jsonrpc':'2.0','id':7,'error':{'code':1,'data':[2]}}",
        "401 | {'error':{'code':1}} | {'jsonrpc':'2.0','id':7,'error':{'code':1}}",
        "200 | {'id':8,'result':{}} | the gate's answer is no message",
        "200 | {'id':'7','result':{}} | the gate's answer is no message",
        "200 | {'id':null,'result':{}} | the gate's answer is no message",
        "200 | {'result':{}} | the gate's answer is no message",
        "200 | {'id':8,'error':{'code':1}} | the gate's answer is no message",
        "200 | {'id':7,'method':'x','result':{}} | the gate's answer is no message",
        "200 | {'id':7} | the gate's answer is no message",
        "200 | [{'id':7,'result':{}}] | the gate's answer is no message",
        "200 | `` | the gate's answer is no message",
        "202 | `` | the gate answered HTTP 202",
        "302 | `` | the gate answered HTTP 302",
        "404 | <html> | the gate answered HTTP 404",
        "502 | {'id':8,'error':{'code':1}} | the gate answered HTTP 502"
      })
  void anAnswerIsTheRequestsOwnOrAFailureOfIt(int status, String body, String line) {
    answering(status, "application/json", body);
    exchange("{'id':7,'method':'ping'}").request();
    assertThat(lines()).containsExactly(line.startsWith("{") ? line : failed(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: {'id':7,'result':1}\\n\\n | {'id':7,'result':1}",
        "data: {'method':'a'}\\n\\ndata: {'id':7,'result':1}\\n\\ndata: {'method':'b'}\\n\\n"
            + " | {'method':'a'};{'id':7,'result':1};{'method':'b'}",
        "data: {'id':7,\\ndata: 'result':1}\\n\\n | {'id':7, 'result':1}",
        "data: no json\\n\\ndata: {'id':7,'result':1}\\n\\n | {'id':7,'result':1}",
        "data: {'id':8,'result':1}\\n\\n | {'id':8,'result':1};none",
        "data: {'id':7,'method':'roots/list'}\\n\\n | {'id':7,'method':'roots/list'};none",
        "data: {'id':7,'result':1} | none",
        ": c\\n\\n | none"
      })
  void aStreamIsHandedOnAsItComesAndEndsWithTheAnswer(String stream, String wanted) {
    answering(200, "Text/Event-Stream; charset=utf-8", stream.replace("\\n", "\n"));
    exchange("{'id':7,'method':'ping'}").request();
    assertThat(String.join(";", lines()))
        .isEqualTo(wanted.replace("none", failed("the event stream ended without the answer")));
  }

  @Test
  void aServerThatOnlyPromisesIsNotAskedWithoutEnd() {
    script(
        (request, reply) ->
            reply.stream().raw("id: e\nretry: 0\ndata: {\"method\":\"x\"}\n\n").end());
    int before = server.seen().size();
    exchange("{'id':7,'method':'ping'}").request();
    assertThat(server.seen().subList(before + 1, server.seen().size()))
        .hasSize(101)
        .allMatch(request -> "e".equals(request.header("Last-Event-ID")));
    assertThat(lines())
        .hasSize(102)
        .last()
        .isEqualTo(failed("the event stream ended without the answer"));
  }

  @Test
  void aStreamOfTheStatelessEraIsNotGoneOnWith() {
    script((request, reply) -> reply.stream().raw("id: e\nretry: 0\ndata: {}\n\n").end());
    int before = server.seen().size();
    exchange("{'id':7,'method':'ping','params':" + STATELESS + "}").request();
    assertThat(server.seen()).hasSize(before + 1);
    assertThat(lines()).last().isEqualTo(failed("the event stream ended without the answer"));
  }

  @Test
  void whatIsGivenUpBeforeItIsSentIsNotAnswered() {
    answering(200, "application/json", "{'id':7,'result':1}");
    Exchange exchange = exchange("{'id':7,'method':'ping'}");
    exchange.cancel();
    exchange.request();
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"200,''", "202,''", "399,''", "400,the gate refused notifications/x: HTTP 400"})
  void whatHasNoAnswerIsToldOfWhereItIsRefused(int status, String told) {
    answering(status, "application/json", "");
    exchange("{'method':'notifications/x'}").deliver();
    assertThat(String.join(";", log)).isEqualTo(told);
    assertThat(lines()).isEmpty();
  }

  @Test
  void aGateThatIsNotThereIsAFailureThatNamesNoToken() {
    GateHttp nowhere = new GateHttp(URI.create("http://127.0.0.1:1/v1/mcp"), () -> "secret-1");
    byte[] line = "{\"id\":7,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    new Exchange(nowhere, sessions, out, log::add, line, Objects.requireNonNull(Rpc.read(line)))
        .request();
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(
            "{'jsonrpc':'2.0','id':7,'error':{'code':-32603,'message':'the gate cannot be reached")
        .doesNotContain("secret-1");
  }

  @Test
  void aSessionThatNobodyOpenedIsNotRenewed() {
    answering(404, "application/json", "{'id':7,'error':{'code':-32600,'message':'none'}}");
    exchange("{'id':7,'method':'ping'}").request();
    assertThat(lines()).singleElement().asString().contains("'message':'none'");
  }
}
