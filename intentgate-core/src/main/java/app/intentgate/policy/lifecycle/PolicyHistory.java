package app.intentgate.policy.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a slot's history, newest first.
 *
 * @param changes the changes
 * @param nextCursor where the next page starts; null when there is no more
 */
public record PolicyHistory(List<PolicyChange> changes, @Nullable String nextCursor) {
  /** Copies the list. */
  public PolicyHistory {
    changes = List.copyOf(changes);
  }
}
