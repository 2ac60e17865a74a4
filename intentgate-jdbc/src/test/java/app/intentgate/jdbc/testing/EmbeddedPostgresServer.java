package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL of this JVM, started at its first use and stopped with the JVM. */
public final class EmbeddedPostgresServer {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static EmbeddedPostgres server;
  private static String migrated;

  private EmbeddedPostgresServer() {}

  /** The server. */
  public static synchronized EmbeddedPostgres get() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", System.getProperty("intentgate.test.fsync", "off"))
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /** Makes an empty database and gives its URL, in libpq's spelling. */
  public static String newDatabase() {
    String name = nextName();
    execute("postgres", "CREATE DATABASE " + name);
    return url(name);
  }

  /** Makes a database with this program's schema, as a copy of one that was migrated once. */
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
