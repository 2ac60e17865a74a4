package app.intentgate.server.exchange;

import app.intentgate.testing.Pause;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An upstream or extractor that answers as told and remembers every request it got. */
public final class StubServer implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Request> seen = new ArrayList<>();
  private final Function<Request, Reply> behaviour;
  private final AtomicInteger connections = new AtomicInteger();

  /** A request as it came. */
  public record Request(
      String method, String path, List<Map.Entry<String, String>> headers, byte[] body) {
    /** The body as JSON, or a missing node when it is none. */
    public JsonNode json() {
      try {
        return Vectors.JSON.readTree(body);
      } catch (IOException e) {
        return Vectors.JSON.missingNode();
      }
    }
  }

  /** What to answer: after a pause, a status with headers and body, or a dropped connection. */
  public record Reply(
      int status, Map<String, String> headers, byte[] body, long delayMs, boolean drop) {
    /** A JSON answer. */
    public static Reply json(String body) {
      return new Reply(
          200,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8),
          0,
          false);
    }
  }

  /** Starts a server on a free port. */
  public StubServer(Function<Request, Reply> behaviour) {
    this.behaviour = behaviour;
    try {
      server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    threads.execute(this::accept);
  }

  /** The server's address. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Every request so far. */
  public List<Request> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (answer(in, socket.getOutputStream())) {
        // The next request on the same connection.
      }
    } catch (IOException | RuntimeException e) {
      // The gate closed the connection, or the test is over.
    } finally {
      open.remove(socket);
    }
  }

  private boolean answer(InputStream in, OutputStream out) throws IOException {
    String[] first = RawHttp.line(in).split(" ");
    List<Map.Entry<String, String>> headers = RawHttp.headers(in);
    boolean hasBody =
        headers.stream()
            .anyMatch(
                h ->
                    h.getKey().equalsIgnoreCase("Content-Length")
                        || h.getKey().equalsIgnoreCase("Transfer-Encoding"));
    byte[] body = hasBody ? RawHttp.body(in, headers) : new byte[0];
    Request request = new Request(first[0], first[1], headers, body);
    Reply reply;
    synchronized (seen) {
      seen.add(request);
      reply = behaviour.apply(request);
    }
    Pause.slow(Duration.ofMillis(reply.delayMs()));
    if (reply.drop()) {
      return false;
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Stub\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + reply.body().length + "\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(reply.body());
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
