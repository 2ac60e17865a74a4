package app.intentgate.pin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tool as it was last listed, and as it was accepted.
 *
 * @param upstream the server that lists it
 * @param tool the server's own name of it; empty for the mark that says that the server's first
 *     complete list was seen, or is not waited for any more
 * @param seen as it was last listed
 * @param accepted as it was accepted, or null when it never was
 * @param status what is thought of it as it was last listed
 * @param firstSeen when it was first listed
 */
public record ToolPin(
    String upstream,
    String tool,
    ToolDefinition seen,
    @Nullable ToolDefinition accepted,
    PinStatus status,
    Instant firstSeen) {

  /** Whether this is no tool but the mark that a server's first list is over. */
  public boolean isMark() {
    return tool.isEmpty();
  }

  /** What it is called in memory. */
  public Key key() {
    return new Key(upstream, tool);
  }

  /**
   * Which tool.
   *
   * @param upstream the server that lists it
   * @param tool the server's own name of it
   */
  public record Key(String upstream, String tool) {}

  /** The same, listed as this and thought of so. */
  ToolPin as(ToolDefinition now, PinStatus newStatus) {
    return new ToolPin(upstream, tool, now, accepted, newStatus, firstSeen);
  }

  /** The same, with the text of what was accepted, of which only the hash was known. */
  ToolPin textOfAccepted(ToolDefinition text) {
    return new ToolPin(upstream, tool, seen, text, status, firstSeen);
  }

  /** The same, rejected as it was last listed; that does not count as accepted any more. */
  ToolPin rejectedNow() {
    return new ToolPin(
        upstream,
        tool,
        seen,
        accepted == null || accepted.sha256().equals(seen.sha256()) ? null : accepted,
        PinStatus.REJECTED,
        firstSeen);
  }

  /** The same, accepted as it was last listed. */
  ToolPin acceptedNow() {
    return new ToolPin(upstream, tool, seen, seen, PinStatus.ACCEPTED, firstSeen);
  }
}
