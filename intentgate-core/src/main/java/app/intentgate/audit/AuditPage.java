package app.intentgate.audit;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query.
 *
 * @param events the events, in the query's order
 * @param nextCursor where the next page starts: for {@link AuditQuery.Order#OLDEST_FIRST} always
 *     given, so that a reader who has caught up can ask again later; for {@link
 *     AuditQuery.Order#NEWEST_FIRST} null when there is no more
 * @param total how many events pass the filters, when the query asked to count
 */
public record AuditPage(List<StoredEvent> events, @Nullable String nextCursor, OptionalLong total) {
  /** Copies the list. */
  public AuditPage {
    events = List.copyOf(events);
  }
}
