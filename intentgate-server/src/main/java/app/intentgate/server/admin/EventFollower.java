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
  private static final int MOST_WAITING = 4 << 20;
  private static final int MUCH_WAITING = 1 << 20;

  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private @Nullable ServletOutputStream out;
  private int bytesWaiting;
  private boolean idle;

  private EventFollower() {}

  /** Answers a request with an event stream; events may be sent at once. */
  static EventFollower begin(Context context) {
    EventFollower follower = new EventFollower();
    context.future(
        () -> {
          follower.open(context.res());
          return follower.over;
        });
    return follower;
  }

  private void open(HttpServletResponse response) {
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
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

  /** Ends the stream. */
  void end() {
    over.complete(null);
  }

  @Override
  public void onWritePossible() {
    drain(true);
  }

  /** Writes what waits, as long as the client takes it; one thread at a time. */
  private void drain(boolean called) {
    synchronized (this) {
      ServletOutputStream stream = out;
      if (stream == null || over.isDone() || (!called && !idle)) {
        return;
      }
      idle = false;
      try {
        while (stream.isReady()) {
          byte[] next = waiting.poll();
          if (next == null) {
            idle = true;
            return;
          }
          bytesWaiting -= next.length;
          stream.write(next);
          if (stream.isReady()) {
            stream.flush();
          }
        }
      } catch (IOException e) {
        onError(e);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }
}
