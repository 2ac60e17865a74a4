package app.intentgate.server.lab;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one request again and again over keep-alive connections, from one thread. Closed loop: each
 * connection asks again as soon as it was answered. Open loop: at a constant rate, and latency
 * counts from when the request should have been sent, so that a server that stalls is charged for
 * everyone who had to wait.
 */
final class LoadGenerator {
  private static final int CHECKED_EVERY = 64;
  private static final long NAP_NANOS = 10_000;

  private final int port;
  private final byte[] request;
  private final int connections;

  LoadGenerator(int port, byte[] request, int connections) {
    this.port = port;
    this.request = request;
    this.connections = connections;
  }

  /**
   * What a run measured.
   *
   * @param completed how many requests were answered
   * @param perSecond how many a second
   * @param micros every latency, sorted
   */
  record Result(long completed, double perSecond, int[] micros) {
    /** A quantile of the latency, in milliseconds. */
    double millis(double quantile) {
      return micros.length == 0
          ? 0
          : micros[(int) Math.min(micros.length - 1L, (long) (quantile * micros.length))] / 1000.0;
    }

    /** The calls of this run and of another, as if they were of one. */
    Result with(Result other) {
      int[] all = Arrays.copyOf(micros, micros.length + other.micros.length);
      System.arraycopy(other.micros, 0, all, micros.length, other.micros.length);
      Arrays.sort(all);
      return new Result(
          completed + other.completed,
          (completed + other.completed)
              / (completed / perSecond + other.completed / other.perSecond),
          all);
    }
  }

  /** One call on each connection, which is not measured: what is asked of is calls on kept ones. */
  private static void answerOnce(Selector selector, List<Connection> all) throws IOException {
    for (Connection connection : all) {
      connection.send(System.nanoTime());
    }
    for (int answered = 0; answered < all.size(); ) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        answered += ((Connection) key.attachment()).read() ? 1 : 0;
      }
      selector.selectedKeys().clear();
    }
  }

  /**
   * Runs, on connections that are open.
   *
   * @param rate requests a second, or 0 for a closed loop
   */
  Result run(double seconds, int rate) throws IOException {
    try (Selector selector = Selector.open()) {
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(new Connection(selector, port, request));
      }
      answerOnce(selector, all);
      Deque<Connection> idle = new ArrayDeque<>(all);
      long start = System.nanoTime();
      long stop = start + (long) (seconds * 1e9);
      int[] micros = new int[1 << 16];
      int completed = 0;
      long sent = 0;
      while (true) {
        long now = System.nanoTime();
        if (now >= stop) {
          break;
        }
        long due = rate == 0 ? start : start + sent * 1_000_000_000L / rate;
        while (!idle.isEmpty() && due <= now) {
          idle.poll().send(rate == 0 ? now : due);
          sent++;
          due = rate == 0 ? start : start + sent * 1_000_000_000L / rate;
        }
        if (rate == 0 || idle.isEmpty()) {
          selector.select(100);
        } else {
          // The selector waits in whole milliseconds, which is too coarse for what is due; and to
          // spin would take a core from the server. A nap lasts about 60 us, which the latencies
          // of an open loop include.
          LockSupport.parkNanos(NAP_NANOS);
          selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          Connection connection = (Connection) key.attachment();
          if (!connection.read()) {
            continue;
          }
          if (completed % CHECKED_EVERY == 0 && !connection.isResult()) {
            throw new IOException("not what was expected: " + connection.text());
          }
          if (completed == micros.length) {
            micros = Arrays.copyOf(micros, completed * 2);
          }
          micros[completed++] = (int) ((System.nanoTime() - connection.intended) / 1000);
          idle.add(connection);
        }
        selector.selectedKeys().clear();
      }
      double took = (System.nanoTime() - start) / 1e9;
      for (Connection connection : all) {
        connection.close();
      }
      int[] sorted = Arrays.copyOf(micros, completed);
      Arrays.sort(sorted);
      return new Result(completed, completed / took, sorted);
    }
  }
}
