package app.intentgate.rego.eval;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules that each give parts of a set or object. The whole is computed once per scope; when a ref
 * names the first keys, only what can have those keys is.
 */
public final class PartialRules extends RuleSet {
  /** What the rules make. */
  public enum Shape {
    /** A set: every rule gives elements. */
    SET,
    /** An object: every rule gives members. */
    OBJECT,
    /** Objects within objects, or sets within objects. */
    NESTED
  }

  private final Shape shape;

  /** By how many keys are given: the rules planned for that, or null. */
  private final @Nullable RuleGroup[] byKeys;

  /**
   * Rules yet to be planned.
   *
   * @param maxKeys how many keys the deepest head has
   */
  public PartialRules(List<JsonValue> path, Shape shape, int maxKeys) {
    super(path);
    this.shape = shape;
    this.byKeys = new RuleGroup[maxKeys + 1];
  }

  /** What the rules make. */
  public Shape shape() {
    return shape;
  }

  /** How many keys the deepest head has. */
  public int maxKeys() {
    return byKeys.length - 1;
  }

  /** Sets the rules for so many given keys, which are in the first slots of the frame. */
  public void plan(int keys, RuleGroup planned) {
    byKeys[keys] = planned;
  }

  @Override
  JsonValue document(EvalContext c) {
    Object known = c.memo[memoId()];
    if (known != null) {
      return (JsonValue) known;
    }
    JsonValue value = collect(c, c.top, 0);
    if (remembers()) {
      c.memo[memoId()] = value;
    }
    return value;
  }

  /** The most keys, of so many that are given, for which the rules are planned. */
  int plannedKeys(int given) {
    int keys = Math.min(given, maxKeys());
    while (keys > 0 && byKeys[keys] == null) {
      keys--;
    }
    return keys;
  }

  /** What the document has under the given keys, or null. */
  @Nullable JsonValue lookup(EvalContext c, JsonValue... keys) {
    Object whole = c.memo[memoId()];
    if (whole != null) {
      return under((JsonValue) whole, keys);
    }
    CallKey key = new CallKey(this, keys);
    Object known = c.scope.recall(key);
    if (known != null) {
      return known == EvalContext.UNDEFINED ? null : (JsonValue) known;
    }
    int base = c.top;
    c.reserve(keys.length);
    System.arraycopy(keys, 0, c.stack, base, keys.length);
    JsonValue value = under(collect(c, base, keys.length), keys);
    if (remembers()) {
      c.scope.remember(key, value);
    }
    return value;
  }

  private static @Nullable JsonValue under(JsonValue document, JsonValue[] keys) {
    JsonValue value = document;
    for (JsonValue key : keys) {
      value = Values.get(value, key);
    }
    return value;
  }

  private JsonValue collect(EvalContext c, int base, int keys) {
    RuleGroup group = Objects.requireNonNull(byKeys[keys], "not planned");
    if (shape == Shape.SET) {
      JsonSet.Builder set = JsonSet.builder();
      group.collect(c, base, set);
      return c.built(set.build());
    }
    if (shape == Shape.OBJECT) {
      JsonObject.Builder object = JsonObject.builder();
      group.collect(c, base, object);
      return c.built(object.build());
    }
    NestedDocument document = new NestedDocument();
    group.collect(c, base, document);
    return c.built(document.build());
  }

  /** The whole document, or what {@code with} has put in its place. */
  public Operand operand() {
    return new Whole(this);
  }

  /** What is under so many first keys, planned for that, or what {@code with} has there. */
  public Operand operand(List<Operand> keys) {
    return keys.isEmpty() ? operand() : new Under(this, keys.toArray(new Operand[0]));
  }

  private static final class Whole extends Operand {
    private final PartialRules rules;

    Whole(PartialRules rules) {
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

  private static final class Under extends Operand {
    private final PartialRules rules;
    private final Operand[] keys;

    Under(PartialRules rules, Operand[] keys) {
      this.rules = rules;
      this.keys = keys;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonValue[] values = new JsonValue[keys.length];
      for (int i = 0; i < keys.length; i++) {
        JsonValue v = keys[i].eval(c, base);
        if (v == null) {
          return null;
        }
        values[i] = v;
      }
      if (c.overlay != null && c.overlay.covers(rules.path(), rules.path().length)) {
        JsonValue replaced = Documents.base(c, rules.path(), rules.path().length);
        return replaced == null ? null : under(replaced, values);
      }
      return rules.lookup(c, values);
    }
  }
}
