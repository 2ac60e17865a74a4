package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of one function. */
public final class FunctionRules extends RuleSet implements Callee {
  private final int arity;
  private @Nullable RuleGroup group;
  private boolean remember;

  /** A function yet to be planned. */
  public FunctionRules(List<JsonValue> path, int arity) {
    super(path);
    this.arity = arity;
  }

  /**
   * Sets the rules.
   *
   * @param rememberResults whether a body is costly enough to remember results by arguments
   */
  public void plan(RuleGroup planned, boolean rememberResults) {
    group = planned;
    remember = rememberResults;
  }

  /** How many parameters. */
  public int arity() {
    return arity;
  }

  /** A function is no document. */
  @Override
  @Nullable JsonValue document(EvalContext c) {
    return null;
  }

  /** Calls it with the arguments in the first slots of a frame at a base. */
  @Nullable JsonValue invoke(EvalContext c, int base) {
    RuleGroup rules = Objects.requireNonNull(group, "not planned");
    if (!remember) {
      return rules.value(c, base);
    }
    JsonValue[] arguments = new JsonValue[arity];
    for (int i = 0; i < arity; i++) {
      arguments[i] = c.slot(base + i);
    }
    CallKey key = new CallKey(this, arguments);
    Object known = c.scope.recall(key);
    if (known != null) {
      return known == EvalContext.UNDEFINED ? null : (JsonValue) known;
    }
    JsonValue value = rules.value(c, base);
    c.scope.remember(key, value);
    return value;
  }

  @Override
  public @Nullable JsonValue call(EvalContext c, JsonValue[] arguments, Location call) {
    int base = c.top;
    c.reserve(arity);
    System.arraycopy(Arrays.copyOf(arguments, arity), 0, c.stack, base, arity);
    return invoke(c, base);
  }
}
