package app.intentgate.server;

import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tool servers with sessions, and gates in front of several. */
final class ServersFixture {
  private static final String POLICY =
      "package intentgate.policy\ndecision := {\"allow\": true, \"reason\": \"ok\"}\n";

  private ServersFixture() {}

  /** A server with sessions and a tool {@code read}; what it does beside that is the test's. */
  static FakeMcpServer server(String name, String version, FakeMcpServer.Script script)
      throws Exception {
    return new FakeMcpServer(
        (request, reply) -> {
          String session = request.header("Mcp-Session-Id");
          if (request.rpc().equals("initialize")) {
            reply
                .header("Mcp-Session-Id", name + "-session")
                .result(
                    request,
                    "{\"protocolVersion\":\""
                        + version
                        + "\",\"capabilities\":{\"tools\":{},\""
                        + name
                        + "-feature\":{}},\"serverInfo\":{\"name\":\"fake\"},"
                        + "\"instructions\":\"I am "
                        + name
                        + "\"}");
          } else if (session == null) {
            reply.json(
                400,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,"
                    + "\"message\":\"Bad Request: no session\"}}");
          } else if (!session.equals(name + "-session")) {
            reply.json(
                404,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,"
                    + "\"message\":\"Session not found\"}}");
          } else if (request.rpc().startsWith("notifications/")) {
            reply.empty(202);
          } else {
            script.play(request, reply);
          }
        });
  }

  /** A server that lists the tool {@code read}, and says its own name when it is called. */
  static FakeMcpServer plain(String name) throws Exception {
    return server(name, "2025-11-25", (request, reply) -> answer(name, request, reply));
  }

  static void answer(String name, Seen request, FakeMcpServer.Reply reply) throws Exception {
    switch (request.rpc()) {
      case "tools/list" ->
          reply.result(request, "{\"tools\":[{\"name\":\"read\",\"inputSchema\":{}}]}");
      case "tools/call" -> reply.result(request, text(name));
      case "" -> reply.empty(request.method().equals("DELETE") ? 200 : 202);
      default ->
          reply.json(
              200,
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + request.id()
                  + ",\"error\":{\"code\":-32601,\"message\":\"none\"}}");
    }
  }

  static String text(String text) {
    return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
  }

  static String entry(String name, String url, String more) {
    return "{\"name\":\"" + name + "\",\"url\":\"" + url + "\"" + more + "}";
  }

  static TestGate gate(Path directory, List<String> entries, String... more) throws Exception {
    Path policy = Files.writeString(Files.createDirectories(directory).resolve("p.rego"), POLICY);
    List<String> all = new ArrayList<>(List.of("UPSTREAMS", "[" + String.join(",", entries) + "]"));
    all.addAll(
        List.of(
            "UPSTREAM_TIMEOUT_MS",
            "8000",
            "UPSTREAMS_WAIT_MS",
            "8000",
            "POLICY_FILE",
            policy.toString()));
    all.addAll(List.of(more));
    return TestGate.start(directory, all.toArray(new String[0]));
  }

  static McpClient client(TestGate gate) throws Exception {
    return new McpClient(gate, gate.mint(Grant.to("agent"))).initialize();
  }

  static List<String> names(JsonNode answer, String list) {
    List<String> out = new ArrayList<>();
    answer.at("/result/" + list).forEach(entry -> out.add(entry.path("name").asText()));
    return out;
  }

  static List<Seen> seen(FakeMcpServer server, String rpc) {
    return server.seen().stream().filter(request -> request.rpc().equals(rpc)).toList();
  }
}
