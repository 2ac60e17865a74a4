package app.intentgate.sdk.admin;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log.
 *
 * @param events its events
 * @param nextCursor where to go on, or null at the end
 * @param total how many events the query has, where it was asked to count
 */
public record AuditEntries(
    List<AuditEntry> events, @Nullable String nextCursor, OptionalLong total) {
  /** Copies the events. */
  public AuditEntries {
    events = List.copyOf(events);
  }
}
