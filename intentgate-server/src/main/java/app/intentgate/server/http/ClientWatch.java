package app.intentgate.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the client of a request went away, which Jetty does not while a request is handled
 * over HTTP/1.1: it reads nothing then. {@link #isGone} looks once and costs one system call;
 * {@link #onLeft} watches the socket until {@link #end}. A client that closes its sending side
 * counts as gone. One that has sent its next request already is here, and is not watched further.
 *
 * <p>To be used once the request was read whole. {@link #end} must come before the answer is
 * completed, since the connection then reads for itself. Thread-safe; never blocks.
 */
public final class ClientWatch {
  private final Request request;
  private State state = State.RESTING;
  private List<Runnable> tasks = List.of();
  private @Nullable ByteBuffer ahead;

  private enum State {
    RESTING,
    WATCHING,
    BUSY,
    GONE,
    OVER
  }

  /** A watch that does nothing until asked. */
  public ClientWatch(Request request) {
    this.request = request;
  }

  /**
   * Whether the client is known to have gone, after a look at the socket where none is watching.
   */
  public boolean isGone() {
    synchronized (this) {
      if (state == State.RESTING && !sentMore()) {
        look();
      }
      return state == State.GONE;
    }
  }

  /**
   * Runs a task once the client is gone: at once if it is, never if the answer comes first. The
   * task runs on a thread that may not be blocked.
   */
  public void onLeft(Runnable task) {
    synchronized (this) {
      if (state == State.OVER) {
        return;
      }
      if (state != State.GONE) {
        List<Runnable> more = new ArrayList<>(tasks);
        more.add(task);
        tasks = more;
        if (state == State.RESTING && !sentMore()) {
          state = State.WATCHING;
          register();
        }
        return;
      }
    }
    task.run();
  }

  /** Takes note that writing to the client failed. */
  public void left() {
    List<Runnable> due;
    synchronized (this) {
      if (state == State.OVER || state == State.GONE) {
        return;
      }
      state = State.GONE;
      due = tasks;
      tasks = List.of();
    }
    due.forEach(Runnable::run);
  }

  /** Stops watching, and gives back what was read of the client's next request. */
  public void end() {
    synchronized (this) {
      boolean watching = state == State.WATCHING;
      state = State.OVER;
      tasks = List.of();
      if (watching && endPoint() instanceof AbstractEndPoint end) {
        end.getFillInterest().onFail(new NoLongerWatched());
      }
      ByteBuffer read = ahead;
      ahead = null;
      if (read != null && connection() instanceof Connection.UpgradeTo to) {
        to.onUpgradeTo(read);
      }
    }
  }

  private Connection connection() {
    return request.getConnectionMetaData().getConnection();
  }

  private EndPoint endPoint() {
    return connection().getEndPoint();
  }

  /** Whether bytes after this request wait in the connection already. */
  private boolean sentMore() {
    if (!(connection() instanceof Connection.UpgradeFrom from)
        || !(connection() instanceof Connection.UpgradeTo to)) {
      state = State.BUSY;
      return true;
    }
    ByteBuffer rest = from.onUpgradeFrom();
    if (rest == null) {
      return false;
    }
    to.onUpgradeTo(rest);
    state = State.BUSY;
    return true;
  }

  /** Reads one byte, if there is one. */
  private void look() {
    ByteBuffer one = BufferUtil.allocate(1);
    int filled;
    try {
      filled = endPoint().fill(one);
    } catch (IOException e) {
      filled = -1;
    }
    if (filled < 0) {
      state = State.GONE;
    } else if (filled > 0) {
      ahead = one;
      state = State.BUSY;
    }
  }

  private void register() {
    if (!endPoint().tryFillInterested(new Watching())) {
      state = State.BUSY;
    }
  }

  private void readable() {
    List<Runnable> due = List.of();
    synchronized (this) {
      if (state != State.WATCHING) {
        return;
      }
      look();
      if (state == State.WATCHING) {
        register();
      } else if (state == State.GONE) {
        due = tasks;
        tasks = List.of();
      }
    }
    due.forEach(Runnable::run);
  }

  private void closed() {
    synchronized (this) {
      if (state != State.WATCHING) {
        return;
      }
    }
    left();
  }

  /** Ends a registration, at the end of every call that was watched: without a stack trace. */
  private static final class NoLongerWatched extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLongerWatched() {
      super("no longer watched", null, false, false);
    }
  }

  private final class Watching implements Callback {
    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    @Override
    public void succeeded() {
      readable();
    }

    @Override
    public void failed(Throwable cause) {
      closed();
    }
  }
}
