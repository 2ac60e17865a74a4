package app.intentgate.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one {@link PostgresUrl}. Whatever is wrong is said without repeating a secret. */
final class PostgresUrlParser {
  private static final String JDBC = "jdbc:";
  private static final Set<String> SECRET = Set.of("password", "sslpassword");
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** A name or an address, and its port: nothing that means more to the driver than a host. */
  private static final Pattern HOST =
      Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.%\\p{L}\\p{N}]+\\])(?::([0-9]+))?");

  /** libpq's parameters and the driver's names for them. */
  private static final Map<String, String> LIBPQ =
      Map.ofEntries(
          Map.entry("user", "user"),
          Map.entry("password", "password"),
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("application_name", "ApplicationName"),
          Map.entry("options", "options"),
          Map.entry("search_path", "currentSchema"),
          Map.entry("keepalives", "tcpKeepAlive"),
          Map.entry("target_session_attrs", "targetServerType"),
          Map.entry("load_balance_hosts", "loadBalanceHosts"));

  private static final Map<String, String> SESSION_KINDS =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private final String url;
  private final boolean jdbc;
  private final Map<String, String> properties = new TreeMap<>();
  private final List<String> hosts = new ArrayList<>();
  private String database = "";
  private String port = "5432";
  private int poolSize;

  PostgresUrlParser(String url) {
    this.jdbc = url.startsWith(JDBC);
    this.url = jdbc ? url.substring(JDBC.length()) : url;
  }

  static boolean isSecret(String property) {
    return SECRET.contains(property);
  }

  PostgresUrl parse() {
    String rest = afterScheme();
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String place = question < 0 ? rest : rest.substring(0, question);
    int slash = place.indexOf('/');
    database = slash < 0 ? "" : decode(place.substring(slash + 1));
    authority(slash < 0 ? place : place.substring(0, slash));
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        parameter(pair);
      }
    }
    if (hosts.isEmpty()) {
      hosts.add("localhost:" + port);
    }
    String user = properties.getOrDefault("user", "");
    if (database.isEmpty()) {
      database = user;
    }
    if (database.isEmpty() || user.isEmpty()) {
      throw bad("it needs a user and a database: postgres://user:password@host/database");
    }
    properties.putIfAbsent("ApplicationName", "intentgate");
    properties.putIfAbsent("sslmode", "prefer");
    return new PostgresUrl(hosts, database, properties, poolSize);
  }

  private String afterScheme() {
    for (String scheme : List.of("postgresql://", "postgres://")) {
      if (url.startsWith(scheme)) {
        return url.substring(scheme.length());
      }
    }
    throw bad("it must start with postgres://, postgresql:// or jdbc:postgresql://");
  }

  private void authority(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String[] signIn = authority.substring(0, at).split(":", 2);
      properties.put("user", decode(signIn[0]));
      if (signIn.length == 2) {
        properties.put("password", decode(signIn[1]));
      }
    }
    hosts(authority.substring(at + 1));
  }

  private void hosts(String list) {
    for (String host : list.split(",", -1)) {
      if (!host.isEmpty()) {
        String plain = decode(host);
        if (plain.startsWith("/")) {
          throw bad("a socket file is not supported as a host; give a name or an address");
        }
        Matcher named = HOST.matcher(plain);
        if (!named.matches()) {
          throw bad("a host is not name:port or [address]:port");
        }
        String own = named.group(2);
        hosts.add(named.group(1) + ":" + (own == null ? port : portNumber(own)));
      }
    }
  }

  private void parameter(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      // Not named: it may be the end of a password with an ampersand in it.
      throw bad("a parameter has no =; write & in a value as %26");
    }
    String name = decode(pair.substring(0, equals));
    String value = decode(pair.substring(equals + 1));
    switch (name) {
      case "host" -> hosts(value);
      case "port" -> port(value);
      case "dbname" -> database = value;
      case "pool_max_conns" -> poolSize = number(name, value);
      case "sslmode" -> put("sslmode", oneOf(name, value, SSL_MODES));
      case "target_session_attrs" -> {
        oneOf(name, value, SESSION_KINDS.keySet());
        put("targetServerType", String.valueOf(SESSION_KINDS.get(value)));
      }
      case "keepalives" -> put("tcpKeepAlive", String.valueOf(!value.equals("0")));
      case "load_balance_hosts" -> put("loadBalanceHosts", String.valueOf(value.equals("random")));
      case "connect_timeout" -> put("connectTimeout", String.valueOf(number(name, value)));
      default -> other(name, value);
    }
  }

  private void other(String name, String value) {
    String driverName = LIBPQ.get(name);
    if (driverName == null && jdbc && org.postgresql.PGProperty.forName(name) != null) {
      driverName = name;
    }
    if (driverName == null) {
      // An & or a ? that was not escaped makes parameters of the rest of a password.
      boolean mayBeSecret =
          url.indexOf('@', url.indexOf('?')) >= 0
              || SECRET.stream().anyMatch(properties::containsKey);
      throw bad(
          mayBeSecret
              ? "a parameter is not known; write & in a value as %26, and ? in a password as %3F"
              : "the parameter " + name + " is not known");
    }
    put(driverName, value);
  }

  private void put(String name, String value) {
    properties.put(name, value);
  }

  private void port(String value) {
    port = portNumber(value);
    hosts.replaceAll(
        host -> host.endsWith(":5432") ? host.substring(0, host.length() - 4) + port : host);
  }

  private static String portNumber(String value) {
    int number = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (number < 1 || number > 65_535) {
      throw bad("a port must be a whole number from 1 to 65535");
    }
    return String.valueOf(number);
  }

  private static String oneOf(String name, String value, Set<String> known) {
    if (!known.contains(value)) {
      throw bad(name + " must be one of " + String.join(", ", new java.util.TreeSet<>(known)));
    }
    return value;
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,5}")) {
      throw bad(name + " must be a whole number below 100000");
    }
    return Integer.parseInt(value);
  }

  /** Percent escapes alone: a plus sign is a plus sign. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("a percent escape is not one");
    }
  }

  private static DatabaseException bad(String why) {
    return new DatabaseException(
        DatabaseException.Code.BAD_CONFIGURATION, "the PostgreSQL URL cannot be used: " + why);
  }
}
