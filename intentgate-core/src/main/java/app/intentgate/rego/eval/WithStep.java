package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs an expression in a scope of its own; what comes after it runs in the scope outside. */
public final class WithStep extends Step {
  private final Replacement[] replacements;
  private final Step body;

  /** One {@code with … as …}. */
  public sealed interface Replacement permits OfInput, OfData, OfFunction {}

  /**
   * A replaced input, or part of it.
   *
   * @param path the keys below the input; none for the whole
   */
  public record OfInput(List<JsonValue> path, Operand value) implements Replacement {}

  /**
   * A replaced document.
   *
   * @param path the keys below {@code data}; none for all of it
   */
  public record OfData(List<JsonValue> path, Operand value) implements Replacement {}

  /**
   * A replaced function.
   *
   * @param function its dotted name
   * @param replacement what is called instead, or null when a value stands in its place
   * @param value that value, or null
   */
  public record OfFunction(String function, @Nullable Callee replacement, @Nullable Operand value)
      implements Replacement {}

  /**
   * A scope around an expression.
   *
   * @param body the expression, which ends with {@link #leave}
   */
  public WithStep(List<Replacement> replacements, Step body) {
    this.replacements = replacements.toArray(new Replacement[0]);
    this.body = body;
  }

  /** What comes after the expression, outside of its scope. */
  public static Step leave(Step next) {
    return new Leave(next);
  }

  @Override
  public boolean run(EvalContext c, int base) {
    Scope outer = c.scope;
    JsonValue input = outer.input;
    Overlay overlay = outer.overlay;
    Mocks mocks = outer.mocks;
    for (Replacement r : replacements) {
      if (r instanceof OfFunction f && f.replacement != null) {
        mocks = new Mocks(f.function, f.replacement, mocks);
        continue;
      }
      JsonValue value = valueOf(r).eval(c, base);
      if (value == null) {
        return false;
      }
      if (r instanceof OfInput i) {
        if (input != null && !i.path.isEmpty()) {
          c.chargeFor(input);
        }
        input = c.built(Replacements.put(input, i.path.toArray(new JsonValue[0]), 0, value));
      } else if (r instanceof OfData d) {
        overlay = Overlay.with(overlay, d.path.toArray(new JsonValue[0]), value);
        c.built(Objects.requireNonNull(overlay.document));
      } else if (r instanceof OfFunction f) {
        mocks = new Mocks(f.function, Callee.ofValue(value), mocks);
      }
    }
    c.tick();
    c.enter(new Scope(outer, input, overlay, mocks, outer.memo.length));
    boolean stop = body.run(c, base);
    c.enter(outer);
    return stop;
  }

  private static Operand valueOf(Replacement r) {
    Operand value =
        r instanceof OfInput i ? i.value : r instanceof OfData d ? d.value : ((OfFunction) r).value;
    if (value == null) {
      throw new IllegalStateException("a replacement has a value or a function");
    }
    return value;
  }

  private static final class Leave extends Step {
    private final Step next;

    Leave(Step next) {
      this.next = next;
    }

    @Override
    public boolean run(EvalContext c, int base) {
      Scope inner = c.scope;
      Scope outer = inner.outer;
      if (outer == null) {
        throw new IllegalStateException("no scope to leave");
      }
      c.enter(outer);
      boolean stop = next.run(c, base);
      c.enter(inner);
      return stop;
    }
  }
}
