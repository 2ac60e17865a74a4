package app.intentgate.server.bench;

import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the gate with a bare Jetty handler, and its start with a bare Javalin application's, in
 * alternating rounds. Arguments: {@code load [seconds] [rounds]}, {@code open [seconds] [rounds]},
 * {@code start [rounds]}, {@code drive PORT SECONDS} for a gate that runs already under {@link
 * #KEY}, or a server to run by itself: {@code bare PORT}, {@code javalin PORT}.
 */
public final class LoadLab {
  private static final int WARM_SECONDS = 15;
  private static final int CONNECTIONS = 64;
  private static final String KEY = "bG9hZC1sYWItbWFzdGVyLWtleS1vZi0zMi1ieXRlcyE=";
  private static final String BODY =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_invoice\","
          + "\"arguments\":{\"id\":\"INV-2026-0007\",\"include_lines\":true,\"max\":50}}}";

  private final byte[] request = request();

  private LoadLab() {}

  /** Runs one command. */
  public static void main(String... args) throws Exception {
    String command = args.length == 0 ? "load" : args[0];
    int first = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    int second = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    LoadLab lab = new LoadLab();
    switch (command) {
      case "bare" -> BareServer.serve(first);
      case "javalin" -> BareJavalin.serve(first);
      case "load" -> lab.load(first == 0 ? 5 : first, second == 0 ? 5 : second);
      case "open" -> lab.open(first == 0 ? 5 : first, second == 0 ? 5 : second);
      case "drive" -> lab.drive(first, second);
      case "start" -> lab.start(first == 0 ? 5 : first);
      default -> throw new IllegalArgumentException("load, open, start, drive, bare or javalin");
    }
  }

  private record Target(String name, int port, Child child) {}

  /** Closed loop: bare handler, gate, and gate with an upstream. */
  private void load(int seconds, int rounds) throws Exception {
    int upstreamPort = freePort();
    try (Child upstream = lab("bare", upstreamPort)) {
      List<Target> targets =
          List.of(bare(), gate("gate", ""), gate("forwarding", "http://127.0.0.1:" + upstreamPort));
      try {
        for (Target target : targets) {
          warm(target);
        }
        say("target        rps  cpu us/request     p50 ms     p99 ms");
        for (int round = 0; round < rounds; round++) {
          for (Target target : targets) {
            say(measure(target, seconds, 0));
          }
        }
        for (Target target : targets) {
          say("%-10s RSS after load %d MiB", target.name, target.child.rssMiB());
        }
        say("upstream alive: %s; load average %s", upstream.isAlive(), loadAverage());
      } finally {
        close(targets);
      }
    }
  }

  /**
   * Constant rates: 3,000 a second at the gate; 1,000 a second with and without it before a tool.
   */
  private void open(int seconds, int rounds) throws Exception {
    int upstreamPort = freePort();
    try (Child upstream = lab("bare", upstreamPort)) {
      Target direct = new Target("direct", upstreamPort, upstream);
      List<Target> gates =
          List.of(gate("gate", ""), gate("forwarding", "http://127.0.0.1:" + upstreamPort));
      try {
        warm(direct);
        for (Target target : gates) {
          warm(target);
        }
        say("target        rps  cpu us/request     p50 ms     p99 ms");
        for (int round = 0; round < rounds; round++) {
          say(measure(gates.get(0), seconds, 3000));
          say(measure(direct, seconds, 1000));
          say(measure(gates.get(1), seconds, 1000));
        }
        say("load average %s", loadAverage());
      } finally {
        close(gates);
      }
    }
  }

  private void drive(int port, int seconds) throws Exception {
    LoadGenerator.Result result = new LoadGenerator(port, request, CONNECTIONS).run(seconds, 0);
    say(
        "%.0f requests/s, p50 %.2f ms, p99 %.2f ms",
        result.perSecond(), result.millis(0.5), result.millis(0.99));
  }

  /** From the start of the process to the first answer, and what an idle gate takes. */
  private void start(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      long begin = System.nanoTime();
      Target javalin = javalin();
      double bare = firstAnswer(javalin, begin, false);
      close(List.of(javalin));
      begin = System.nanoTime();
      Target gate = gate("gate", "", "-Xmx128m");
      double own = firstAnswer(gate, begin, true);
      Thread.sleep(5_000);
      long rss = gate.child.rssMiB();
      close(List.of(gate));
      say(
          "javalin %.2f s   gate %.2f s   ratio %.2f   idle RSS with -Xmx128m %d MiB   load %s",
          bare, own, own / bare, rss, loadAverage());
    }
  }

  private double firstAnswer(Target target, long begin, boolean result) throws Exception {
    while (target.child.isAlive()) {
      try (java.net.Socket socket = new java.net.Socket("127.0.0.1", target.port)) {
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request);
        byte[] answer = new byte[4096];
        int length = Math.max(0, socket.getInputStream().read(answer));
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/1.1 200") && (!result || text.contains("\"allow\""))) {
          return (System.nanoTime() - begin) / 1e9;
        }
      } catch (java.net.ConnectException e) {
        Thread.sleep(5);
      }
    }
    throw new IOException(target.name + " ended before it answered");
  }

  private void warm(Target target) throws Exception {
    firstAnswer(target, 0, false);
    new LoadGenerator(target.port, request, CONNECTIONS).run(WARM_SECONDS, 0);
  }

  private String measure(Target target, int seconds, int rate) throws Exception {
    double before = target.child.cpuMicros();
    LoadGenerator.Result result =
        new LoadGenerator(target.port, request, CONNECTIONS).run(seconds, rate);
    double cpu = (target.child.cpuMicros() - before) / result.completed();
    return String.format(
        Locale.ROOT,
        "%-10s %6.0f %15.1f %10.2f %10.2f",
        target.name,
        result.perSecond(),
        cpu,
        result.millis(0.5),
        result.millis(0.99));
  }

  private static Target bare() throws IOException {
    int port = freePort();
    return new Target("bare", port, lab("bare", port));
  }

  private static Target javalin() throws IOException {
    int port = freePort();
    return new Target("javalin", port, lab("javalin", port));
  }

  private static Child lab(String what, int port) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return Child.java(
        List.of("-Xmx512m", "-cp", classPath, LoadLab.class.getName(), what, "" + port), Map.of());
  }

  /** The gate as an operator starts it; from the class path when it is not packaged yet. */
  private static Target gate(String name, String upstream, String... jvm) throws IOException {
    int port = freePort();
    List<String> arguments = new ArrayList<>(jvm.length == 0 ? List.of("-Xmx512m") : List.of(jvm));
    Path jar = Path.of(System.getProperty("lab.jar", "intentgate-server/target/intentgate.jar"));
    if (Files.exists(jar)) {
      arguments.addAll(List.of("-jar", jar.toString()));
    } else {
      arguments.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "app.intentgate.server.Main"));
    }
    arguments.add("serve");
    return new Target(
        name,
        port,
        Child.java(
            arguments,
            Map.of(
                "INTENTGATE_ADDR", "127.0.0.1:" + port,
                "INTENTGATE_STORE", "memory",
                "INTENTGATE_AUDIT_TARGET", "none",
                "INTENTGATE_LOG_LEVEL", "error",
                "INTENTGATE_MASTER_KEY", KEY,
                "INTENTGATE_REQUIRE_CAPABILITY", "true",
                "INTENTGATE_REQUIRE_BUDGET", "true",
                "INTENTGATE_UPSTREAM_URL", upstream)));
  }

  /** One call of an agent whose token has four caveats: agent, expiry, tools and call limit. */
  private static byte[] request() {
    String token =
        TokenMinter.of(KeyRing.parse(KEY))
            .mint(
                Grant.to("load-agent")
                    .tools("read_*", "list_invoices")
                    .maxCalls(1L << 50)
                    .expiresIn(Duration.ofDays(1)))
            .encode();
    String text =
        "POST /v1/mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY;
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void close(List<Target> targets) {
    for (Target target : targets) {
      target.child.close();
    }
  }

  private static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static void say(String format, Object... values) {
    System.out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
