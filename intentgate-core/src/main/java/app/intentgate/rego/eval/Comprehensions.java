package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;

/** Comprehensions: operands that run a body of the same frame and collect its solutions. */
public final class Comprehensions {
  private Comprehensions() {}

  /** {@code [item | body]}; the body ends with {@link Ends#item}. */
  public static Operand array(Step body) {
    return new ArrayOf(body);
  }

  /** {@code {element | body}}; the body ends with {@link Ends#element}. */
  public static Operand set(Step body) {
    return new SetOf(body);
  }

  /** {@code {key: value | body}}; the body ends with {@link Ends#member}. */
  public static Operand object(Step body) {
    return new ObjectOf(body);
  }

  private static void collect(EvalContext c, int base, Step body, Object collector) {
    Object outer = c.swapCollector(collector);
    long counted = c.countCollected(0);
    body.run(c, base);
    c.countCollected(counted);
    c.swapCollector(outer);
  }

  private static final class ArrayOf extends Operand {
    private final Step body;

    ArrayOf(Step body) {
      this.body = body;
    }

    @Override
    public JsonValue eval(EvalContext c, int base) {
      JsonArray.Builder items = JsonArray.builder();
      collect(c, base, body, items);
      return c.built(items.build());
    }
  }

  private static final class SetOf extends Operand {
    private final Step body;

    SetOf(Step body) {
      this.body = body;
    }

    @Override
    public JsonValue eval(EvalContext c, int base) {
      JsonSet.Builder elements = JsonSet.builder();
      collect(c, base, body, elements);
      return c.built(elements.build());
    }
  }

  private static final class ObjectOf extends Operand {
    private final Step body;

    ObjectOf(Step body) {
      this.body = body;
    }

    @Override
    public JsonValue eval(EvalContext c, int base) {
      JsonObject.Builder members = JsonObject.builder();
      collect(c, base, body, members);
      return c.built(members.build());
    }
  }
}
