package app.intentgate.rego.eval;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.trace.EvalEvent;
import app.intentgate.rego.trace.EvalEvent.Op;
import app.intentgate.rego.trace.Spot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps and operands that tell an observer where evaluation is. Only plans that are made to be
 * observed have any.
 */
public final class Probe {
  private Probe() {}

  /**
   * Something to show beside an expression.
   *
   * @param text what stands for it in the source
   * @param operand its value; evaluating it has no effect and asks no rule
   */
  public record Watch(String text, Operand operand) {}

  /** Tells of a rule or body before it runs; what is told within is one deeper. */
  public static Step enter(Spot spot, Step body) {
    return new Enter(spot, body);
  }

  /**
   * Tells that an expression is evaluated, and that it failed when {@link #held} was never reached.
   *
   * @param slot a slot of the frame that nothing else uses
   * @param next the expression, {@link #held}, and what comes after
   */
  public static Step eval(Spot spot, List<Watch> known, int slot, Step next) {
    return new Eval(spot, List.copyOf(known), slot, next);
  }

  /** Tells that an expression held, and after its last solution so far that it is asked again. */
  public static Step held(Spot spot, List<Watch> known, int slot, Step next) {
    return new Held(spot, List.copyOf(known), slot, next);
  }

  /** The value of a rule; tells that the rule gave it. */
  public static Operand given(Spot spot, Operand value) {
    return new Given(spot, value);
  }

  /** What rules gave, when that was asked for before; asks none. */
  public static Operand remembered(RuleSet rules) {
    return new Remembered(rules);
  }

  /** A path into the input, without being a reading of it. */
  public static Operand input(List<JsonValue> path) {
    return new Input(path.toArray(new JsonValue[0]));
  }

  static void chosen(EvalContext c, Spot spot, int chosen, int all) {
    if (c.observer != null) {
      String note = chosen == all ? "" : "matched " + chosen + " of " + all + " rules";
      tell(c, Op.INDEX, spot, null, note, List.of(), 0);
    }
  }

  private static void tell(
      EvalContext c,
      Op op,
      Spot spot,
      @Nullable JsonValue value,
      String note,
      List<Watch> known,
      int base) {
    if (c.observer != null) {
      c.observer.event(
          new EvalEvent(op, spot, c.openBodies, value, note, () -> values(c, known, base)));
    }
  }

  private static Map<String, JsonValue> values(EvalContext c, List<Watch> known, int base) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (Watch w : known) {
      JsonValue v = w.operand.eval(c, base);
      if (v != null) {
        values.put(w.text, v);
      }
    }
    return values;
  }

  private static final class Enter extends Step {
    private final Spot spot;
    private final Step body;

    Enter(Spot spot, Step body) {
      this.spot = spot;
      this.body = body;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      tell(c, Op.ENTER, spot, null, "", List.of(), base);
      c.openBodies++;
      boolean stop = body.run(c, base);
      c.openBodies--;
      return stop;
    }
  }

  private static final class Eval extends Step {
    private final Spot spot;
    private final List<Watch> known;
    private final int slot;
    private final Step next;

    Eval(Spot spot, List<Watch> known, int slot, Step next) {
      this.spot = spot;
      this.known = known;
      this.slot = slot;
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      c.stack[base + slot] = null;
      c.spot = spot;
      tell(c, Op.EVAL, spot, null, "", known, base);
      boolean stop = next.run(c, base);
      if (c.stack[base + slot] == null) {
        tell(c, Op.FAIL, spot, null, "", known, base);
      }
      return stop;
    }
  }

  private static final class Held extends Step {
    private final Spot spot;
    private final List<Watch> known;
    private final int slot;
    private final Step next;

    Held(Spot spot, List<Watch> known, int slot, Step next) {
      this.spot = spot;
      this.known = known;
      this.slot = slot;
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      c.stack[base + slot] = JsonBoolean.TRUE;
      tell(c, Op.HOLD, spot, null, "", known, base);
      boolean stop = next.run(c, base);
      tell(c, Op.REDO, spot, null, "", known, base);
      return stop;
    }
  }

  private static final class Given extends Operand {
    private final Spot spot;
    private final Operand value;

    Given(Spot spot, Operand value) {
      this.spot = spot;
      this.value = value;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonValue v = value.eval(c, base);
      if (v != null) {
        tell(c, Op.EXIT, spot, v, "", List.of(), base);
      }
      return v;
    }
  }

  private static final class Remembered extends Operand {
    private final RuleSet rules;

    Remembered(RuleSet rules) {
      this.rules = rules;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      int id = rules.memoId();
      Object known = id < 0 || id >= c.memo.length ? null : c.memo[id];
      return known instanceof JsonValue v ? v : null;
    }
  }

  private static final class Input extends Operand {
    private final JsonValue[] path;

    Input(JsonValue[] path) {
      this.path = path;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonValue value = c.input;
      for (JsonValue key : path) {
        value = Values.get(value, key);
      }
      return value;
    }
  }
}
