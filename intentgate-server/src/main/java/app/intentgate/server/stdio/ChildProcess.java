package app.intentgate.server.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool server that runs as a child of this program and speaks lines. Its standard error is ours;
 * of our environment it gets everything but the gate's own variables, which hold secrets.
 * Thread-safe.
 */
final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final int MAX_QUEUED = 1_024;
  private static final long GRACE_SECONDS = 2;
  private static final byte[] END = {};

  private final Process process;
  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MAX_QUEUED);

  /** What is told of the child; called by one thread. */
  interface Listener {
    /** A message; the next is read when this returns. */
    void onLine(byte[] line) throws InterruptedException;

    /** A message was too large, and passed over. */
    void onTooLong();

    /** The child says no more. */
    void onEnd();
  }

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a child.
   *
   * @param limit the largest message of the child
   * @throws IOException when the command cannot be run
   */
  static ChildProcess start(List<String> command, int limit, Listener listener) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("INTENTGATE_"));
    ChildProcess child = new ChildProcess(builder.start());
    daemon("intentgate-child-in", child::write);
    daemon("intentgate-child-out", () -> child.read(limit, listener));
    return child;
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends a message; false when the child is gone or takes none. Never blocks. */
  boolean send(byte[] message) {
    return process.isAlive() && queue.offer(message);
  }

  private void write() {
    try (OutputStream to = process.getOutputStream()) {
      Consumer<byte[]> out = new MessageOut(to, this::end)::write;
      while (true) {
        byte[] message = queue.take();
        if (message == END) {
          return;
        }
        out.accept(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("the child's input could not be closed: {}", e.toString());
    }
  }

  private void read(int limit, Listener listener) {
    Lines lines = new Lines(process.getInputStream(), limit);
    try {
      while (true) {
        try {
          byte[] line = lines.next();
          if (line == null) {
            break;
          }
          listener.onLine(line);
        } catch (Lines.TooLongException e) {
          listener.onTooLong();
        }
      }
    } catch (IOException e) {
      LOG.debug("the child's output ended: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listener.onEnd();
    }
  }

  /** Closes its input once what is queued was written: the way the specification ends a server. */
  private void end() {
    if (!queue.offer(END)) {
      process.destroy();
    }
  }

  /**
   * Ends it: its input is closed, and if that does not help, it and what it started are stopped.
   */
  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    end();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroy);
  }
}
