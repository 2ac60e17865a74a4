package app.intentgate.server.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One HTTP/1.1 request on a connection of its own, byte for byte as told. */
public final class RawHttp {
  private static final int TIMEOUT_MS = 75_000;

  private RawHttp() {}

  /** Sends a request to this machine and reads the answer. */
  public static Answer call(
      int port, String method, String path, List<Map.Entry<String, String>> headers, byte[] body) {
    try (Socket socket = connect(port)) {
      StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
      headers.forEach(
          h -> head.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
      if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      head.append("Connection: close\r\n\r\n");
      try {
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
      } catch (IOException e) {
        // The gate may answer and close before it read everything.
      }
      return read(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
    } catch (IOException e) {
      return Answer.none(e.toString());
    }
  }

  /** A connection to this machine. */
  public static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Reads one answer. */
  public static Answer read(InputStream in, boolean headOnly) throws IOException {
    String status = line(in);
    List<Map.Entry<String, String>> headers = headers(in);
    int code = Integer.parseInt(status.split(" ")[1]);
    if (headOnly || code == 204 || code == 304 || code < 200) {
      return new Answer(code, headers, new byte[0]);
    }
    return new Answer(code, headers, body(in, headers));
  }

  static List<Map.Entry<String, String>> headers(InputStream in) throws IOException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  static byte[] body(InputStream in, List<Map.Entry<String, String>> headers) throws IOException {
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase("Content-Length")) {
        byte[] body = in.readNBytes(Integer.parseInt(header.getValue()));
        return body;
      }
      if (header.getKey().equalsIgnoreCase("Transfer-Encoding")) {
        return chunked(in);
      }
    }
    return in.readAllBytes();
  }

  private static byte[] chunked(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";")[0].strip(), 16);
      if (size == 0) {
        headers(in);
        return out.toByteArray();
      }
      out.write(in.readNBytes(size));
      line(in);
    }
  }

  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended");
      }
      if (b != '\r') {
        out.write(b);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
