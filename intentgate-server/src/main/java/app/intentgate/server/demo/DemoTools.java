package app.intentgate.server.demo;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A tool server with three tools, on a free port of the loopback address. */
final class DemoTools implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;

  private final HttpServer server;

  private DemoTools(HttpServer server) {
    this.server = server;
  }

  static DemoTools start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/rpc", DemoTools::answer);
    server.start();
    return new DemoTools(server);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/rpc";
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonObject answer = reply(exchange.getRequestBody().readNBytes(MAX_BODY));
      byte[] bytes = JsonWriter.toBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static JsonObject reply(byte[] body) {
    JsonValue request;
    try {
      request = JsonReader.parse(body);
    } catch (JsonParseException e) {
      return error(JsonNull.NULL, "not JSON");
    }
    if (!(request instanceof JsonObject call)
        || !(call.get("params") instanceof JsonObject params)) {
      return error(JsonNull.NULL, "not a tool call");
    }
    JsonValue id = call.get("id");
    String text = said(params.get("name"), params.get("arguments"));
    return text == null
        ? error(id == null ? JsonNull.NULL : id, "no such tool")
        : JsonObject.builder(3)
            .put("jsonrpc", "2.0")
            .put("id", id == null ? JsonNull.NULL : id)
            .put("result", content(text))
            .build();
  }

  private static @Nullable String said(@Nullable JsonValue tool, @Nullable JsonValue arguments) {
    String name = tool == null ? null : tool.asText();
    JsonObject given = arguments instanceof JsonObject o ? o : JsonObject.EMPTY;
    return switch (name == null ? "" : name) {
      case "read_invoice" -> "invoice " + given.get("id") + ": 120.00 EUR, due in 14 days";
      case "pay_invoice" -> "paid " + given.get("amount") + " EUR on invoice " + given.get("id");
      case "delete_invoice" -> "deleted invoice " + given.get("id");
      default -> null;
    };
  }

  private static JsonObject content(String text) {
    JsonObject item = JsonObject.of("type", JsonString.of("text"), "text", JsonString.of(text));
    return JsonObject.of("content", JsonArray.of(item), "isError", JsonValue.of(false));
  }

  private static JsonObject error(JsonValue id, String message) {
    return JsonObject.builder(3)
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("error", JsonObject.builder(2).put("code", -32602).put("message", message).build())
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
