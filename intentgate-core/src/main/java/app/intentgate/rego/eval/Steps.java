package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that go on with what comes after them: guards in a row, and loops over collections. */
public final class Steps {
  private Steps() {}

  /** Goes on when all guards hold, in order. */
  public static Step guards(List<Guard> guards, Step next) {
    return guards.size() == 1
        ? new OneGuard(guards.get(0), next)
        : new AllGuards(guards.toArray(new Guard[0]), next);
  }

  /**
   * Goes on for each item of a collection, in Rego's order.
   *
   * @param keySlot where the key goes, or -1
   * @param itemSlot where the item goes, or -1
   */
  public static Step scan(Operand collection, int keySlot, int itemSlot, Step next) {
    return new Scan(collection, keySlot, itemSlot, next);
  }

  private static final class OneGuard extends Step {
    private final Guard guard;
    private final Step next;

    OneGuard(Guard guard, Step next) {
      this.guard = guard;
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      return guard.holds(c, base) && next.run(c, base);
    }
  }

  private static final class AllGuards extends Step {
    private final Guard[] guards;
    private final Step next;

    AllGuards(Guard[] guards, Step next) {
      this.guards = guards;
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      for (Guard guard : guards) {
        if (!guard.holds(c, base)) {
          return false;
        }
      }
      return next.run(c, base);
    }
  }

  private static final class Scan extends Step {
    private final Operand collection;
    private final int keySlot;
    private final int itemSlot;
    private final Step next;

    Scan(Operand collection, int keySlot, int itemSlot, Step next) {
      this.collection = collection;
      this.keySlot = keySlot;
      this.itemSlot = itemSlot;
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      JsonValue items = collection.eval(c, base);
      if (items instanceof JsonArray array) {
        for (int i = 0; i < array.size(); i++) {
          JsonValue key = keySlot < 0 ? null : JsonNumber.of(i);
          if (turn(c, base, key, array.get(i))) {
            return true;
          }
        }
      } else if (items instanceof JsonSet set) {
        c.ordered(set);
        for (int i = 0; i < set.size(); i++) {
          JsonValue item = set.get(i);
          if (turn(c, base, item, item)) {
            return true;
          }
        }
      } else if (items instanceof JsonObject object) {
        for (int i = 0; i < object.size(); i++) {
          int at = object.sortedPosition(i);
          if (turn(c, base, object.keyAt(at), object.valueAt(at))) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean turn(EvalContext c, int base, @Nullable JsonValue key, JsonValue item) {
      c.tick();
      if (keySlot >= 0) {
        c.stack[base + keySlot] = key;
      }
      if (itemSlot >= 0) {
        c.stack[base + itemSlot] = item;
      }
      return next.run(c, base);
    }
  }
}
