package app.intentgate.server;

import app.intentgate.server.config.Config;
import app.intentgate.server.config.UpstreamSettings;
import app.intentgate.server.metrics.GateMetrics;
import app.intentgate.server.metrics.MeteredUpstream;
import app.intentgate.server.upstream.JettyUpstreamClient;
import app.intentgate.server.upstream.UpstreamClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Makes the client of the tool server that a configuration names. */
final class UpstreamFactory {
  private UpstreamFactory() {}

  /**
   * The client, or null when there is no tool server.
   *
   * @param threads run its work; started here when it is needed
   */
  static @Nullable UpstreamClient client(
      Config config, QueuedThreadPool threads, @Nullable GateMetrics metrics) {
    URI url = config.find(UpstreamSettings.UPSTREAM_URL);
    if (url == null) {
      return null;
    }
    try {
      threads.start();
    } catch (Exception e) {
      throw new IllegalStateException("the thread pool does not start", e);
    }
    UpstreamClient client =
        new JettyUpstreamClient(
            new JettyUpstreamClient.Target(
                url,
                Duration.ofMillis(config.get(UpstreamSettings.UPSTREAM_TIMEOUT_MS)),
                Math.toIntExact(config.get(UpstreamSettings.UPSTREAM_MAX_BYTES)),
                config.find(UpstreamSettings.UPSTREAM_AUTH_HEADER),
                config.get(UpstreamSettings.UPSTREAM_TOOL_CREDENTIALS, Map.of())),
            threads);
    return metered(client, metrics);
  }

  /** The client, counted where figures are kept. */
  static UpstreamClient metered(UpstreamClient client, @Nullable GateMetrics metrics) {
    return metrics == null ? client : new MeteredUpstream(client, metrics);
  }
}
