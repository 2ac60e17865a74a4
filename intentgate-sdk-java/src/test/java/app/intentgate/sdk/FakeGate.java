package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonWriter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A server that answers whatever a test says. */
public final class FakeGate implements AutoCloseable {
  /** What a request was. */
  public record Seen(String method, String path, Headers headers, JsonObject body) {
    String id() {
      return body.get("id") == null ? "" : JsonWriter.toText(body.get("id"));
    }

    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** Answers one request. */
  public interface Script {
    void answer(HttpExchange exchange, Seen seen) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Script> script = new AtomicReference<>();
  public final List<Seen> requests = new CopyOnWriteArrayList<>();

  public FakeGate() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Seen seen =
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body.length == 0 ? JsonObject.EMPTY : (JsonObject) JsonReader.parse(body));
      requests.add(seen);
      script.get().answer(exchange, seen);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void script(Script next) {
    script.set(next);
  }

  /** Answers each request with one status, headers and body, in which {@code $ID} is its id. */
  public void always(int status, Map<String, String> headers, String body) {
    script((exchange, seen) -> reply(exchange, status, headers, body.replace("$ID", seen.id())));
  }

  /** Answers with JSON. */
  void json(String body) {
    always(200, Map.of("Content-Type", "application/json"), body);
  }

  public static void reply(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
