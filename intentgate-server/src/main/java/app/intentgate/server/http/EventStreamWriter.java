package app.intentgate.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An event stream as the answer to a request: status 200, then pieces in the order they were given,
 * each flushed at once. Whoever writes hears when a piece went out, and gives the next one then:
 * that is the back-pressure. A client that takes nothing for the connection's idle time is given
 * up. Thread-safe; never blocks.
 */
public final class EventStreamWriter {
  /** What {@code Content-Type} an event stream has. */
  public static final String TYPE = "text/event-stream";

  private static final HttpField CONTENT_TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, TYPE);
  private static final HttpField NO_CACHE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
  private static final HttpField NO_BUFFERING = new PreEncodedHttpField("X-Accel-Buffering", "no");

  private final Response response;
  private final Callback callback;
  private final ClientWatch watch;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private boolean writing;
  private boolean ended;
  private boolean over;

  private static void nothing() {
    // Nobody waits for this piece.
  }

  private record Piece(ByteBuffer bytes, boolean last, Runnable written) {}

  /**
   * Begins the stream: its head goes out at once. Headers that the response has already stay.
   *
   * @param watch is ended before the answer is
   */
  public EventStreamWriter(
      Request request, Response response, Callback callback, ClientWatch watch) {
    this.response = response;
    this.callback = callback;
    this.watch = watch;
    request.addIdleTimeoutListener(timeout -> isWriting());
    response.setStatus(200);
    response.getHeaders().put(CONTENT_TYPE);
    if (!response.getHeaders().contains(HttpHeader.CACHE_CONTROL)) {
      response.getHeaders().put(NO_CACHE);
    }
    response.getHeaders().put(NO_BUFFERING);
    add(new Piece(ByteBuffer.allocate(0), false, EventStreamWriter::nothing));
  }

  /**
   * Sends bytes of the stream as they are.
   *
   * @param written run once they went out; never when the client left before
   */
  public void send(byte[] bytes, Runnable written) {
    add(new Piece(ByteBuffer.wrap(bytes), false, written));
  }

  /** Sends one message as an event. */
  public void event(byte[] message, Runnable written) {
    send(MessageEvent.of(message), written);
  }

  /** Sends a comment, which keeps the connection alive, unless something else is going out. */
  public void comment(String text) {
    byte[] bytes = (": " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (writing) {
        return;
      }
    }
    send(bytes, EventStreamWriter::nothing);
  }

  /** Sends a last message and ends the stream. */
  public void end(byte[] message) {
    add(new Piece(ByteBuffer.wrap(MessageEvent.of(message)), true, EventStreamWriter::nothing));
  }

  /** Ends the stream. */
  public void end() {
    add(new Piece(ByteBuffer.allocate(0), true, EventStreamWriter::nothing));
  }

  private synchronized boolean isWriting() {
    return writing;
  }

  private void add(Piece piece) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = piece.last();
      if (writing) {
        waiting.add(piece);
        return;
      }
      writing = true;
    }
    write(piece);
  }

  private void write(Piece piece) {
    if (piece.last()) {
      watch.end();
      response.write(true, piece.bytes(), callback);
      return;
    }
    response.write(
        false, piece.bytes(), Callback.from(() -> written(piece), failure -> failed(failure)));
  }

  private void written(Piece piece) {
    @Nullable Piece next;
    synchronized (this) {
      next = waiting.poll();
      writing = next != null;
    }
    if (next != null) {
      write(next);
    }
    piece.written().run();
  }

  private void failed(Throwable failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      ended = true;
      waiting.clear();
    }
    watch.left();
    callback.failed(failure);
  }
}
