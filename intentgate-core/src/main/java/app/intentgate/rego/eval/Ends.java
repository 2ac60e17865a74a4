package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import org.jspecify.annotations.Nullable;

/** The last steps of bodies: what becomes of a solution. */
public final class Ends {
  /** One solution is enough. */
  public static final Step STOP =
      new Step() {
        @Override
        public boolean run(EvalContext c, int base) {
          return true;
        }
      };

  private Ends() {}

  /**
   * Gives the value of a complete rule or function; a second, different one is a conflict.
   *
   * @param stop whether the first solution is enough, because all give the same value
   * @param conflict the words for two values
   */
  public static Step value(Operand value, boolean stop, String conflict, Location rule) {
    return new GiveValue(value, stop, conflict, rule);
  }

  /** Adds an item to the array that is collected. */
  public static Step item(Operand item) {
    return new AddItem(item);
  }

  /** Adds an element to the set that is collected. */
  public static Step element(Operand element) {
    return new AddElement(element);
  }

  /** Adds a member to the object that is collected; a second value for a key is a conflict. */
  public static Step member(Operand key, Operand value, Location location) {
    return new AddMember(key, value, location);
  }

  /** Adds to the nested document that is collected a value at a path. */
  public static Step leaf(Operand[] path, Operand value, Location rule) {
    return new AddLeaf(path, value, false, rule);
  }

  /** Adds to the nested document that is collected an element to the set at a path. */
  public static Step leafElement(Operand[] path, Operand element, Location rule) {
    return new AddLeaf(path, element, true, rule);
  }

  private static final class GiveValue extends Step {
    private final Operand value;
    private final boolean stop;
    private final String conflict;
    private final Location rule;

    GiveValue(Operand value, boolean stop, String conflict, Location rule) {
      this.value = value;
      this.stop = stop;
      this.conflict = conflict;
      this.rule = rule;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue v = value.eval(c, base);
      if (v == null) {
        return false;
      }
      JsonValue before = c.result;
      if (before == null) {
        c.result = v;
      } else if (!c.equal(before, v)) {
        throw EvalFailure.conflict(rule, conflict);
      }
      return stop;
    }
  }

  private static final class AddItem extends Step {
    private final Operand item;

    AddItem(Operand item) {
      this.item = item;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue v = item.eval(c, base);
      if (v != null && c.collector instanceof JsonArray.Builder array) {
        c.collected(v.weight());
        array.add(v);
      }
      return false;
    }
  }

  private static final class AddElement extends Step {
    private final Operand element;

    AddElement(Operand element) {
      this.element = element;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue v = element.eval(c, base);
      if (v != null && c.collector instanceof JsonSet.Builder set) {
        int weight = c.chargeFor(v);
        if (set.add(v)) {
          c.collected(weight);
        }
      }
      return false;
    }
  }

  private static final class AddMember extends Step {
    private final Operand key;
    private final Operand value;
    private final Location location;

    AddMember(Operand key, Operand value, Location location) {
      this.key = key;
      this.value = value;
      this.location = location;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue k = key.eval(c, base);
      JsonValue v = value.eval(c, base);
      if (k != null && v != null && c.collector instanceof JsonObject.Builder object) {
        long weight = c.chargeFor(k);
        if (object.putIfAbsent(k, v)) {
          c.collected(weight + v.weight());
        } else {
          JsonValue before = object.get(k);
          if (before == null || !c.equal(v, before)) {
            throw EvalFailure.objectConflict(location);
          }
        }
      }
      return false;
    }
  }

  private static final class AddLeaf extends Step {
    private final Operand[] path;
    private final Operand value;
    private final boolean toSet;
    private final Location rule;

    AddLeaf(Operand[] path, Operand value, boolean toSet, Location rule) {
      this.path = path;
      this.value = value;
      this.toSet = toSet;
      this.rule = rule;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue[] keys = new JsonValue[path.length];
      for (int i = 0; i < path.length; i++) {
        @Nullable JsonValue key = path[i].eval(c, base);
        if (key == null) {
          return false;
        }
        keys[i] = key;
      }
      JsonValue v = value.eval(c, base);
      if (v != null && c.collector instanceof NestedDocument document) {
        c.collected(v.weight());
        if (!(toSet ? document.add(c, keys, v) : document.put(c, keys, v))) {
          throw EvalFailure.objectConflict(rule);
        }
      }
      return false;
    }
  }
}
