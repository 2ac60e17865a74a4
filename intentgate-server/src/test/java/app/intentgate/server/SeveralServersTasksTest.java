package app.intentgate.server;

import static app.intentgate.server.ServersFixture.client;
import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.seen;
import static app.intentgate.server.ServersFixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of several servers, which give the same ids to theirs (mcp L11). */
@Timeout(60)
class SeveralServersTasksTest {
  private static final String RELATED = "/_meta/io.modelcontextprotocol~1related-task/taskId";

  @TempDir Path directory;

  /** A server that makes a task of each call and numbers its tasks from 1. */
  private static FakeMcpServer tasks(String name) throws Exception {
    Map<String, String> states = new ConcurrentHashMap<>();
    return server(
        name,
        "2025-11-25",
        (request, reply) -> {
          String id = request.json().at("/params/taskId").asText();
          if (!id.isEmpty() && !states.containsKey(id)) {
            reply.json(
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + request.id()
                    + ",\"error\":{\"code\":-32602,\"message\":\"no task "
                    + id
                    + " here\"}}");
            return;
          }
          switch (request.rpc()) {
            case "tools/call" -> {
              String made = String.valueOf(states.size() + 1);
              states.put(made, "working");
              String result = "{\"task\":" + task(made, "working") + "}";
              if (request.json().at("/params/arguments/stream").asBoolean()) {
                reply.stream()
                    .event(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\","
                            + "\"params\":"
                            + task(made, "working")
                            + "}")
                    .event(FakeMcpServer.answer(request, result))
                    .end();
              } else {
                reply.result(request, result);
              }
            }
            case "tasks/get" -> reply.result(request, task(id, states.get(id)));
            case "tasks/cancel" -> {
              states.put(id, "cancelled");
              reply.result(request, task(id, "cancelled"));
            }
            case "tasks/result" ->
                reply.result(
                    request,
                    "{\"content\":[{\"type\":\"text\",\"text\":\"done by "
                        + name
                        + "\"}],\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\""
                        + id
                        + "\"}}}");
            case "tasks/list" -> {
              List<String> all = new ArrayList<>();
              states.forEach((each, state) -> all.add(task(each, state)));
              reply.result(request, "{\"tasks\":[" + String.join(",", all) + "]}");
            }
            default -> reply.empty(202);
          }
        });
  }

  private static String task(String id, String state) {
    return "{\"taskId\":\""
        + id
        + "\",\"status\":\""
        + state
        + "\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"ttl\":60000}";
  }

  private TestGate gate(FakeMcpServer sap, FakeMcpServer crm) throws Exception {
    return ServersFixture.gate(
        directory, List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")));
  }

  private static JsonNode result(McpClient client, String method, String taskId) throws Exception {
    Got got = client.request(9, method, "{\"taskId\":\"" + taskId + "\"}");
    return got.json();
  }

  private static String make(McpClient client, String tool) throws Exception {
    JsonNode answer =
        client
            .request(
                5,
                "tools/call",
                "{\"name\":\"" + tool + "\",\"arguments\":{},\"task\":{\"ttl\":1}}")
            .json();
    assertThat(answer.at("/result/task/status").asText()).isEqualTo("working");
    return answer.at("/result/task/taskId").asText();
  }

  @Test
  void l11ATaskIsAskedForAtTheServerThatMadeIt() throws Exception {
    try (FakeMcpServer sap = tasks("sap");
        FakeMcpServer crm = tasks("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      String ofSap = make(client, "sap_run");
      String ofCrm = make(client, "crm_run");
      assertThat(ofSap).isEqualTo("sap:1");
      assertThat(ofCrm).isEqualTo("crm:1");

      assertThat(result(client, "tasks/get", ofCrm).at("/result/taskId").asText()).isEqualTo(ofCrm);
      assertThat(seen(sap, "tasks/get")).isEmpty();
      assertThat(seen(crm, "tasks/get").get(0).json().at("/params/taskId").asText())
          .as("its own id")
          .isEqualTo("1");

      JsonNode done = result(client, "tasks/result", ofSap).path("result");
      assertThat(done.at("/content/0/text").asText()).isEqualTo("done by sap");
      assertThat(done.at(RELATED).asText()).isEqualTo(ofSap);

      assertThat(result(client, "tasks/cancel", ofSap).at("/result/status").asText())
          .isEqualTo("cancelled");
      assertThat(result(client, "tasks/get", ofCrm).at("/result/status").asText())
          .as("the other server's task of the same number")
          .isEqualTo("working");
    }
  }

  @Test
  void l11ListsOfTasksAreMergedAndEachIdIsUnique() throws Exception {
    try (FakeMcpServer sap = tasks("sap");
        FakeMcpServer crm = tasks("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      make(client, "sap_run");
      make(client, "crm_run");
      make(client, "crm_run");
      List<String> ids = new ArrayList<>();
      client
          .request(6, "tasks/list", "{}")
          .json()
          .at("/result/tasks")
          .forEach(task -> ids.add(task.path("taskId").asText()));
      assertThat(ids).containsExactlyInAnyOrder("sap:1", "crm:1", "crm:2");
    }
  }

  @Test
  void whatAStreamSaysOfATaskCarriesItsServersName() throws Exception {
    try (FakeMcpServer sap = tasks("sap");
        FakeMcpServer crm = tasks("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      try (Got got =
          client.request(
              7,
              "tools/call",
              "{\"name\":\"crm_run\",\"arguments\":{\"stream\":true},\"task\":{\"ttl\":1}}")) {
        JsonNode status = got.message();
        assertThat(status).isNotNull();
        assertThat(status.at("/params/taskId").asText()).isEqualTo("crm:1");
        JsonNode answer = got.message();
        assertThat(answer).isNotNull();
        assertThat(answer.at("/result/task/taskId").asText()).isEqualTo("crm:1");
      }
    }
  }

  @Test
  void anIdThatNoServerMadeReachesNone() throws Exception {
    try (FakeMcpServer sap = tasks("sap");
        FakeMcpServer crm = tasks("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      for (String id : List.of("1", "erp:1", "sap:", ":1", "")) {
        assertThat(result(client, "tasks/get", id).at("/error/code").asInt())
            .as(id)
            .isEqualTo(-32602);
      }
      assertThat(seen(sap, "tasks/get")).isEmpty();
      assertThat(seen(crm, "tasks/get")).isEmpty();
      assertThat(result(client, "tasks/get", "sap:77").at("/error/message").asText())
          .as("the server's own words")
          .isEqualTo("no task 77 here");
    }
  }

  @Test
  void aTokenThatListsItsToolsMustNameTheTasksMethods() throws Exception {
    try (FakeMcpServer sap = tasks("sap");
        FakeMcpServer crm = tasks("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client =
          new McpClient(gate, gate.mint(Grant.to("agent").tools("sap.run"))).initialize();
      String made = make(client, "sap_run");
      assertThat(result(client, "tasks/get", made).at("/error/code").asInt()).isEqualTo(-32010);
      assertThat(seen(sap, "tasks/get")).isEmpty();
    }
  }

  /** A server that asks its caller for something that may take the caller a while. */
  private static FakeMcpServer asking(String name) throws Exception {
    return server(
        name,
        "2025-11-25",
        (request, reply) -> {
          if (request.rpc().equals("tools/call")) {
            reply.stream()
                .event(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\","
                        + "\"params\":{\"messages\":[],\"maxTokens\":1,\"task\":{\"ttl\":9}}}")
                .event(FakeMcpServer.answer(request, ServersFixture.text(name)))
                .end();
          } else {
            reply.empty(202);
          }
        });
  }

  @Test
  void l11WhatAClientTellsOfItsTaskReachesTheServerItMadeItForAndNoOther() throws Exception {
    try (FakeMcpServer sap = asking("sap");
        FakeMcpServer crm = asking("crm");
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      assertThat(client.call(5, "crm_run").message().path("id").asText()).isEqualTo("crm:1");
      String made =
          "{\"jsonrpc\":\"2.0\",\"id\":\"crm:1\",\"result\":{\"task\":"
              + task("mine", "working")
              + "}}";
      assertThat(client.post(made).status()).isEqualTo(202);

      for (String id : List.of("mine", "another")) {
        String told =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\",\"params\":"
                + task(id, "completed")
                + "}";
        assertThat(client.post(told).status()).isEqualTo(202);
      }

      assertThat(seen(crm, "notifications/tasks/status"))
          .singleElement()
          .satisfies(
              told -> assertThat(told.json().at("/params/taskId").asText()).isEqualTo("mine"));
      assertThat(seen(sap, "notifications/tasks/status")).isEmpty();
    }
  }
}
