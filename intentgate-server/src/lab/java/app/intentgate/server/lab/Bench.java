package app.intentgate.server.lab;

import app.intentgate.server.lab.Target.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers of one comparison, and what stands behind them. */
final class Bench implements AutoCloseable {
  private static final String FORWARDING = "-forwarding";

  private final List<Target> targets = new ArrayList<>();
  private @Nullable Target upstream;
  private @Nullable EmbeddedPostgres postgres;
  private int databases;

  /** The server of a name. */
  Target target(String name) throws IOException {
    Target target;
    if (name.equals("bare")) {
      target = Target.bare();
    } else if (name.equals("direct")) {
      return upstream();
    } else if (name.equals("relay")) {
      target = Target.relay(upstream());
    } else {
      boolean forwarding = name.endsWith(FORWARDING);
      String store = forwarding ? name.substring(0, name.length() - FORWARDING.length()) : name;
      target = gate(name, Store.valueOf(store.toUpperCase(Locale.ROOT)), forwarding);
    }
    targets.add(target);
    return target;
  }

  private Target gate(String name, Store store, boolean forwarding) throws IOException {
    Map<String, String> settings = new HashMap<>();
    if (forwarding) {
      settings.put("INTENTGATE_UPSTREAM_URL", "http://127.0.0.1:" + upstream().port());
    }
    if (store == Store.POSTGRES) {
      settings.put("INTENTGATE_POSTGRES_URL", database());
    }
    return Target.gate(name, store, settings);
  }

  private Target upstream() throws IOException {
    Target server = upstream;
    if (server == null) {
      server = Target.toolServer();
      upstream = server;
    }
    return server;
  }

  /** A database of its own, on a server that flushes what it commits. */
  private String database() throws IOException {
    EmbeddedPostgres server = postgres;
    if (server == null) {
      server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_connections", "200")
              .setServerConfig("min_wal_size", "2GB")
              .setServerConfig("max_wal_size", "4GB")
              .start();
      postgres = server;
    }
    String name = "lab" + ++databases;
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (java.sql.SQLException e) {
      throw new IOException(e);
    }
    return "postgres://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + name;
  }

  /**
   * Makes the database one that has run for a while: a checkpoint keeps the segments of its log for
   * reuse. A new one is filled with zeros first, and no commit comes through meanwhile.
   */
  void settle() throws IOException {
    EmbeddedPostgres server = postgres;
    if (server != null) {
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      } catch (java.sql.SQLException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    targets.forEach(Target::close);
    if (upstream != null) {
      upstream.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
