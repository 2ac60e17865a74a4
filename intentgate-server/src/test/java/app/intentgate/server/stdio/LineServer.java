package app.intentgate.server.stdio;

import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A small MCP server over lines, as a program: each of its tools is a habit of some server. */
public final class LineServer {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private LineServer() {}

  /** Runs until its input ends. */
  public static void main(String[] args) throws IOException {
    System.err.println("line server pid " + ProcessHandle.current().pid());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode message = Vectors.JSON.readTree(line);
      String method = message.path("method").asText("");
      if (method.equals("initialize")) {
        result(
            message,
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                + "\"serverInfo\":{\"name\":\"lines\",\"version\":\"1\"}}");
      } else if (method.equals("tools/call")) {
        call(message, message.at("/params/name").asText());
      } else if (message.has("id") && !method.isEmpty()) {
        result(message, "{}");
      } else if (method.isEmpty()) {
        // The client's answer to what "read_asks" asked.
        say(
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":"
                + text(message.get("result").toString())
                + "}");
      }
    }
  }

  private static void call(JsonNode message, String tool) {
    switch (tool) {
      case "read_env" ->
          result(
              message,
              text(
                  System.getenv().keySet().stream()
                      .filter(name -> name.startsWith("INTENTGATE_"))
                      .toList()
                      .toString()));
      case "read_progress" -> {
        say("Downloading... this is no message");
        for (int i = 0; i < 3; i++) {
          say(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                  + "{\"progressToken\":"
                  + message.at("/params/_meta/progressToken")
                  + ",\"progress\":"
                  + i
                  + "}}");
        }
        result(message, text("done"));
      }
      case "read_asks" -> say("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"roots/list\"}");
      case "read_much" -> result(message, text("x".repeat(3_000_000)));
      case "read_end" -> System.exit(7);
      case "read_never" -> say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/never\"}");
      default -> result(message, text("called " + tool));
    }
  }

  private static String text(String text) {
    ObjectNode content = Vectors.JSON.createObjectNode().put("type", "text").put("text", text);
    return "{\"content\":[" + content + "]}";
  }

  private static void result(JsonNode request, String result) {
    say("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}");
  }

  private static void say(String line) {
    OUT.println(line);
  }
}
