package app.intentgate.server.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** So much of a Redis as a gate needs to be charged for: it grants every call. */
final class FakeRedis implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  FakeRedis() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "fake-redis");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      for (String word = command(in); word != null; word = command(in)) {
        out.write(answer(word).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      sockets.remove(socket);
    }
  }

  private static String answer(String command) {
    return switch (command) {
      case "PING" -> "+PONG\r\n";
      case "CLIENT" -> "+OK\r\n";
      case "EVALSHA" -> "*1\r\n:0\r\n";
      default -> "-ERR unknown command\r\n";
    };
  }

  /** The first word of the next command; null at the end. */
  private static @Nullable String command(BufferedReader in) throws IOException {
    String count = in.readLine();
    if (count == null) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (int left = Integer.parseInt(count.substring(1)); left > 0; left--) {
      char[] word = new char[Integer.parseInt(in.readLine().substring(1)) + 2];
      for (int at = 0; at < word.length; ) {
        int n = in.read(word, at, word.length - at);
        if (n < 0) {
          return null;
        }
        at += n;
      }
      words.add(new String(word, 0, word.length - 2));
    }
    return words.get(0).toUpperCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
