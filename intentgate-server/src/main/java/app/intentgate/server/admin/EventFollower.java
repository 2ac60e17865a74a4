package app.intentgate.server.admin;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An operator who follows an event stream. Nothing blocks and no thread is held: what the client
 * does not take waits, up to a limit, and a client that is further behind is cut off, to come back
 * with {@code Last-Event-ID}. Thread-safe.
 */
final class EventFollower implements WriteListener {
  private static final String TYPE = "text/event-stream";
  private static final int MOST_WAITING = 4 << 20;
  private static final int MUCH_WAITING = 1 << 20;

  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private @Nullable ServletOutputStream out;
  private int bytesWaiting;
  private boolean idle;
  private boolean ended;

  /**
   * Answers a request with this stream, beginning with what was sent already. To be called last: a
   * request that fails after it is answered with a stream all the same.
   */
  void answer(Context context) {
    context.future(
        () -> {
          open(context.res());
          return over;
        });
  }

  /** Answers with the headers of a stream, and ends: nobody who asks for them alone follows. */
  static void answerHead(Context context) {
    headers(context.res());
    context.contentType(TYPE);
  }

  private static void headers(HttpServletResponse response) {
    response.setStatus(200);
    response.setContentType(TYPE);
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
  }

  void open(HttpServletResponse response) {
    headers(response);
    try {
      ServletOutputStream stream = response.getOutputStream();
      synchronized (this) {
        out = stream;
      }
      stream.setWriteListener(this);
    } catch (IOException e) {
      onError(e);
    }
  }

  /** Runs a task once the stream ended, whoever ended it. */
  void onOver(Runnable task) {
    var unused = over.whenComplete((done, failure) -> task.run());
  }

  /** Whether the client has much to take yet: who has more to send does well to wait. */
  synchronized boolean isBehind() {
    return bytesWaiting > MUCH_WAITING;
  }

  /** Whether the stream ended. */
  boolean isOver() {
    return over.isDone();
  }

  /** Sends an event. */
  void event(String id, String name, byte[] data) {
    String text =
        "id: " + id + "\nevent: " + name + "\ndata: " + new String(data, StandardCharsets.UTF_8);
    send(text + "\n\n");
  }

  /**
   * An event without a name as it is {@linkplain #send(byte[]) sent}, once for all who follow.
   *
   * @param id where the client goes on when it comes back after this event; null to leave that as
   *     it is
   */
  static byte[] framed(@Nullable String id, byte[] data) {
    String text = "data: " + new String(data, StandardCharsets.UTF_8) + "\n\n";
    return (id == null ? text : "id: " + id + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  /** Says where the client goes on when it comes back, before an event did. */
  void mark(String id) {
    send("id: " + id + "\n\n");
  }

  /** Sends a comment, which keeps the connection alive. */
  void comment(String text) {
    send(": " + text + "\n\n");
  }

  private void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends what is framed; nobody may change the array any more. */
  void send(byte[] bytes) {
    boolean tooFar;
    synchronized (this) {
      if (ended) {
        return;
      }
      bytesWaiting += bytes.length;
      tooFar = bytesWaiting > MOST_WAITING;
      waiting.add(bytes);
    }
    if (tooFar) {
      end();
    } else {
      drain(false);
    }
  }

  /** Ends the stream. Whoever writes is waited for: after this nobody touches the response. */
  void end() {
    synchronized (this) {
      ended = true;
      waiting.clear();
    }
    over.complete(null);
  }

  @Override
  public void onWritePossible() {
    drain(true);
  }

  private void drain(boolean called) {
    if (!write(called)) {
      end();
    }
  }

  /**
   * Writes what waits, as long as the client takes it; one thread at a time.
   *
   * @return false when nothing more can be written; whatever the container thinks of it is this
   *     stream's end, and no concern of who has something to send to many
   */
  private synchronized boolean write(boolean called) {
    ServletOutputStream stream = out;
    if (stream == null || ended || (!called && !idle)) {
      return true;
    }
    idle = false;
    try {
      while (!ended && stream.isReady()) {
        byte[] next = waiting.poll();
        if (next == null) {
          idle = true;
          return true;
        }
        bytesWaiting -= next.length;
        stream.write(next);
        if (stream.isReady()) {
          stream.flush();
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }
}
