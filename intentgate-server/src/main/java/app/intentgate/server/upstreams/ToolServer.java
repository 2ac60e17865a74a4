package app.intentgate.server.upstreams;

import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.upstream.UpstreamClient;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several tool servers: how to reach it, what it is called, and what clients call its
 * things.
 */
final class ToolServer {
  private static final Pattern FITS = Pattern.compile("[A-Za-z0-9_-]+");
  private static final int LONGEST = 64;

  private final UpstreamEntry entry;
  private final UpstreamClient client;
  private final ServerHealth health;

  ToolServer(UpstreamEntry entry, UpstreamClient client, ServerHealth health) {
    this.entry = entry;
    this.client = client;
    this.health = health;
  }

  UpstreamEntry entry() {
    return entry;
  }

  String name() {
    return entry.name();
  }

  UpstreamClient client() {
    return client;
  }

  ServerHealth health() {
    return health;
  }

  /** Whether calls of a tenant may go there. */
  boolean serves(String tenant) {
    return entry.tenants().isEmpty() || entry.tenants().contains(tenant);
  }

  /** What clients call a tool or a prompt; null when its name fits no list and is not renamed. */
  @Nullable String shown(String name) {
    String renamed = entry.rename().get(name);
    if (renamed != null) {
      return renamed;
    }
    return FITS.matcher(name).matches() && entry.prefix().length() + name.length() <= LONGEST
        ? entry.prefix() + name
        : null;
  }

  /** What clients call a resource: its own address, told apart by its scheme. */
  String shownUri(String uri) {
    return entry.prefix().isEmpty() ? uri : entry.name() + "+" + uri;
  }

  /** Whether clients see its resources under other addresses than its own. */
  boolean renamesUris() {
    return !entry.prefix().isEmpty();
  }

  @Override
  public String toString() {
    return entry.name();
  }
}
