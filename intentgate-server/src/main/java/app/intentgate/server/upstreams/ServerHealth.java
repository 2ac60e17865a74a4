package app.intentgate.server.upstreams;

import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.upstream.UpstreamResult;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tool server does, and whether it is worth asking: after several failures in a row it is
 * left alone for a while, then one request tries again. Thread-safe.
 */
final class ServerHealth {
  /** How many failures in a row are borne. */
  static final int PATIENCE = 5;

  private static final long REST_MILLIS = 5_000;

  private final Clock clock;
  private final int patience;
  private @Nullable Instant lastSuccess;
  private @Nullable Instant lastFailure;
  private @Nullable String lastError;
  private int failures;
  private long notBefore;
  private List<String> tools = List.of();
  private boolean listed;

  ServerHealth(Clock clock, int patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** Whether a request may be sent; after a rest it is one, until that one's end is known. */
  synchronized boolean permits() {
    if (failures < patience) {
      return true;
    }
    long now = clock.millis();
    if (now < notBefore) {
      return false;
    }
    notBefore = now + REST_MILLIS;
    return true;
  }

  /** Takes note of how an exchange ended. A server whose answer is too large is there. */
  synchronized void ended(UpstreamResult result) {
    boolean failed =
        result instanceof UpstreamResult.Broken
            || result instanceof UpstreamResult.TimedOut
            || result.status() >= 500;
    if (failed) {
      failed(describe(result));
    } else {
      answered();
    }
  }

  /** The server answered. */
  synchronized void answered() {
    failures = 0;
    lastSuccess = clock.instant();
  }

  private void failed(String why) {
    failures++;
    lastFailure = clock.instant();
    lastError = why;
    notBefore = clock.millis() + REST_MILLIS;
  }

  /** Our words alone: what a server writes may hold anything. */
  private static String describe(UpstreamResult result) {
    if (result instanceof UpstreamResult.TimedOut) {
      return "no complete answer in time";
    }
    return result instanceof UpstreamResult.Broken
        ? "the connection could not be made or broke"
        : "HTTP " + result.status();
  }

  /** The server's tools, as its last complete list had them. */
  synchronized void listed(List<String> names) {
    tools = List.copyOf(names);
    listed = true;
  }

  /** What is known now. */
  synchronized UpstreamReport report(UpstreamEntry server) {
    String status = failures > 0 ? "down" : lastSuccess == null ? "unknown" : "up";
    return new UpstreamReport(
        server, status, failures, lastSuccess, lastFailure, lastError, listed ? tools : null);
  }
}
