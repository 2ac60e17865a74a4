package app.intentgate.server.redis;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is: {@code redis://user:password@host:port/database}, or {@code rediss://} over
 * TLS. Immutable; never prints who signs in.
 */
public final class RedisAddress {
  private static final int PORT = 6379;
  private static final int MOST_DATABASES = 1 << 16;

  private final String host;
  private final int port;
  private final boolean tls;
  private final int database;
  private final @Nullable String user;
  private final @Nullable String password;

  private RedisAddress(URI uri, @Nullable String user, @Nullable String password, int database) {
    this.host = uri.getHost().replaceAll("^\\[|\\]$", "");
    this.port = uri.getPort() < 0 ? PORT : uri.getPort();
    this.tls = uri.getScheme().equalsIgnoreCase("rediss");
    this.database = database;
    this.user = user;
    this.password = password;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message repeats nothing of it
   */
  public static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      // Its message would repeat the password.
      throw new IllegalArgumentException("it is not a URL; escape what is special in a password");
    }
    String scheme = uri.getScheme();
    if (!"redis".equalsIgnoreCase(scheme) && !"rediss".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("it must begin with redis:// or rediss://");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw new IllegalArgumentException("it must name a host, and may name a port");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it takes no parameters");
    }
    String signIn = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = signIn.indexOf(':');
    String user = decoded(colon < 0 ? signIn : signIn.substring(0, colon));
    String password = colon < 0 ? null : decoded(signIn.substring(colon + 1));
    if (password == null && user != null) {
      throw new IllegalArgumentException("it names a user without a password");
    }
    return new RedisAddress(uri, user, password, database(uri.getRawPath()));
  }

  private static @Nullable String decoded(String escaped) {
    return escaped.isEmpty()
        ? null
        : URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static int database(@Nullable String path) {
    String text = path == null || path.isEmpty() ? "" : path.substring(1);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) >= MOST_DATABASES) {
      throw new IllegalArgumentException("its path must be the number of a database");
    }
    return Integer.parseInt(text);
  }

  /** The host; an IPv6 address without brackets. */
  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean tls() {
    return tls;
  }

  int database() {
    return database;
  }

  /** Who signs in; null for the default user. */
  @Nullable String user() {
    return user;
  }

  /** With what; null for nothing. For the client alone. */
  @Nullable String password() {
    return password;
  }

  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (tls ? "rediss://" : "redis://") + shown + ":" + port + "/" + database;
  }
}
