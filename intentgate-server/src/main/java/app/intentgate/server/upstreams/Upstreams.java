package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.mcp.ToolNames;
import app.intentgate.server.upstream.UpstreamClient;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tool servers behind a gate: none, one, or several that look like one. */
public final class Upstreams implements AutoCloseable {
  /** What the one server is called that has no name. */
  public static final String ONLY = "default";

  private final @Nullable UpstreamClient client;
  private final ToolNames names;
  private final List<ToolServer> servers;

  /**
   * How answers of several servers are joined.
   *
   * @param executor joins them
   * @param waitMillis how long a slow server is waited for
   * @param tools told which tools each server lists
   */
  public record Gathering(Executor executor, long waitMillis, ToolListener tools) {}

  /** Takes note of the tools that servers list. */
  @FunctionalInterface
  public interface ToolListener {
    /**
     * A server listed a page.
     *
     * @param server its name
     * @param cursor where the page began; null for the first
     * @param page the result, as the server gave it
     */
    void listed(String server, @Nullable JsonValue cursor, JsonObject page);
  }

  private Upstreams(@Nullable UpstreamClient client, ToolNames names, List<ToolServer> servers) {
    this.client = client;
    this.names = names;
    this.servers = servers;
  }

  /** No server: allowed calls are answered by a stub. */
  public static Upstreams none() {
    return new Upstreams(null, ToolNames.SAME, List.of());
  }

  /** One server, whose names and bytes are everybody's; it is asked however it does. */
  public static Upstreams one(URI url, UpstreamClient client) {
    ServerHealth health = new ServerHealth(Clock.systemUTC(), Integer.MAX_VALUE);
    UpstreamClient watched = new WatchedClient(client, health);
    UpstreamEntry entry = new UpstreamEntry(ONLY, url, "", Map.of(), Set.of(), null, null);
    return new Upstreams(watched, ToolNames.SAME, List.of(new ToolServer(entry, watched, health)));
  }

  /**
   * Several servers.
   *
   * @param connect makes the client of each
   * @param gathering how their answers are joined
   * @param version the gate's version
   */
  public static Upstreams several(
      List<UpstreamEntry> entries,
      Function<UpstreamEntry, UpstreamClient> connect,
      Gathering gathering,
      String version) {
    List<ToolServer> servers = new ArrayList<>();
    for (UpstreamEntry entry : entries) {
      ServerHealth health = new ServerHealth(Clock.systemUTC(), ServerHealth.PATIENCE);
      servers.add(new ToolServer(entry, new WatchedClient(connect.apply(entry), health), health));
    }
    ServerNames names = new ServerNames(servers);
    return new Upstreams(
        new SeveralServers(
            servers,
            new MergedLists(names, gathering.tools()),
            names,
            new Gather(gathering.executor(), gathering.waitMillis()),
            version),
        names,
        List.copyOf(servers));
  }

  /** Where allowed calls go, or null when there is no server. */
  public @Nullable UpstreamClient client() {
    return client;
  }

  /** How tools are called where they are judged. */
  public ToolNames names() {
    return names;
  }

  /** How each server does. */
  public List<UpstreamReport> reports() {
    return servers.stream().map(server -> server.health().report(server.entry())).toList();
  }

  /**
   * How long an answer may take at the most, given how long it may of a server that does not say.
   */
  public long timeoutMs(long otherwise) {
    long longest = 0;
    for (ToolServer server : servers) {
      Long own = server.entry().timeoutMs();
      longest = Math.max(longest, own == null ? otherwise : own);
    }
    return longest == 0 ? otherwise : longest;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
