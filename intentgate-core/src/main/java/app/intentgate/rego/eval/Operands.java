package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operands that need nothing but the frame and the input. */
public final class Operands {
  /** Never defined. */
  public static final Operand UNDEFINED =
      new Operand() {
        @Override
        public @Nullable JsonValue eval(EvalContext c, int base) {
          return null;
        }
      };

  private Operands() {}

  /** A value known when the policy was planned. */
  public static Operand constant(JsonValue value) {
    return new Constant(value);
  }

  /** A slot of the frame that is set before this is evaluated. */
  public static Operand slot(int slot) {
    return new Slot(slot);
  }

  /** A path of constant keys into the input; the input itself when there are none. */
  public static Operand input(List<JsonValue> path) {
    return new InputPath(path.toArray(new JsonValue[0]));
  }

  /** What a value has under a key. */
  public static Operand lookup(Operand value, Operand key) {
    return new Lookup(value, key);
  }

  /** The item of an array that is known to be one and to be long enough. */
  public static Operand item(int slot, int index) {
    return new Item(slot, index);
  }

  /** An array; undefined when an item is. */
  public static Operand array(List<Operand> items) {
    return new ArrayOf(items.toArray(new Operand[0]));
  }

  /** A set; undefined when an element is. */
  public static Operand set(List<Operand> elements) {
    return new SetOf(elements.toArray(new Operand[0]));
  }

  /** An object of as many keys as values; undefined when one of them is. */
  public static Operand object(List<Operand> keys, List<Operand> values) {
    return new ObjectOf(keys.toArray(new Operand[0]), values.toArray(new Operand[0]));
  }

  /** The slot an operand reads, or -1 when it is no slot. */
  public static int slotOf(Operand operand) {
    return operand instanceof Slot s ? s.slot : -1;
  }

  private static final class Constant extends Operand {
    private final JsonValue value;

    Constant(JsonValue value) {
      this.value = value;
    }

    @Override
    public JsonValue eval(EvalContext c, int base) {
      return value;
    }

    @Override
    public JsonValue constant() {
      return value;
    }
  }

  private static final class Slot extends Operand {
    private final int slot;

    Slot(int slot) {
      this.slot = slot;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      return c.stack[base + slot];
    }
  }

  private static final class InputPath extends Operand {
    private final JsonValue[] path;

    InputPath(JsonValue[] path) {
      this.path = path;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      if (c.reads != null) {
        c.reads.accept(JsonArray.of(path));
      }
      JsonValue value = c.input;
      for (JsonValue key : path) {
        if (value instanceof JsonObject object) {
          value = object.get(key);
        } else {
          value = Values.get(value, key);
        }
        if (value == null) {
          return null;
        }
      }
      return value;
    }
  }

  private static final class Lookup extends Operand {
    private final Operand value;
    private final Operand key;

    Lookup(Operand value, Operand key) {
      this.value = value;
      this.key = key;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonValue v = value.eval(c, base);
      JsonValue k = v == null ? null : key.eval(c, base);
      if (k != null && Values.isCollection(k)) {
        c.chargeFor(k);
      }
      return Values.get(v, k);
    }
  }

  private static final class Item extends Operand {
    private final int slot;
    private final int index;

    Item(int slot, int index) {
      this.slot = slot;
      this.index = index;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      return c.stack[base + slot] instanceof JsonArray array ? array.get(index) : null;
    }
  }

  private static final class ArrayOf extends Operand {
    private final Operand[] items;

    ArrayOf(Operand[] items) {
      this.items = items;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonArray.Builder array = JsonArray.builder(items.length);
      for (Operand item : items) {
        JsonValue v = item.eval(c, base);
        if (v == null) {
          return null;
        }
        array.add(v);
      }
      c.chargeValues(items.length);
      return c.built(array.build());
    }
  }

  private static final class SetOf extends Operand {
    private final Operand[] elements;

    SetOf(Operand[] elements) {
      this.elements = elements;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonSet.Builder set = JsonSet.builder();
      for (Operand element : elements) {
        JsonValue v = element.eval(c, base);
        if (v == null) {
          return null;
        }
        set.add(v);
      }
      c.chargeValues(elements.length);
      return c.built(set.build());
    }
  }

  private static final class ObjectOf extends Operand {
    private final Operand[] keys;
    private final Operand[] values;

    ObjectOf(Operand[] keys, Operand[] values) {
      this.keys = keys;
      this.values = values;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonObject.Builder object = JsonObject.builder(keys.length);
      for (int i = 0; i < keys.length; i++) {
        JsonValue k = keys[i].eval(c, base);
        JsonValue v = values[i].eval(c, base);
        if (k == null || v == null) {
          return null;
        }
        object.put(k, v);
      }
      c.chargeValues(keys.length);
      return c.built(object.build());
    }
  }
}
