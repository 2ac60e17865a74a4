package app.intentgate.rego.trace;

import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happened in an evaluation, up to a number of events; {@link TraceTree} prints it. Not
 * thread-safe: one trace for one evaluation at a time.
 */
public final class Trace implements EvalObserver {
  /** How many events are kept unless told otherwise. */
  public static final int DEFAULT_MAX_EVENTS = 100_000;

  private final int maxEvents;
  private final List<Event> events = new ArrayList<>();
  private long dropped;

  private Trace(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** A trace of at most {@link #DEFAULT_MAX_EVENTS}. */
  public static Trace ofDefaults() {
    return new Trace(DEFAULT_MAX_EVENTS);
  }

  /** A trace that keeps the first so many events. */
  public static Trace ofAtMost(int events) {
    if (events <= 0) {
      throw new IllegalArgumentException("events must be positive, is " + events);
    }
    return new Trace(events);
  }

  /**
   * An event that was kept; see {@link EvalEvent} for its parts.
   *
   * @param op what happened
   * @param spot what it happened to
   * @param depth how many rules and bodies were open around it
   * @param value what a rule gave, or null
   * @param note the words of a note, or how many rules an index chose
   * @param values what an expression looked at
   */
  public record Event(
      EvalEvent.Op op,
      Spot spot,
      int depth,
      @Nullable JsonValue value,
      String note,
      Map<String, JsonValue> values) {
    /** Copies the map, keeping its order. */
    public Event {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  @Override
  public void event(EvalEvent e) {
    if (events.size() >= maxEvents) {
      dropped++;
      return;
    }
    events.add(new Event(e.op(), e.spot(), e.depth(), e.value(), e.note(), e.values()));
  }

  /** The events, in the order in which they happened. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }

  /** How many events came after the last that was kept. */
  public long dropped() {
    return dropped;
  }
}
