package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules that together give one value at a fixed path. */
public final class CompleteRules extends RuleSet {
  private @Nullable RuleGroup group;
  private @Nullable JsonValue constant;

  /** Rules yet to be planned. */
  public CompleteRules(List<JsonValue> path) {
    super(path);
  }

  /** Sets the rules. */
  public void plan(RuleGroup planned) {
    group = planned;
  }

  /** Sets the value that the rules have in every evaluation. */
  public void planConstant(JsonValue value) {
    constant = value;
  }

  @Override
  @Nullable JsonValue document(EvalContext c) {
    if (constant != null) {
      return constant;
    }
    Object known = c.memo[memoId()];
    if (known != null) {
      return known == EvalContext.UNDEFINED ? null : (JsonValue) known;
    }
    JsonValue value = Objects.requireNonNull(group, "not planned").value(c, c.top);
    if (remembers()) {
      c.memo[memoId()] = value == null ? EvalContext.UNDEFINED : value;
    }
    return value;
  }

  /** The value of these rules, or what {@code with} has put in its place. */
  public Operand operand() {
    return new Value(this);
  }

  private static final class Value extends Operand {
    private final CompleteRules rules;

    Value(CompleteRules rules) {
      this.rules = rules;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      if (c.overlay != null && c.overlay.covers(rules.path(), rules.path().length)) {
        return Documents.base(c, rules.path(), rules.path().length);
      }
      return rules.document(c);
    }
  }
}
