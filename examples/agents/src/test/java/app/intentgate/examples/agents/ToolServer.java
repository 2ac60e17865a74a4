package app.intentgate.examples.agents;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small MCP server: reads and pays invoices, deletes them, and remembers what it did. */
final class ToolServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final List<String> done = new CopyOnWriteArrayList<>();

  ToolServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      JsonObject request = (JsonObject) JsonReader.parse(exchange.getRequestBody().readAllBytes());
      if (request.get("id") == null) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      byte[] answer =
          JsonWriter.toBytes(
              JsonObject.builder(3)
                  .put("jsonrpc", "2.0")
                  .put("id", request.get("id"))
                  .put("result", result(request))
                  .build());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private JsonValue result(JsonObject request) {
    JsonObject params = request.get("params") instanceof JsonObject o ? o : JsonObject.EMPTY;
    return switch (String.valueOf(request.get("method").asText())) {
      case "initialize" ->
          JsonReader.parse(
              "{\"protocolVersion\":"
                  + params.get("protocolVersion")
                  + ",\"capabilities\":{\"tools\":{}},"
                  + "\"serverInfo\":{\"name\":\"invoices\",\"version\":\"1\"}}");
      case "tools/list" ->
          JsonObject.of(
              "tools",
              JsonArray.of(
                  tool("read_invoice", "Reads an invoice.", "\"id\""),
                  tool("pay_invoice", "Pays an invoice.", "\"id\",\"amount\""),
                  tool("delete_invoice", "Deletes an invoice.", "\"id\"")));
      case "tools/call" -> call(params);
      default -> JsonObject.EMPTY;
    };
  }

  private static JsonValue tool(String name, String description, String required) {
    return JsonReader.parse(
        "{\"name\":\""
            + name
            + "\",\"description\":\""
            + description
            + "\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"id\":{\"type\":\"integer\"},\"amount\":{\"type\":\"number\"}},"
            + "\"required\":["
            + required
            + "]}}");
  }

  private JsonValue call(JsonObject params) {
    JsonObject arguments = (JsonObject) params.get("arguments");
    String text =
        switch (String.valueOf(params.get("name").asText())) {
          case "read_invoice" -> "invoice " + arguments.get("id") + ": 120 EUR";
          case "pay_invoice" ->
              "paid " + arguments.get("amount") + " EUR on invoice " + arguments.get("id");
          default -> "deleted invoice " + arguments.get("id");
        };
    done.add(text);
    return JsonObject.of(
        "content",
        JsonArray.of(JsonObject.of("type", JsonValue.of("text"), "text", JsonValue.of(text))),
        "isError",
        JsonValue.of(false));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
