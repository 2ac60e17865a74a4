package app.intentgate.rego.trace;

import app.intentgate.rego.trace.EvalEvent.Op;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which rows of the sources evaluations came to: those of expressions that were evaluated and of
 * rules that gave a value, as OPA counts them. Not thread-safe.
 */
public final class Coverage implements EvalObserver {
  private final Map<String, SortedSet<Integer>> hits = new TreeMap<>();

  /** Nothing covered yet. */
  public Coverage() {}

  @Override
  public void event(EvalEvent e) {
    Spot spot = e.spot();
    boolean hit = e.op() == Op.EVAL || (e.op() == Op.EXIT && spot.kind() == Spot.Kind.RULE);
    if (hit && !spot.location().file().isEmpty()) {
      hits.computeIfAbsent(spot.location().file(), f -> new TreeSet<>()).add(spot.location().row());
    }
  }

  /** Adds what another coverage came to. */
  public void addAll(Coverage other) {
    other.hits.forEach((f, rows) -> hits.computeIfAbsent(f, k -> new TreeSet<>()).addAll(rows));
  }

  /**
   * The report.
   *
   * @param coverable the rows that can be covered, by file: {@code RegoPolicy.coverableRows()}
   */
  public CoverageReport report(Map<String, ? extends Set<Integer>> coverable) {
    Map<String, CoverageReport.FileRows> files = new TreeMap<>();
    coverable.forEach(
        (file, rows) -> {
          SortedSet<Integer> covered = hits.getOrDefault(file, new TreeSet<>());
          SortedSet<Integer> missed = new TreeSet<>(rows);
          missed.removeAll(covered);
          files.put(file, new CoverageReport.FileRows(covered, missed));
        });
    hits.forEach(
        (file, rows) ->
            files.putIfAbsent(file, new CoverageReport.FileRows(rows, new TreeSet<>())));
    return new CoverageReport(files);
  }
}
