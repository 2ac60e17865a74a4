package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rules of one path. Filled in by the planner once, before any evaluation sees it. */
public abstract class RuleSet {
  private final JsonValue[] path;
  private final String name;
  private int memoId = -1;
  private boolean remembers = true;

  RuleSet(List<JsonValue> path) {
    this.path = path.toArray(new JsonValue[0]);
    StringBuilder dotted = new StringBuilder("data");
    path.forEach(p -> dotted.append('.').append(p.asText() == null ? p : p.asText()));
    this.name = dotted.toString();
  }

  /** The keys below {@code data} that lead here. */
  JsonValue[] path() {
    return path;
  }

  /** How many keys below {@code data} lead here. */
  public int depth() {
    return path.length;
  }

  /** The path with dots, from {@code data} on. */
  public String name() {
    return name;
  }

  /** Where an evaluation remembers the document; -1 when no plan has asked for it yet. */
  public int memoId() {
    return memoId;
  }

  /**
   * Sets where an evaluation remembers the document.
   *
   * @param remember false to compute it whenever it is asked for
   */
  public void rememberAt(int memo, boolean remember) {
    memoId = memo;
    remembers = remember;
  }

  /** Whether an evaluation remembers the document, or what is below a key. */
  boolean remembers() {
    return remembers;
  }

  /** The whole document these rules define, or null when it is undefined. */
  abstract @Nullable JsonValue document(EvalContext c);

  @Override
  public String toString() {
    return name;
  }
}
