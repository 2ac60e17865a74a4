package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rules of one path. Filled in by the planner once, before any evaluation sees it. */
public abstract class RuleSet {
  private final JsonValue[] path;
  private final String name;

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

  /** The path with dots, from {@code data} on. */
  public String name() {
    return name;
  }

  /** The whole document these rules define, or null when it is undefined. */
  abstract @Nullable JsonValue document(EvalContext c);

  @Override
  public String toString() {
    return name;
  }
}
