package app.intentgate.server.upstreams;

import app.intentgate.server.mcp.ToolNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server is meant by a name. That follows from the configuration alone, so that every gate
 * says the same, whatever its servers list: a renamed name, else the longest prefix, else {@code
 * server.tool}. Immutable.
 */
final class ServerNames implements ToolNames {
  private final List<ToolServer> servers;
  private final Map<String, Target> renamed = new HashMap<>();

  /**
   * A server, and what it calls the thing that is meant.
   *
   * @param name the server's own name of it
   */
  record Target(ToolServer server, String name) {}

  ServerNames(List<ToolServer> servers) {
    this.servers = List.copyOf(servers);
    for (ToolServer server : servers) {
      server.entry().rename().forEach((own, shown) -> renamed.put(shown, new Target(server, own)));
    }
  }

  @Override
  public String judged(String shown) {
    Target target = find(shown);
    return target == null ? shown : judged(target);
  }

  static String judged(Target target) {
    return target.server().name() + "." + target.name();
  }

  /** The tool or prompt that a caller names, or null when no server could have it. */
  @Nullable Target find(String called) {
    Target found = renamed.get(called);
    if (found != null) {
      return found;
    }
    ToolServer server = null;
    for (ToolServer each : servers) {
      String prefix = each.entry().prefix();
      if (called.startsWith(prefix)
          && (server == null || prefix.length() > server.entry().prefix().length())) {
        server = each;
      }
    }
    if (server != null) {
      String own = called.substring(server.entry().prefix().length());
      if (called.equals(server.shown(own))) {
        return new Target(server, own);
      }
    }
    int dot = called.indexOf('.');
    ToolServer named = dot < 1 ? null : byName(called.substring(0, dot));
    return named == null || dot + 1 == called.length()
        ? null
        : new Target(named, called.substring(dot + 1));
  }

  /** What clients call a server's tool or prompt, or null when it is none of theirs. */
  @Nullable String shown(ToolServer server, String own) {
    String shown = server.shown(own);
    if (shown == null) {
      return null;
    }
    Target meant = find(shown);
    return meant != null && meant.server().equals(server) && meant.name().equals(own)
        ? shown
        : null;
  }

  /** The resource that a caller names, or null when no server could have it. */
  @Nullable Target findUri(String called) {
    int plus = called.indexOf('+');
    String scheme = plus < 1 ? "" : called.substring(0, plus);
    ToolServer rest = null;
    for (ToolServer each : servers) {
      if (!each.renamesUris()) {
        rest = each;
      } else if (each.name().toLowerCase(Locale.ROOT).equals(scheme.toLowerCase(Locale.ROOT))) {
        return new Target(each, called.substring(plus + 1));
      }
    }
    return rest == null ? null : new Target(rest, called);
  }

  /** The server of that very name, or null. */
  @Nullable ToolServer byName(String name) {
    for (ToolServer server : servers) {
      if (server.name().equals(name)) {
        return server;
      }
    }
    return null;
  }
}
