package app.intentgate.server;

import app.intentgate.server.config.Config;
import app.intentgate.server.config.HeaderLine;
import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.config.UpstreamSettings;
import app.intentgate.server.metrics.GateMetrics;
import app.intentgate.server.metrics.MeteredUpstream;
import app.intentgate.server.pin.PinnedTools;
import app.intentgate.server.upstream.JettyUpstreamClient;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstreams.Upstreams;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Makes the clients of the tool servers that a configuration names. */
final class UpstreamFactory {
  private final Config config;
  private final QueuedThreadPool threads;
  private final PinnedTools pinned;
  private final @Nullable GateMetrics metrics;

  private UpstreamFactory(
      Config config, QueuedThreadPool threads, PinnedTools pinned, @Nullable GateMetrics metrics) {
    this.config = config;
    this.threads = threads;
    this.pinned = pinned;
    this.metrics = metrics;
  }

  /**
   * The tool servers.
   *
   * @param threads run their clients' work; started here when it is needed, and the caller's to
   *     stop
   * @param pinned told what each of several servers lists
   */
  static Upstreams create(
      Config config, QueuedThreadPool threads, PinnedTools pinned, @Nullable GateMetrics metrics) {
    return new UpstreamFactory(config, threads, pinned, metrics).create();
  }

  /** The one server that a client is given for, such as a local command. */
  static Upstreams given(UpstreamClient client, @Nullable GateMetrics metrics) {
    return Upstreams.one(URI.create("stdio:local"), metered(client, metrics));
  }

  private Upstreams create() {
    List<UpstreamEntry> several = config.find(UpstreamSettings.UPSTREAMS);
    URI url = config.find(UpstreamSettings.UPSTREAM_URL);
    if (several == null && url == null) {
      return Upstreams.none();
    }
    try {
      threads.start();
    } catch (Exception e) {
      throw new IllegalStateException("the thread pool does not start", e);
    }
    Map<String, HeaderLine> byTool =
        config.get(UpstreamSettings.UPSTREAM_TOOL_CREDENTIALS, Map.of());
    if (several == null) {
      URI only = java.util.Objects.requireNonNull(url);
      return Upstreams.one(
          only, client(only, null, config.find(UpstreamSettings.UPSTREAM_AUTH_HEADER), byTool));
    }
    return Upstreams.several(
        several,
        entry ->
            client(entry.url(), entry.timeoutMs(), entry.credential(), of(entry.name(), byTool)),
        new Upstreams.Gathering(
            threads, config.get(UpstreamSettings.UPSTREAMS_WAIT_MS), pinned::listed),
        Version.text());
  }

  /** The credentials for one server's tools, and no other's. */
  private static Map<String, HeaderLine> of(String server, Map<String, HeaderLine> byTool) {
    Map<String, HeaderLine> out = new HashMap<>();
    byTool.forEach(
        (tool, line) -> {
          if (tool.startsWith(server + ".")) {
            out.put(tool.substring(server.length() + 1), line);
          }
        });
    return Map.copyOf(out);
  }

  private UpstreamClient client(
      URI url,
      @Nullable Long timeoutMs,
      @Nullable HeaderLine credential,
      Map<String, HeaderLine> byTool) {
    UpstreamClient client =
        new JettyUpstreamClient(
            new JettyUpstreamClient.Target(
                url,
                Duration.ofMillis(
                    timeoutMs != null
                        ? timeoutMs
                        : config.get(UpstreamSettings.UPSTREAM_TIMEOUT_MS)),
                Math.toIntExact(config.get(UpstreamSettings.UPSTREAM_MAX_BYTES)),
                credential,
                byTool),
            threads);
    return metered(client, metrics);
  }

  /** The client, counted where figures are kept. */
  private static UpstreamClient metered(UpstreamClient client, @Nullable GateMetrics metrics) {
    return metrics == null ? client : new MeteredUpstream(client, metrics);
  }
}
