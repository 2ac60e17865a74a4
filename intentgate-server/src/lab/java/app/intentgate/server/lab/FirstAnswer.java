package app.intentgate.server.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Waits for a server that starts. */
final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * Asks until the server answers with a 200; for a gate, one that carries a result.
   *
   * @param begin what the time is counted from, in {@link System#nanoTime()}
   * @return seconds
   */
  static double await(Target target, long begin, byte[] request) throws Exception {
    while (target.child().isAlive()) {
      try (Socket socket = new Socket("127.0.0.1", target.port())) {
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request);
        byte[] answer = new byte[4096];
        int length = Math.max(0, socket.getInputStream().read(answer));
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/1.1 200") && (!target.isGate() || text.contains("\"result\""))) {
          return (System.nanoTime() - begin) / 1e9;
        }
      } catch (ConnectException e) {
        Thread.sleep(5);
      }
    }
    throw new IOException(target.name() + " ended before it answered");
  }
}
