package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guards that test, assign and take patterns apart. */
public final class Guards {
  /** Never holds: two sides that cannot be equal. */
  public static final Guard NEVER =
      new Guard() {
        @Override
        public boolean holds(EvalContext c, int base) {
          return false;
        }
      };

  private Guards() {}

  /** Holds when all do, tried in order. */
  public static Guard all(List<Guard> guards) {
    return guards.size() == 1 ? guards.get(0) : new All(guards.toArray(new Guard[0]));
  }

  /** Holds when the operand is defined and not false. */
  public static Guard isTrue(Operand operand) {
    return new IsTrue(operand);
  }

  /** Holds when the operand is defined. */
  public static Guard isDefined(Operand operand) {
    return new IsDefined(operand);
  }

  /** Holds when both are defined and equal. */
  public static Guard equal(Operand left, Operand right) {
    JsonValue a = left.constant();
    if (a != null) {
      return new EqualsConstant(right, a);
    }
    JsonValue b = right.constant();
    return b != null ? new EqualsConstant(left, b) : new Equal(left, right);
  }

  /** Holds when the operand is defined; the slot then has its value. */
  public static Guard assign(int slot, Operand operand) {
    return new Assign(slot, operand);
  }

  /** Holds when the slot has an array of this size. */
  public static Guard isArray(int slot, int size) {
    return new IsArray(slot, size);
  }

  /** Holds when the slot has an object of this size. */
  public static Guard isObject(int slot, int size) {
    return new IsObject(slot, size);
  }

  /** Holds when the body has no solution. The body ends with {@link Ends#STOP}. */
  public static Guard not(Step body) {
    return new Not(body);
  }

  /**
   * Holds when the body has a solution for every item of a collection; never when the domain is
   * undefined or no collection.
   *
   * @param keySlot where the key goes, or -1
   */
  public static Guard every(Operand domain, int keySlot, int valueSlot, Step body) {
    return new Every(domain, keySlot, valueSlot, body);
  }

  private static final class All extends Guard {
    private final Guard[] guards;

    All(Guard[] guards) {
      this.guards = guards;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      for (Guard guard : guards) {
        if (!guard.holds(c, base)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class IsTrue extends Guard {
    private final Operand operand;

    IsTrue(Operand operand) {
      this.operand = operand;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      return Values.isTrue(operand.eval(c, base));
    }
  }

  private static final class IsDefined extends Guard {
    private final Operand operand;

    IsDefined(Operand operand) {
      this.operand = operand;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      return operand.eval(c, base) != null;
    }
  }

  private static final class Equal extends Guard {
    private final Operand left;
    private final Operand right;

    Equal(Operand left, Operand right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      JsonValue a = left.eval(c, base);
      if (a == null) {
        return false;
      }
      JsonValue b = right.eval(c, base);
      if (b == null) {
        return false;
      }
      c.chargeFor(a);
      return a.equals(b);
    }
  }

  private static final class EqualsConstant extends Guard {
    private final Operand operand;
    private final JsonValue constant;
    private final boolean scalar;

    EqualsConstant(Operand operand, JsonValue constant) {
      this.operand = operand;
      this.constant = constant;
      this.scalar = !Values.isCollection(constant);
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      if (!scalar) {
        c.chargeFor(constant);
      }
      return constant.equals(operand.eval(c, base));
    }
  }

  private static final class Assign extends Guard {
    private final int slot;
    private final Operand operand;

    Assign(int slot, Operand operand) {
      this.slot = slot;
      this.operand = operand;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      JsonValue v = operand.eval(c, base);
      c.stack[base + slot] = v;
      return v != null;
    }
  }

  private static final class IsArray extends Guard {
    private final int slot;
    private final int size;

    IsArray(int slot, int size) {
      this.slot = slot;
      this.size = size;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      return c.stack[base + slot] instanceof JsonArray array && array.size() == size;
    }
  }

  private static final class IsObject extends Guard {
    private final int slot;
    private final int size;

    IsObject(int slot, int size) {
      this.slot = slot;
      this.size = size;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      return c.stack[base + slot] instanceof JsonObject object && object.size() == size;
    }
  }

  private static final class Not extends Guard {
    private final Step body;

    Not(Step body) {
      this.body = body;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      return !body.run(c, base);
    }
  }

  private static final class Every extends Guard {
    private final Operand domain;
    private final int keySlot;
    private final int valueSlot;
    private final Step body;

    Every(Operand domain, int keySlot, int valueSlot, Step body) {
      this.domain = domain;
      this.keySlot = keySlot;
      this.valueSlot = valueSlot;
      this.body = body;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      @Nullable JsonValue items = domain.eval(c, base);
      if (items == null || !Values.isCollection(items)) {
        return false;
      }
      int size = Values.size(c, items);
      for (int i = 0; i < size; i++) {
        c.tick();
        JsonValue key = Values.keyAt(items, i);
        if (keySlot >= 0) {
          c.stack[base + keySlot] = key;
        }
        c.stack[base + valueSlot] = Values.get(items, key);
        if (!body.run(c, base)) {
          return false;
        }
      }
      return true;
    }
  }
}
