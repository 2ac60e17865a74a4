package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The parts of the input that an evaluation looked at, as paths of keys. Everything below a path
 * may have been read. Not thread-safe: one per evaluation.
 */
public final class InputReads {
  private final Set<JsonArray> paths = new LinkedHashSet<>();

  /** Nothing read yet. */
  public InputReads() {}

  void add(JsonValue[] path) {
    paths.add(JsonArray.of(path));
  }

  /** The paths, in the order of their first reading; the empty path is the whole input. */
  public Set<JsonArray> paths() {
    return Set.copyOf(paths);
  }
}
