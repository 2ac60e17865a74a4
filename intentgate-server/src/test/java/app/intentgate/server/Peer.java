package app.intentgate.server;

import app.intentgate.testing.FreePort;
import app.intentgate.testing.Signals;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that a gate asks: a tool server and an OPA in one, told apart by their paths. May be
 * frozen, killed and started again at its port; notes the calls it executed.
 */
final class Peer implements AutoCloseable {
  private final Path executed;
  private final int port;
  private Process process;

  Peer(Path directory) throws Exception {
    executed = Files.writeString(directory.resolve("executed"), "");
    port = FreePort.next();
    process = launch();
  }

  private Process launch() throws Exception {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                Path.of(Peer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Main.class.getName(),
                String.valueOf(port),
                executed.toString())
            .redirectErrorStream(true)
            .start();
    if (started.inputReader().readLine() == null) {
      throw new IOException("the peer did not start");
    }
    return started;
  }

  int port() {
    return port;
  }

  /** The numbers of the calls it executed, in that order. */
  List<String> executed() throws IOException {
    return Files.readAllLines(executed);
  }

  /** It stands still until {@link #thaw}. */
  void freeze() {
    Signals.freeze(List.of(process.toHandle()));
  }

  /** Lets it go on. */
  void thaw() {
    Signals.thaw(List.of(process.toHandle()));
  }

  /** Ends it as a crash would. */
  void kill() throws Exception {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IOException("the peer does not end");
    }
  }

  void startAgain() throws Exception {
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process itself. */
  static final class Main {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+|\"[^\"]*\")");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private Main() {}

    public static void main(String[] args) throws IOException {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
              50);
      Path executed = Path.of(args[1]);
      server.createContext("/", exchange -> answer(exchange, executed));
      server.start();
      System.out.println("ready");
    }

    private static void answer(HttpExchange exchange, Path executed) throws IOException {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String answer;
      if (exchange.getRequestURI().getPath().startsWith("/v1/data/")) {
        answer = "{\"result\":{\"allow\":true}}";
      } else {
        Files.writeString(executed, first(NUMBER, body) + "\n", StandardOpenOption.APPEND);
        answer = "{\"jsonrpc\":\"2.0\",\"id\":" + first(ID, body) + ",\"result\":{\"content\":[]}}";
      }
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    private static String first(Pattern pattern, String text) {
      Matcher found = pattern.matcher(text);
      return found.find() ? found.group(1) : "none";
    }
  }
}
