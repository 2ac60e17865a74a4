package app.intentgate.jdbc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a gate and a server it depends on, and can fall silent without closing anything,
 * be slow, answer nonsense, or be gone.
 */
public final class Proxy implements AutoCloseable {
  private final int port;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Object gate = new Object();
  private volatile ServerSocket server;
  private boolean silent;
  private volatile long delayMillis;
  private volatile byte @Nullable [] nonsense;
  private volatile String trigger = "";

  /** Forwards to a port of this machine. */
  public Proxy(int target) {
    this.target = target;
    server = listen(0);
    port = server.getLocalPort();
    start(() -> accept(server));
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Holds everything back, or lets it through. */
  public void silent(boolean value) {
    synchronized (gate) {
      silent = value;
      gate.notifyAll();
    }
  }

  /** Hands every piece on after so many milliseconds; 0 for at once. */
  public void slow(long millis) {
    delayMillis = millis;
  }

  /** From now on every piece of an answer is this instead; null for the truth again. */
  public void nonsense(byte @Nullable [] answer) {
    nonsense = answer;
    trigger = "";
  }

  /** The same, from the next answer on that holds a word. */
  public void nonsenseFrom(String word, byte[] answer) {
    trigger = word;
    nonsense = answer;
  }

  /** Whether it does. */
  public boolean isTalkingNonsense() {
    return trigger.isEmpty() && nonsense != null;
  }

  /** Closes everything and listens no more. */
  public void down() throws IOException {
    server.close();
    cut();
  }

  /** Listens again, at the same port. */
  public void up() {
    ServerSocket again = listen(port);
    server = again;
    start(() -> accept(again));
  }

  /** Closes every connection; new ones are taken. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(upstream);
        start(() -> copy(client, upstream, false));
        start(() -> copy(upstream, client, true));
      } catch (IOException e) {
        // Closed, or nobody is there.
      }
    }
  }

  private void copy(Socket from, Socket to, boolean answer) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (gate) {
          while (silent) {
            gate.wait();
          }
        }
        if (delayMillis > 0) {
          TimeUnit.MILLISECONDS.sleep(delayMillis);
        }
        byte[] instead = answer ? instead(buffer, n) : null;
        if (instead != null) {
          out.write(instead);
        } else {
          out.write(buffer, 0, n);
        }
        out.flush();
      }
    } catch (IOException e) {
      // One side left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte @Nullable [] instead(byte[] answer, int length) {
    String word = trigger;
    if (!new String(answer, 0, length, StandardCharsets.ISO_8859_1).contains(word)) {
      return null;
    }
    trigger = "";
    return nonsense;
  }

  @Override
  public void close() throws IOException {
    server.close();
    silent(false);
    cut();
  }
}
