package app.intentgate.server.lab;

import app.intentgate.server.lab.Target.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Many event streams open through a gate at once: the memory they take, and how long an event is on
 * its way from the tool server's write to the client's read. Both ends are in this JVM, so that one
 * clock says it; the way holds two sockets and this program besides the gate.
 */
final class OpenStreams {
  private static final String EVENT =
      "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
          + "\"params\":{\"progressToken\":1,\"progress\":%d}}\n\n";
  private static final String MARK = "\"progress\":";
  private static final byte[] HEAD =
      ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n: in\n\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel upstream;
  private final List<SocketChannel> toGate = new ArrayList<>();
  private final int[] micros;
  private int begun;
  private int arrived;

  /** One end of a connection, and what of an event or a request came so far. */
  private static final class End {
    private final boolean client;
    private final ByteBuffer in = ByteBuffer.allocate(4096);
    private boolean begun;

    End(boolean client) {
      this.client = client;
    }
  }

  private OpenStreams(int events) throws IOException {
    selector = Selector.open();
    micros = new int[events];
    upstream = ServerSocketChannel.open();
    upstream.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
    upstream.configureBlocking(false);
    upstream.register(selector, SelectionKey.OP_ACCEPT);
  }

  static void run(int streams, int events, int rate) throws Exception {
    OpenStreams lab = new OpenStreams(events);
    int port = ((InetSocketAddress) lab.upstream.getLocalAddress()).getPort();
    try (Target gate =
        Target.gate(
            "memory",
            Store.MEMORY,
            Map.of("INTENTGATE_UPSTREAM_URL", "http://127.0.0.1:" + port + "/mcp"))) {
      awaitListening(gate.port());
      long before = gate.child().rssMiB();
      for (int i = 0; i < streams; i++) {
        lab.open(gate.port());
        while (lab.begun <= i) {
          lab.turn(100);
        }
      }
      long open = gate.child().rssMiB();
      lab.send(events / 5, rate);
      lab.arrived = 0;
      lab.send(events, rate);
      int[] sorted = lab.micros.clone();
      Arrays.sort(sorted);
      Lab.say(
          "%d streams: RSS %d MiB before, %d MiB with all open, %d MiB after %d events",
          streams, before, open, gate.child().rssMiB(), events + events / 5);
      Lab.say(
          "an event, from write to read at %d/s: p50 %.2f ms, p99 %.2f ms, longest %.2f ms; load"
              + " average %s",
          rate,
          sorted[sorted.length / 2] / 1000.0,
          sorted[(int) (sorted.length * 0.99)] / 1000.0,
          sorted[sorted.length - 1] / 1000.0,
          Lab.loadAverage());
    } finally {
      for (SelectionKey key : lab.selector.keys()) {
        key.channel().close();
      }
      lab.selector.close();
    }
  }

  private static void awaitListening(int port) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        SocketChannel.open(new InetSocketAddress("127.0.0.1", port)).close();
        return;
      } catch (IOException e) {
        if (attempt == 300) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private void open(int port) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    ByteBuffer request =
        ByteBuffer.wrap(
            Call.request("Accept: text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n"));
    while (request.hasRemaining()) {
      channel.write(request);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new End(true));
  }

  /** Sends events at a rate, each on the next stream, and reads until the last is there. */
  private void send(int events, int rate) throws IOException {
    long start = System.nanoTime();
    int sent = 0;
    while (arrived < events) {
      long now = System.nanoTime();
      if (sent < events && now >= start + sent * 1_000_000_000L / rate) {
        ByteBuffer event =
            ByteBuffer.wrap(EVENT.formatted(System.nanoTime()).getBytes(StandardCharsets.US_ASCII));
        SocketChannel channel = toGate.get(sent % toGate.size());
        while (event.hasRemaining()) {
          channel.write(event);
        }
        sent++;
      } else {
        LockSupport.parkNanos(10_000);
      }
      turn(0);
    }
  }

  private void turn(long millis) throws IOException {
    if (millis == 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isAcceptable()) {
        accept();
      } else {
        read((SocketChannel) key.channel(), (End) key.attachment());
      }
    }
    selector.selectedKeys().clear();
  }

  private void accept() throws IOException {
    SocketChannel channel = upstream.accept();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new End(false));
  }

  private void read(SocketChannel channel, End part) throws IOException {
    if (channel.read(part.in) < 0) {
      throw new IOException("a connection was closed: " + text(part));
    }
    String text = text(part);
    if (!part.client) {
      if (!part.begun && text.contains("\"method\"")) {
        part.begun = true;
        channel.write(ByteBuffer.wrap(HEAD));
        toGate.add(channel);
      }
      return;
    }
    if (!part.begun && text.contains(": in")) {
      part.begun = true;
      begun++;
      part.in.clear();
      return;
    }
    int from = 0;
    int at = text.indexOf(MARK);
    while (at >= 0 && text.indexOf('}', at) >= 0) {
      int end = text.indexOf('}', at);
      long sent = Long.parseLong(text.substring(at + MARK.length(), end));
      micros[arrived % micros.length] = (int) ((System.nanoTime() - sent) / 1000);
      arrived++;
      from = end;
      at = text.indexOf(MARK, from);
    }
    if (from > 0) {
      // What is left may be the beginning of the next.
      part.in.clear();
      part.in.put(text.substring(from).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String text(End end) {
    return new String(end.in.array(), 0, end.in.position(), StandardCharsets.ISO_8859_1);
  }
}
