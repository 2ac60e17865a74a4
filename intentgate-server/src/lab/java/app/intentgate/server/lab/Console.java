package app.intentgate.server.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A console as the gate sees it: one kept connection that asks for pages. It throws away what it
 * gets, since a real one would make something of it on a machine of its own.
 */
final class Console implements AutoCloseable {
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  /** Connects; the gate must answer already. */
  Console(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * Asks for a page.
   *
   * @throws IOException when the answer is not a 200
   */
  void get(String path) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + Call.ADMIN_TOKEN
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line();
    long length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      }
    }
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(path + ": " + status);
    }
    if (length >= 0) {
      in.skipNBytes(length);
    } else {
      skipChunks();
    }
  }

  private void skipChunks() throws IOException {
    long chunk;
    do {
      chunk = Long.parseLong(line(), 16);
      in.skipNBytes(chunk);
      line();
    } while (chunk > 0);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the gate closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
