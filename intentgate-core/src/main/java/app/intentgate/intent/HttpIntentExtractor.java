package app.intentgate.intent;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks an extractor service: {@code POST {base}/v1/extract} (runtime.md 3.4). Never follows a
 * redirect, takes at most 1 MiB within 10 seconds, and blocks no thread. What goes wrong is told to
 * the agent without address or server text (B5). Thread-safe.
 */
public final class HttpIntentExtractor implements IntentExtractor {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TOOLS = 10_000;

  private final HttpClient client;
  private final URI endpoint;
  private final Duration timeout;

  /**
   * A client of a service.
   *
   * @param base absolute http or https address; {@code /v1/extract} is appended
   */
  public HttpIntentExtractor(URI base) {
    this(base, TIMEOUT);
  }

  HttpIntentExtractor(URI base, Duration timeout) {
    this.timeout = timeout;
    this.endpoint = URI.create(base + "/v1/extract");
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public CompletionStage<Intent> extract(ExtractionRequest request) {
    JsonObject.Builder body = JsonObject.builder(2).put("prompt", request.prompt());
    if (!request.agentId().isEmpty()) {
      body.put("agent_id", request.agentId());
    }
    HttpRequest http =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JsonWriter.goBytes(body.build())))
            .build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(http, info -> new BoundedBody(MAX_BYTES));
    // The client's own timeout ends with the head of the answer; a body may stop in the middle.
    return sent.copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((response, failure) -> sent.cancel(true))
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw failed(failure);
              }
              return read(response);
            });
  }

  private static CompletionException failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String what =
        cause instanceof HttpTimeoutException || cause instanceof TimeoutException
            ? "extractor request: timeout"
            : cause instanceof BoundedBody.TooLargeException
                ? "extractor read: response too large"
                : cause instanceof IOException
                    ? "extractor request: not reachable"
                    : "extractor request: failed";
    return new CompletionException(new IntentException(what, failure));
  }

  private static Intent read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new IntentException("extractor returned " + response.statusCode());
    }
    JsonValue document;
    try {
      document = JsonReader.parse(response.body());
    } catch (JsonParseException e) {
      throw new IntentException("extractor decode: not valid JSON", e);
    }
    if (!(document instanceof JsonObject answer)) {
      throw new IntentException("extractor decode: not a JSON object");
    }
    JsonValue intent = answer.get("intent");
    if (intent == null || intent == JsonValue.ofNull()) {
      return Intent.of("", List.of(), List.of(), 0);
    }
    if (!(intent instanceof JsonObject members)) {
      throw new IntentException("extractor decode: intent is not an object");
    }
    JsonValue summary = members.get("summary");
    String text = summary == null ? null : summary.asText();
    return Intent.of(
        text == null ? "" : text,
        tools(members, "allowed_tools"),
        tools(members, "forbidden_tools"),
        confidence(members.get("confidence")));
  }

  private static List<String> tools(JsonObject intent, String name) {
    JsonValue value = intent.get(name);
    if (value == null || value == JsonValue.ofNull()) {
      return List.of();
    }
    if (!(value instanceof JsonArray array) || array.size() > MAX_TOOLS) {
      throw new IntentException("extractor decode: " + name + " is not a list of tools");
    }
    List<String> tools = new ArrayList<>(array.size());
    for (JsonValue item : array) {
      String tool = item.asText();
      if (tool == null) {
        throw new IntentException("extractor decode: " + name + " holds something else than text");
      }
      tools.add(tool);
    }
    return tools;
  }

  private static double confidence(@Nullable JsonValue value) {
    if (value == null || value == JsonValue.ofNull()) {
      return 0;
    }
    if (!(value instanceof JsonNumber number)) {
      throw new IntentException("extractor decode: confidence is not a number");
    }
    double confidence = number.doubleValue();
    if (!Double.isFinite(confidence)) {
      throw new IntentException("extractor decode: confidence is out of range");
    }
    return confidence;
  }
}
