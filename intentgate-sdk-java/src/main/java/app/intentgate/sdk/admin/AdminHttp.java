package app.intentgate.sdk.admin;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.http.HttpAnswer;
import app.intentgate.sdk.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends an operator's requests. Never again by itself: most of them change something. */
final class AdminHttp implements AutoCloseable {
  private final HttpSender sender;
  private final URI base;
  private final Supplier<String> token;
  private final Duration timeout;
  private final JsonLimits limits;

  AdminHttp(HttpSender sender, URI base, Supplier<String> token, Duration timeout) {
    this.sender = sender;
    this.base = base;
    this.token = token;
    this.timeout = timeout;
    this.limits = new JsonLimits(sender.maxBytes(), 500);
  }

  JsonObject get(String path) {
    return send("GET", path, null);
  }

  JsonObject post(String path, JsonObject body) {
    return send("POST", path, body);
  }

  JsonObject put(String path, JsonObject body) {
    return send("PUT", path, body);
  }

  JsonObject delete(String path) {
    return send("DELETE", path, null);
  }

  private JsonObject send(String method, String path, @Nullable JsonObject body) {
    HttpAnswer answer = await(sender.send(request(method, path, body), timeout, event -> true));
    JsonObject read = object(answer.body());
    if (answer.status() / 100 != 2) {
      throw refused(answer.status(), read);
    }
    if (read == null) {
      throw new AdminException(
          0, "the answer is no JSON object; is the URL that of a gate?", null, null);
    }
    return read;
  }

  /** A body that is read while it comes; the caller closes it. */
  InputStream stream(String path) {
    return stream(request("GET", path, null));
  }

  /** The lines that answer an object, read while they come; the caller closes it. */
  InputStream lines(String path, JsonObject body) {
    return stream(with(request("POST", path, body), "Accept", "application/x-ndjson"));
  }

  /** An event stream, going on after an event where its id is not empty. */
  GateEvents events(String path, String lastEventId) {
    HttpRequest request = with(request("GET", path, null), "Accept", "text/event-stream");
    return new GateEvents(
        stream(lastEventId.isEmpty() ? request : with(request, "Last-Event-ID", lastEventId)));
  }

  private static HttpRequest with(HttpRequest request, String header, String value) {
    return HttpRequest.newBuilder(request, (name, was) -> true).header(header, value).build();
  }

  private InputStream stream(HttpRequest request) {
    HttpResponse<InputStream> response = await(sender.sendStreamed(request, timeout));
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw refused(response.statusCode(), object(body.readAllBytes()));
    } catch (IOException e) {
      throw new AdminException(response.statusCode(), "HTTP " + response.statusCode(), null, e);
    }
  }

  private HttpRequest request(String method, String path, @Nullable JsonObject body) {
    if (!path.startsWith("/")) {
      // Behind the host's name anything else could name another host, which would get the token.
      throw new IllegalArgumentException("a path starts with /, unlike " + path);
    }
    BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(JsonWriter.toBytes(body));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + word(token.get()))
            .method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }

  /** A token as a header can carry it; the JDK would name a bad one in its error. */
  private static String word(String token) {
    String word = token.strip();
    if (!word.chars().allMatch(c -> c >= 0x20 && c != 0x7f && c <= 0xff)) {
      throw new IllegalArgumentException(
          "the operator's token holds a line break or another character that no header can carry");
    }
    return word;
  }

  private static AdminException refused(int status, @Nullable JsonObject body) {
    String said = body == null ? "" : Reading.text(body, "error");
    return new AdminException(
        status, "HTTP " + status + (said.isEmpty() ? "" : ": " + said), body, null);
  }

  private @Nullable JsonObject object(byte[] body) {
    try {
      return JsonReader.parse(body, limits) instanceof JsonObject o ? o : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new AdminException(0, "interrupted while waiting for the gate", null, e);
    } catch (ExecutionException e) {
      throw new AdminException(0, "the gate did not answer: " + e.getCause(), null, e.getCause());
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
