package app.intentgate.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Browser origins: RFC 6454 texts of scheme, host and port, compared without regard to case. */
public final class Origins {
  private Origins() {}

  static List<String> parse(String text) {
    List<String> origins = Parsers.csv(text);
    for (String origin : origins) {
      URI uri = uri(origin);
      if (uri == null || !uri.getRawPath().isEmpty() || uri.getRawQuery() != null) {
        throw new Setting.Refused("\"" + origin + "\" is no origin");
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
    if (uri == null) {
      return false;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}")
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
