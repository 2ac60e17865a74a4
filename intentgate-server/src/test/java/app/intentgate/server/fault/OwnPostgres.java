package app.intentgate.server.fault;

import static app.intentgate.testing.Eventually.until;

import app.intentgate.testing.FreePort;
import app.intentgate.testing.Signals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of one test, which may be frozen, killed and started again. Its own default loses
 * commits when it crashes; gates must not go by that.
 */
final class OwnPostgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private final List<String> command;
  private final Thread atExit = new Thread(this::killAll, "own-postgres-end");
  private List<ProcessHandle> seen = List.of();
  private @Nullable Process again;

  OwnPostgres(Path data) throws IOException {
    this.data = data;
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(FreePort.next())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .start();
    port = server.getPort();
    command = command(Files.readString(data.resolve("postmaster.opts")));
    seen = processes();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** What the server wrote down of how it was started. */
  private static List<String> command(String options) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL does not run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(options)
        .results()
        .forEach(m -> command.add(m.group(1) != null ? m.group(1) : m.group(2)));
    return command;
  }

  String url() {
    return "postgres://postgres:postgres@localhost:" + port + "/postgres?sslmode=disable";
  }

  private List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>();
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      ProcessHandle.of(pid)
          .ifPresent(
              postmaster -> {
                all.add(postmaster);
                postmaster.descendants().forEach(all::add);
              });
    } catch (IOException | RuntimeException e) {
      // It does not run.
      return all;
    }
    return all;
  }

  /** It and all its sessions stand still until {@link #thaw}. */
  void freeze() {
    seen = processes();
    Signals.freeze(seen);
  }

  /** Lets it go on. */
  void thaw() {
    Signals.thaw(seen);
  }

  /** Ends it and all its sessions at once, as a crash of its machine would. */
  void kill() throws Exception {
    seen = processes();
    seen.forEach(ProcessHandle::destroyForcibly);
    until("PostgreSQL to end", () -> seen.stream().noneMatch(OwnPostgres::isRunning));
  }

  /** Whether a process does anything; one that ended and that nobody asked about yet does not. */
  private static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      // Gone in between, or a system that does not say.
      return process.isAlive();
    }
  }

  /**
   * Starts it after {@link #kill}; it recovers what it had committed. It refuses to start while a
   * session is ending that began just before, and is asked again then.
   */
  void start() throws Exception {
    launch();
    try {
      until("PostgreSQL to start", this::startsOrIsLaunchedAgain);
    } catch (AssertionError e) {
      throw new IOException(Files.readString(data.resolveSibling("postgres-again.log")), e);
    }
    seen = processes();
  }

  private boolean startsOrIsLaunchedAgain() throws IOException {
    Process started = again;
    if (started == null || !started.isAlive()) {
      launch();
    }
    return answers();
  }

  private void launch() throws IOException {
    again =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling("postgres-again.log").toFile())
            .start();
  }

  private boolean answers() {
    String url = "jdbc:postgresql://localhost:" + port + "/postgres?sslmode=disable";
    try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private void killAll() {
    List<ProcessHandle> all = new ArrayList<>(seen);
    all.addAll(processes());
    // What is frozen dies of this too.
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Nothing of it is left, whatever state it was in; its files go with the test's directory. */
  @Override
  public void close() {
    killAll();
    Process started = again;
    if (started != null) {
      started.destroyForcibly();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
