package app.intentgate.server;

import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One subscription at several tool servers. */
@Timeout(60)
class SeveralListenTest {
  private static final String META = "\"io.modelcontextprotocol/subscriptionId\":1";

  @TempDir Path directory;

  /** Acknowledges what it is asked for, tells of its resource, and ends when it is let. */
  private static FakeMcpServer server(CountDownLatch end) throws Exception {
    return new FakeMcpServer(
        (request, reply) -> {
          FakeMcpServer.Stream stream = reply.stream();
          stream.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
                  + "{\"_meta\":{"
                  + META
                  + "},\"notifications\":"
                  + request.json().at("/params/notifications")
                  + "}}");
          stream.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":"
                  + "{\"_meta\":{"
                  + META
                  + "},\"uri\":\"file:///a\"}}");
          if (end.await(40, TimeUnit.SECONDS)) {
            stream.event(FakeMcpServer.answer(request, "{\"resultType\":\"complete\"}")).end();
          }
        });
  }

  private Got listen(TestGate gate) throws Exception {
    return new McpClient(gate, gate.mint(Grant.to("agent")))
        .modern(
            1,
            "subscriptions/listen",
            "",
            "\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":"
                + "[\"sap+file:///a\",\"crm+file:///b\"]}");
  }

  @Test
  void m10OneAcknowledgementComesFirstThenWhatEachServerTells() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeMcpServer sap = server(end);
        FakeMcpServer crm = server(end);
        TestGate gate =
            ServersFixture.gate(
                directory, List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")));
        Got got = listen(gate)) {
      JsonNode first = got.message();
      assertThat(first.path("method").asText())
          .isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(first.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").asInt())
          .isEqualTo(1);
      assertThat(first.at("/params/notifications/toolsListChanged").asBoolean()).isTrue();
      assertThat(first.at("/params/notifications/resourceSubscriptions").toString())
          .contains("sap+file:///a")
          .contains("crm+file:///b");
      List<String> updated =
          List.of(
              got.message().at("/params/uri").asText(), got.message().at("/params/uri").asText());
      assertThat(updated).containsExactlyInAnyOrder("sap+file:///a", "crm+file:///a");
      JsonNode asked = seen(crm, "subscriptions/listen").get(0).json();
      assertThat(asked.at("/params/notifications/resourceSubscriptions").toString())
          .as("each is asked for its own, by its own name")
          .isEqualTo("[\"file:///b\"]");

      end.countDown();
      assertThat(got.message().at("/result/resultType").asText()).isEqualTo("complete");
      assertThat(got.message()).isNull();
    }
  }

  @Test
  void m10WhoDoesNotAnswerIsLeftOutAndWhenNobodyListensTheRefusalStands() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeMcpServer sap = server(end);
        FakeMcpServer deaf =
            new FakeMcpServer((request, reply) -> end.await(40, TimeUnit.SECONDS));
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(entry("sap", sap.url(), ""), entry("crm", deaf.url(), "")),
                "UPSTREAMS_WAIT_MS",
                "300")) {
      try (Got got = listen(gate)) {
        JsonNode first = got.message();
        assertThat(first.at("/params/notifications/resourceSubscriptions").toString())
            .isEqualTo("[\"sap+file:///a\"]");
        assertThat(got.message().at("/params/uri").asText()).isEqualTo("sap+file:///a");
      }
      end.countDown();
    }
    FakeMcpServer.Script refusing =
        (request, reply) ->
            reply.json(
                404,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no\"}}");
    try (FakeMcpServer sap = new FakeMcpServer(refusing);
        FakeMcpServer crm = new FakeMcpServer(refusing);
        TestGate gate =
            ServersFixture.gate(
                directory.resolve("2"),
                List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")));
        Got got = listen(gate)) {
      assertThat(got.status()).isEqualTo(404);
      assertThat(got.json().at("/error/code").asInt()).isEqualTo(-32601);
    }
  }

  /** Acknowledges the tasks it is asked for and tells of the first. */
  private static FakeMcpServer tasks() throws Exception {
    return new FakeMcpServer(
        (request, reply) -> {
          JsonNode wanted = request.json().at("/params/notifications");
          FakeMcpServer.Stream stream = reply.stream();
          stream.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
                  + "{\"_meta\":{"
                  + META
                  + "},\"notifications\":"
                  + wanted
                  + "}}");
          stream.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{\"_meta\":{"
                  + META
                  + "},\"status\":\"working\",\"taskId\":"
                  + wanted.at("/taskIds/0")
                  + "}}");
          stream.awaitGone();
        });
  }

  @Test
  void m10EachServerIsAskedForItsOwnTasksByItsOwnIds() throws Exception {
    try (FakeMcpServer sap = tasks();
        FakeMcpServer crm = tasks();
        TestGate gate =
            ServersFixture.gate(
                directory, List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")));
        Got got =
            new McpClient(gate, gate.mint(Grant.to("agent")))
                .modern(
                    1,
                    "subscriptions/listen",
                    "",
                    "\"notifications\":{\"taskIds\":[\"sap:1\",\"crm:1\",\"crm:7\",\"9\"]}")) {
      List<String> honored = new ArrayList<>();
      got.message().at("/params/notifications/taskIds").forEach(each -> honored.add(each.asText()));
      assertThat(honored).containsExactlyInAnyOrder("sap:1", "crm:1", "crm:7");
      assertThat(
              List.of(
                  got.message().at("/params/taskId").asText(),
                  got.message().at("/params/taskId").asText()))
          .containsExactlyInAnyOrder("sap:1", "crm:1");
      assertThat(asked(sap)).isEqualTo("[\"1\"]");
      assertThat(asked(crm)).isEqualTo("[\"1\",\"7\"]");
    }
  }

  private static String asked(FakeMcpServer server) {
    return seen(server, "subscriptions/listen")
        .get(0)
        .json()
        .at("/params/notifications/taskIds")
        .toString();
  }
}
