package app.intentgate.server.config;

import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.server.config.Choices.Store;
import app.intentgate.server.redis.RedisAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of where the gate keeps what it must not forget. */
public final class StoreSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Which store. */
  public static final Setting<Store> STORE =
      ROWS.row(
          "STORE",
          "",
          "memory, file, sqlite or postgres",
          "Where the gate keeps what it decides; memory forgets it at the end. Unset: postgres with"
              + " INTENTGATE_POSTGRES_URL, else file in a data directory that holds a file store,"
              + " else sqlite.",
          Parsers.choice(
              Map.of(
                  "file",
                  Store.FILE,
                  "memory",
                  Store.MEMORY,
                  "sqlite",
                  Store.SQLITE,
                  "postgres",
                  Store.POSTGRES)));

  /** Which PostgreSQL. */
  public static final Setting<PostgresUrl> POSTGRES_URL =
      ROWS.secret(
          "POSTGRES_URL",
          "postgres://user:password@host/database?sslmode=... or its JDBC spelling",
          "PostgreSQL database of the gate; given alone, everything is kept there.",
          StoreSettings::url);

  /** How many connections to PostgreSQL. */
  public static final Setting<Long> POSTGRES_POOL =
      ROWS.number(
          "POSTGRES_POOL",
          "8",
          2,
          1_000,
          "Most connections of this gate to PostgreSQL, half of them for what writes and half for"
              + " what only reads, beside one for the change feed; pool_max_conns in the URL counts"
              + " before it.");

  /** Which Redis, for budgets. */
  public static final Setting<RedisAddress> REDIS_URL =
      ROWS.secret(
          "REDIS_URL",
          "redis://user:password@host:port/database, or rediss:// for TLS",
          "Redis that keeps budgets, and nothing else, for all gates that name it; without it they"
              + " are kept where everything is.",
          StoreSettings::redis);

  /** Where files are kept. */
  public static final Setting<Path> DATA_DIR =
      ROWS.row(
          "DATA_DIR",
          "intentgate-data",
          "a directory, made when it is missing",
          "Directory of the SQLite file or the file store, the generated keys and the generated"
              + " admin token.",
          Path::of);

  /** How long other gates may be unheard of. */
  public static final Setting<Long> FEED_STALE_MS =
      ROWS.number(
          "FEED_STALE_MS",
          "10000",
          100,
          600_000,
          "Longest silence of the database, in milliseconds, for which revocations and kill"
              + " switches held in memory are relied on; after it every call is refused. PostgreSQL"
              + " only.");

  private StoreSettings() {}

  private static PostgresUrl url(String text) {
    try {
      return PostgresUrl.parse(text);
    } catch (DatabaseException e) {
      throw new Setting.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static RedisAddress redis(String text) {
    try {
      return RedisAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Setting.Refused(String.valueOf(e.getMessage()));
    }
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
