package app.intentgate.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Browser origins: RFC 6454 texts of scheme, host and port, compared without regard to case. */
public final class Origins {
  private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private Origins() {}

  static List<String> parse(String text) {
    List<String> origins = Parsers.csv(text);
    for (String origin : origins) {
      URI uri = uri(origin);
      if (uri == null
          || !uri.getRawPath().isEmpty()
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw new Setting.Refused(
            Setting.mayHoldPassword(origin)
                ? "an origin has no user"
                : "\"" + origin + "\" is no origin");
      }
    }
    return origins.stream().map(o -> o.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The configured origins and that of the gate's own pages.
   *
   * @param publicUrl where people reach the gate, or null when they do not
   */
  public static List<String> withPublic(List<String> configured, @Nullable URI publicUrl) {
    if (publicUrl == null) {
      return configured;
    }
    List<String> all = new ArrayList<>(configured);
    String port = publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort();
    all.add((publicUrl.getScheme() + "://" + publicUrl.getHost() + port).toLowerCase(Locale.ROOT));
    return List.copyOf(all);
  }

  /**
   * Whether a request of that origin may be served: one of a loopback host, whatever its port, or
   * one of those configured. {@code null}, which sandboxed pages send, never is.
   *
   * @param configured as {@link HttpSettings#ALLOWED_ORIGINS} gives them
   */
  public static boolean isAllowed(String origin, List<String> configured) {
    if (configured.contains(origin.toLowerCase(Locale.ROOT))) {
      return true;
    }
    URI uri = uri(origin);
    return uri != null && isLoopback(uri.getHost().toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a gate that only this machine can reach may be asked under a name: a loopback one, or
   * the host of a configured origin. Any other is that of a page which had its own name resolve to
   * this machine.
   *
   * @param authority the value of {@code Host}
   * @param configured as {@link HttpSettings#ALLOWED_ORIGINS} gives them
   */
  public static boolean isHostAllowed(String authority, List<String> configured) {
    URI asked = uri("http://" + authority.strip());
    if (asked == null) {
      return false;
    }
    String host = asked.getHost().toLowerCase(Locale.ROOT);
    for (String origin : configured) {
      URI known = uri(origin);
      if (known != null && host.equals(known.getHost())) {
        return true;
      }
    }
    return isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || LOOPBACK_4.matcher(host).matches()
        || host.endsWith(".localhost");
  }

  private static @Nullable URI uri(String origin) {
    try {
      URI uri = new URI(origin);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return http && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
