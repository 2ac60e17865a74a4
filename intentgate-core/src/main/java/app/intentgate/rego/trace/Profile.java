package app.intentgate.rego.trace;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Time and counts by row, as OPA's profiler has them: from the evaluation of an expression to the
 * next event of an expression. Observing takes time of its own. Not thread-safe.
 */
public final class Profile implements EvalObserver {
  private final LongSupplier nanos;
  private final Map<Place, Row> rows = new HashMap<>();
  private Row running = new Row(Location.NONE);
  private long since;

  private record Place(String file, int row) {}

  /** Nothing measured yet. */
  public Profile() {
    this(System::nanoTime);
  }

  Profile(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /**
   * What one row cost.
   *
   * @param location the first expression of the row that was evaluated
   * @param nanos time spent
   * @param evaluated how often its expressions were evaluated
   * @param redone how often they were asked for further solutions
   * @param expressions how many expressions the row became, those of the compiler included
   */
  public record Entry(Location location, long nanos, long evaluated, long redone, int expressions) {
    /** In the shape of {@code opa eval --profile}. */
    public JsonObject toJson() {
      return JsonObject.builder(5)
          .put(JsonValue.of("total_time_ns"), JsonNumber.of(nanos))
          .put(JsonValue.of("num_eval"), JsonNumber.of(evaluated))
          .put(JsonValue.of("num_redo"), JsonNumber.of(redone))
          .put(JsonValue.of("num_gen_expr"), JsonNumber.of(expressions))
          .put(
              JsonValue.of("location"),
              JsonObject.builder(3)
                  .put(JsonValue.of("file"), JsonValue.of(location.file()))
                  .put(JsonValue.of("row"), JsonNumber.of(location.row()))
                  .put(JsonValue.of("col"), JsonNumber.of(location.col()))
                  .build())
          .build();
    }
  }

  private static final class Row {
    private final Location location;
    private final Set<Spot> spots = Collections.newSetFromMap(new IdentityHashMap<>());
    private long nanos;
    private long evaluated;
    private long redone;

    Row(Location location) {
      this.location = location;
    }
  }

  @Override
  public void event(EvalEvent e) {
    boolean eval = e.op() == EvalEvent.Op.EVAL;
    if (!eval && e.op() != EvalEvent.Op.REDO) {
      return;
    }
    long now = nanos.getAsLong();
    running.nanos += now - since;
    Location at = e.spot().location();
    running = rows.computeIfAbsent(new Place(at.file(), at.row()), k -> new Row(at));
    running.spots.add(e.spot());
    if (eval) {
      running.evaluated++;
    } else {
      running.redone++;
    }
    since = nanos.getAsLong();
  }

  /** Ends the time of the expression that came last: for when an evaluation is over. */
  public void stop() {
    running.nanos += nanos.getAsLong() - since;
    running = new Row(Location.NONE);
    since = nanos.getAsLong();
  }

  /** The rows, the most expensive first. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    rows.values()
        .forEach(
            r ->
                entries.add(new Entry(r.location, r.nanos, r.evaluated, r.redone, r.spots.size())));
    entries.sort(
        (a, b) ->
            a.nanos != b.nanos
                ? Long.compare(b.nanos, a.nanos)
                : Integer.compare(a.location.row(), b.location.row()));
    return entries;
  }

  /** The entries in the shape of {@code opa eval --profile}. */
  public JsonArray toJson() {
    JsonArray.Builder array = JsonArray.builder();
    entries().forEach(e -> array.add(e.toJson()));
    return array.build();
  }
}
