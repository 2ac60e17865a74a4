package app.intentgate.server;

import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of a gate that speaks MCP: with a token, a session, and event streams read as they come.
 */
final class McpClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final List<String> headers = new ArrayList<>();

  McpClient(TestGate gate, @Nullable String token) {
    port = gate.port();
    with("Accept", "application/json, text/event-stream");
    if (token != null) {
      with("Authorization", "Bearer " + token);
    }
  }

  /** Sends a header with everything from now on. */
  McpClient with(String name, String value) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        headers.set(i + 1, value);
        return this;
      }
    }
    headers.add(name);
    headers.add(value);
    return this;
  }

  /** The id of its session; empty when there is none. */
  String session() {
    int at = headers.indexOf("Mcp-Session-Id");
    return at < 0 ? "" : headers.get(at + 1);
  }

  McpClient legacy() {
    return with("MCP-Protocol-Version", "2025-11-25");
  }

  /** Opens a session. */
  McpClient initialize() throws Exception {
    return initialize("{}");
  }

  /** Opens a session as a client that has these capabilities. */
  McpClient initialize(String capabilities) throws Exception {
    Got got = request(0, "initialize", "{\"capabilities\":" + capabilities + "}");
    String session = got.header("Mcp-Session-Id");
    if (session != null) {
      with("Mcp-Session-Id", session);
    }
    got.text();
    return legacy();
  }

  Got post(String body) throws Exception {
    return send("POST", body);
  }

  /** Calls a tool. */
  Got call(int id, String tool) throws Exception {
    return request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{}}");
  }

  Got request(int id, String method, String params) throws Exception {
    return post(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}");
  }

  /** A request of the stateless era, with the headers that belong to it. */
  Got modern(int id, String method, String name, String params) throws Exception {
    return modern(id, method, name, params, "");
  }

  /** The same with more members of {@code _meta}. */
  Got modern(int id, String method, String name, String params, String meta) throws Exception {
    McpClient once = new McpClient(port, headers);
    once.with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", method);
    if (!name.isEmpty()) {
      once.with("Mcp-Name", name);
    }
    return once.request(id, method, modernParams(params, meta));
  }

  private McpClient(int port, List<String> headers) {
    this.port = port;
    this.headers.addAll(headers);
  }

  static String modernParams(String params) {
    return modernParams(params, "");
  }

  private static String modernParams(String params, String meta) {
    return "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\""
        + (meta.isEmpty() ? "" : "," + meta)
        + "}"
        + (params.isEmpty() ? "" : "," + params)
        + "}";
  }

  Got send(String method, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/mcp"))
            .timeout(Duration.ofSeconds(40))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return new Got(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  /** An answer that is read as it comes. */
  record Got(HttpResponse<InputStream> response) implements AutoCloseable {
    int status() {
      return response.statusCode();
    }

    @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    boolean isStream() {
      String type = header("Content-Type");
      return type != null && type.startsWith("text/event-stream");
    }

    /** Everything until the end. */
    String text() throws IOException {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return Vectors.JSON.readTree(text());
    }

    /** The next piece up to an empty line, without that; null at the end. */
    @Nullable String piece() throws IOException {
      StringBuilder out = new StringBuilder();
      for (int b = response.body().read(); b >= 0; b = response.body().read()) {
        out.append((char) b);
        if (out.length() >= 2 && out.substring(out.length() - 2).equals("\n\n")) {
          return out.substring(0, out.length() - 2);
        }
      }
      return out.length() == 0 ? null : out.toString();
    }

    /** The next message, passing over comments; null at the end. */
    @Nullable JsonNode message() throws IOException {
      for (String piece = piece(); piece != null; piece = piece()) {
        StringBuilder data = new StringBuilder();
        for (String line : piece.split("\n")) {
          if (line.startsWith("data: ")) {
            data.append(line.substring(6));
          }
        }
        if (data.length() > 0) {
          return Vectors.JSON.readTree(data.toString());
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }
}
