package app.intentgate.rego.trace;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Covered and not covered rows, by file. Immutable.
 *
 * @param files by name, in the order of the names
 */
public record CoverageReport(Map<String, FileRows> files) {
  /** Copies the map. */
  public CoverageReport {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * The rows of one file.
   *
   * @param covered evaluation came there
   * @param notCovered it did not
   */
  public record FileRows(SortedSet<Integer> covered, SortedSet<Integer> notCovered) {
    /** Copies the sets. */
    public FileRows {
      covered = Collections.unmodifiableSortedSet(new TreeSet<>(covered));
      notCovered = Collections.unmodifiableSortedSet(new TreeSet<>(notCovered));
    }

    /** The covered rows among all, in percent; 0 when there are none. */
    public double percent() {
      return CoverageReport.percent(covered.size(), notCovered.size());
    }
  }

  /** How many rows are covered. */
  public int coveredLines() {
    return files.values().stream().mapToInt(f -> f.covered.size()).sum();
  }

  /** How many rows are not covered. */
  public int notCoveredLines() {
    return files.values().stream().mapToInt(f -> f.notCovered.size()).sum();
  }

  /** The covered rows among all, in percent; 0 when there are none. */
  public double percent() {
    return percent(coveredLines(), notCoveredLines());
  }

  private static double percent(int covered, int notCovered) {
    int all = covered + notCovered;
    return all == 0 ? 0 : 100.0 * covered / all;
  }

  /** In the shape of {@code opa test --coverage}: ranges of rows and counts, zeros left out. */
  public JsonObject toJson() {
    JsonObject.Builder byFile = JsonObject.builder(files.size());
    files.forEach((name, rows) -> byFile.put(JsonValue.of(name), json(rows)));
    return JsonObject.builder(4)
        .put(JsonValue.of("files"), byFile.build())
        .put(JsonValue.of("covered_lines"), JsonNumber.of(coveredLines()))
        .put(JsonValue.of("not_covered_lines"), JsonNumber.of(notCoveredLines()))
        .put(JsonValue.of("coverage"), number(percent()))
        .build();
  }

  private static JsonObject json(FileRows rows) {
    JsonObject.Builder b = JsonObject.builder(5);
    if (!rows.covered.isEmpty()) {
      b.put(JsonValue.of("covered"), ranges(rows.covered));
    }
    if (!rows.notCovered.isEmpty()) {
      b.put(JsonValue.of("not_covered"), ranges(rows.notCovered));
    }
    if (!rows.covered.isEmpty()) {
      b.put(JsonValue.of("covered_lines"), JsonNumber.of(rows.covered.size()));
    }
    if (!rows.notCovered.isEmpty()) {
      b.put(JsonValue.of("not_covered_lines"), JsonNumber.of(rows.notCovered.size()));
    }
    if (!rows.covered.isEmpty()) {
      b.put(JsonValue.of("coverage"), number(rows.percent()));
    }
    return b.build();
  }

  private static JsonArray ranges(SortedSet<Integer> rows) {
    JsonArray.Builder ranges = JsonArray.builder();
    int start = 0;
    int end = -1;
    for (int row : rows) {
      if (row != end + 1) {
        if (end > 0) {
          ranges.add(range(start, end));
        }
        start = row;
      }
      end = row;
    }
    return ranges.add(range(start, end)).build();
  }

  private static JsonObject range(int start, int end) {
    return JsonObject.builder(2)
        .put(JsonValue.of("start"), row(start))
        .put(JsonValue.of("end"), row(end))
        .build();
  }

  private static JsonObject row(int row) {
    return JsonObject.builder(1).put(JsonValue.of("row"), JsonNumber.of(row)).build();
  }

  private static JsonNumber number(double value) {
    return value == Math.rint(value)
        ? JsonNumber.of((long) value)
        : JsonNumber.parse(Double.toString(value));
  }
}
