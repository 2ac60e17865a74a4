package app.intentgate.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a PostgreSQL database is and how to sign in, from libpq's spelling ({@code
 * postgres://user:password@host/db?sslmode=…}) or JDBC's ({@code jdbc:postgresql://host/db?…}).
 * Several hosts are tried in order. Immutable; prints without the password.
 */
public final class PostgresUrl {
  private final List<String> hosts;
  private final String database;
  private final Map<String, String> properties;
  private final int poolSize;

  PostgresUrl(List<String> hosts, String database, Map<String, String> properties, int poolSize) {
    this.hosts = List.copyOf(hosts);
    this.database = database;
    this.properties = new TreeMap<>(properties);
    this.poolSize = poolSize;
  }

  /**
   * Reads a URL.
   *
   * @throws DatabaseException {@link DatabaseException.Code#BAD_CONFIGURATION} when it is none, or
   *     has a parameter that is not known; the message never repeats user or password
   */
  public static PostgresUrl parse(String url) {
    return new PostgresUrlParser(url).parse();
  }

  /** The hosts with their ports, in the order they are tried. */
  public List<String> hosts() {
    return hosts;
  }

  /** The database's name. */
  public String database() {
    return database;
  }

  /** How many connections the URL asks for ({@code pool_max_conns}); 0 when it says nothing. */
  public int poolSize() {
    return poolSize;
  }

  /** The driver's URL; neither user nor password nor any other property is in it. */
  String jdbcUrl() {
    return "jdbc:postgresql://"
        + String.join(",", hosts)
        + "/"
        + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8)
            .replace("+", "%20");
  }

  /** The driver's properties, password included: for the driver alone. */
  Properties driverProperties() {
    Properties driver = new Properties();
    properties.forEach(driver::setProperty);
    return driver;
  }

  /** A property of the driver, for tests; never the password. */
  String property(String name) {
    return PostgresUrlParser.isSecret(name) ? "" : properties.getOrDefault(name, "");
  }

  @Override
  public String toString() {
    return "postgresql " + String.join(",", hosts) + "/" + database;
  }
}
