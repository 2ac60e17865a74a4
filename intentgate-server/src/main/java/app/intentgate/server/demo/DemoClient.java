package app.intentgate.server.demo;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An agent and an operator, as the gate sees them: plain HTTP. */
final class DemoClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String adminToken;

  DemoClient(String base, String adminToken) {
    this.base = base;
    this.adminToken = adminToken;
  }

  String base() {
    return base;
  }

  /**
   * What the gate answered.
   *
   * @param outcome allow, escalate, or the check that refused
   * @param reason the reason given
   * @param micros how long the answer took
   */
  record Answer(String outcome, String reason, long micros) {}

  /** A {@code tools/call} request. */
  static String request(String tool, JsonObject arguments) {
    return JsonWriter.toText(
        JsonObject.builder(4)
            .put("jsonrpc", "2.0")
            .put("id", JsonNumber.of(1))
            .put("method", "tools/call")
            .put("params", JsonObject.of("name", JsonString.of(tool), "arguments", arguments))
            .build());
  }

  Answer call(String token, String tool, String arguments, String prompt) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/v1/mcp"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("X-Intent-Prompt", prompt)
            .POST(BodyPublishers.ofString(request(tool, (JsonObject) JsonReader.parse(arguments))))
            .build();
    long start = System.nanoTime();
    HttpResponse<byte[]> response = send(request);
    long micros = (System.nanoTime() - start) / 1000;
    JsonObject answer = object(response);
    String decision = response.headers().firstValue("X-IntentGate-Decision").orElse("");
    if (answer.get("error") instanceof JsonObject error) {
      String check = response.headers().firstValue("X-IntentGate-Check").orElse("");
      String outcome = decision.equals("escalate") ? "escalate" : check;
      return new Answer(outcome, reason(error), micros);
    }
    return new Answer("allow", "forwarded to the tool", micros);
  }

  private static String reason(JsonObject error) {
    JsonValue data = error.get("data");
    if (data instanceof JsonString text) {
      return text.value();
    }
    JsonValue message = error.get("message");
    String text = message == null ? null : message.asText();
    String pending = data instanceof JsonObject o ? text(o, "pending_id") : "";
    return (text == null ? "" : text) + (pending.isEmpty() ? "" : ", waits as " + pending);
  }

  /** Mints a token over HTTP. */
  String mint(String body) throws IOException {
    return text(admin("/v1/admin/mint", body), "token");
  }

  void revoke(String id) throws IOException {
    JsonObject body = JsonObject.builder(2).put("jti", id).put("reason", "demo").build();
    admin("/v1/admin/revoke", JsonWriter.toText(body));
  }

  JsonObject verifyAudit() throws IOException {
    return admin("/v1/admin/audit/verify", null);
  }

  /** The audit log as one JSON object a line. */
  String exportAudit() throws IOException {
    return new String(
        body("/v1/admin/audit/export?format=ndjson", null).body(), StandardCharsets.UTF_8);
  }

  private JsonObject admin(String path, @Nullable String body) throws IOException {
    return object(body(path, body));
  }

  private HttpResponse<byte[]> body(String path, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + adminToken);
    if (body != null) {
      request.POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> response = send(request.build());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return response;
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonObject object(HttpResponse<byte[]> response) throws IOException {
    if (JsonReader.parse(response.body()) instanceof JsonObject object) {
      return object;
    }
    throw new IOException("the gate answered something else than an object");
  }

  private static String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    String text = value == null ? null : value.asText();
    return text == null ? "" : text;
  }
}
