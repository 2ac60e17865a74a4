package app.intentgate.server.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One keep-alive connection of the load generator, with at most one request under way. */
final class Connection {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  /** When the request that is under way should have been sent; 0 while there is none. */
  long intended;

  private final SocketChannel channel;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteBuffer in = ByteBuffer.wrap(buffer);
  private final ByteBuffer request;
  private int bodyFrom;
  private int end;

  Connection(Selector selector, int port, byte[] request) throws IOException {
    this.request = ByteBuffer.wrap(request);
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends the request; it is small and the connection idle, so the kernel takes it whole. */
  void send(long intendedNanos) throws IOException {
    intended = intendedNanos;
    in.clear();
    bodyFrom = 0;
    request.rewind();
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /** Reads what is there; whether the answer is complete. */
  boolean read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server closed a connection");
    }
    if (bodyFrom == 0 && !readHead()) {
      return false;
    }
    return in.position() >= end;
  }

  private boolean readHead() {
    int length = -1;
    for (int i = 0; i + 3 < in.position(); i++) {
      if (buffer[i] == '\n' && length < 0 && startsWith(i + 1)) {
        length = 0;
        for (int at = i + 1 + LENGTH.length; buffer[at] != '\r'; at++) {
          length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
        }
      }
      if (buffer[i] == '\r' && buffer[i + 2] == '\r') {
        bodyFrom = i + 4;
        end = bodyFrom + Math.max(0, length);
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      if (at + i >= in.position() || (buffer[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the answer is a 200 with a result in it. */
  boolean isResult() {
    String text = text();
    return text.startsWith("HTTP/1.1 200") && text.indexOf("\"result\":", bodyFrom) > 0;
  }

  /** The answer, for people. */
  String text() {
    return new String(buffer, 0, in.position(), StandardCharsets.ISO_8859_1);
  }

  void close() throws IOException {
    channel.close();
  }
}
