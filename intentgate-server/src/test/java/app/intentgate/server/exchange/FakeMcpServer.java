package app.intentgate.server.exchange;

import static app.intentgate.testing.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An MCP server that answers each request as a script says, and remembers what it saw. */
public final class FakeMcpServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** What is done with a request; each runs on a thread of its own. */
  @FunctionalInterface
  public interface Script {
    /** Answers. */
    void play(Seen request, Reply reply) throws Exception;
  }

  /** A request as it came. */
  public record Seen(HttpExchange exchange, String method, String body) {
    /** A header, or null. */
    public @Nullable String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    /** The body. */
    public JsonNode json() {
      try {
        return Vectors.JSON.readTree(body.isEmpty() ? "{}" : body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** The JSON-RPC method; empty when there is none. */
    public String rpc() {
      return json().path("method").asText("");
    }

    /** The JSON-RPC id as JSON. */
    public String id() {
      return json().path("id").toString();
    }
  }

  /** The way back. */
  public static final class Reply {
    private final HttpExchange exchange;

    private Reply(HttpExchange exchange) {
      this.exchange = exchange;
    }

    /** Adds a header. */
    public Reply header(String name, String value) {
      exchange.getResponseHeaders().add(name, value);
      return this;
    }

    /** A JSON answer. */
    public void json(int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      header("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    /** The result of a request. */
    public void result(Seen request, String result) throws IOException {
      json(200, answer(request, result));
    }

    /** No body. */
    public void empty(int status) throws IOException {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }

    /** An event stream. */
    public Stream stream() throws IOException {
      header("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      return new Stream(exchange, exchange.getResponseBody());
    }
  }

  /** An event stream that is being written. */
  public record Stream(HttpExchange exchange, OutputStream out) {
    /** Writes bytes and flushes them. */
    public Stream raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /** Writes a message. */
    public Stream event(String message) throws IOException {
      return raw("event: message\ndata: " + message + "\n\n");
    }

    /** Ends the stream as it should end. */
    public void end() {
      exchange.close();
    }

    /** Waits until the other side is gone; fails when it stays. */
    public void awaitGone() {
      until("the gate to leave the stream", this::isGone);
    }

    private boolean isGone() {
      try {
        raw(": still there\n\n");
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }

  /** A response to a request, as JSON. */
  public static String answer(Seen request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":" + result + "}";
  }

  /** Starts a server on a free port. */
  public FakeMcpServer(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          Seen request =
              new Seen(
                  exchange, exchange.getRequestMethod(), new String(body, StandardCharsets.UTF_8));
          seen.add(request);
          try {
            script.play(request, new Reply(exchange));
          } catch (IOException e) {
            exchange.close();
          } catch (Exception e) {
            exchange.close();
            throw new IllegalStateException(e);
          }
        });
    server.start();
  }

  /** The server's address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  /** Every request so far. */
  public List<Seen> seen() {
    return seen;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
