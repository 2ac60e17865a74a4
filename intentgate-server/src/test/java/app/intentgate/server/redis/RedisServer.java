package app.intentgate.server.redis;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.testing.FreePort;
import app.intentgate.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A Redis of one test, from the machine's packages; may be frozen, killed and started again. */
public final class RedisServer implements AutoCloseable {
  private final Path directory;
  private final List<String> command;
  private final int port;
  private Process process;

  /**
   * Starts one that keeps every write; skips the test where there is none.
   *
   * @param options further options, as on its command line
   */
  public RedisServer(Path directory, String... options) throws Exception {
    Path program = program();
    Assumptions.assumeTrue(
        program != null, "there is no redis-server on this machine: budgets in Redis not tested");
    this.directory = directory;
    port = FreePort.next();
    boolean tls = List.of(options).contains("--tls-cert-file");
    command =
        new ArrayList<>(
            List.of(
                String.valueOf(program),
                "--bind",
                "127.0.0.1",
                "--port",
                tls ? "0" : String.valueOf(port),
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always"));
    if (tls) {
      command.addAll(List.of("--tls-port", String.valueOf(port), "--tls-auth-clients", "no"));
    }
    command.addAll(List.of(options));
    process = start();
  }

  private static @Nullable Path program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin", "/usr/local/bin"))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private Process start() throws Exception {
    Path log = directory.resolve("redis.log");
    Process started =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    until(
        "Redis to start",
        () -> {
          String said = Files.readString(log);
          if (!started.isAlive()) {
            throw new IOException(said);
          }
          return said.contains("Ready to accept connections");
        });
    return started;
  }

  /** Its address. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Asks it for something, as a client without a library does; gives the first line. */
  String ask(String words) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  /** It stands still until {@link #thaw}. */
  public void freeze() {
    Signals.freeze(List.of(process.toHandle()));
  }

  /** Lets it go on. */
  public void thaw() {
    Signals.thaw(List.of(process.toHandle()));
  }

  /** Ends it as a crash would. */
  public void kill() throws Exception {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Starts it again on what it kept. */
  public void startAgain() throws Exception {
    process = start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
