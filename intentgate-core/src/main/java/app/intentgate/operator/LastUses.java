package app.intentgate.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When accounts signed in last, for a store that keeps that behind: the newest times in memory, and
 * which of them are due to be written. For accounts that exist only, so bounded by them.
 * Thread-safe; takes no lock that is held for long.
 */
public final class LastUses {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /**
   * Of one account.
   *
   * @param last when it signed in last
   * @param written the newest time that was given out to be written, or read
   */
  private record Use(Instant last, Instant written) {}

  private final ConcurrentHashMap<String, Use> uses = new ConcurrentHashMap<>();

  /** Knows of no use. */
  public LastUses() {}

  /**
   * Notes that an account signed in.
   *
   * @return whether that is to be written: true for one caller a minute, by the times noted
   */
  public boolean note(String id, Instant at) {
    boolean[] due = {false};
    uses.compute(
        id,
        (same, use) -> {
          due[0] = use == null || !at.isBefore(use.written().plus(EVERY));
          Instant last = use == null || at.isAfter(use.last()) ? at : use.last();
          return new Use(last, due[0] ? at : use.written());
        });
    return due[0];
  }

  /** Takes over what is stored, where it is newer. */
  public void merge(Map<String, Instant> stored) {
    stored.forEach(
        (id, at) ->
            uses.merge(id, new Use(at, at), (use, read) -> use.last().isBefore(at) ? read : use));
  }

  /** When an account signed in last, as far as is known here; null for never. */
  public @Nullable Instant last(String id) {
    Use use = uses.get(id);
    return use == null ? null : use.last();
  }
}
