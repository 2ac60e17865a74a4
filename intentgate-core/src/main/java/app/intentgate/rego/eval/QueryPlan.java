package app.intentgate.rego.eval;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A planned query.
 *
 * @param single the query when it is a lone term without variables of its own, else null
 * @param body the query as a body that ends with {@link #bindings}
 * @param frameSize how many slots it needs
 * @param memoSize how many rule sets remember values
 * @param data the base documents
 * @param texts what built-ins compiled
 */
public record QueryPlan(
    @Nullable Operand single,
    Step body,
    int frameSize,
    int memoSize,
    JsonObject data,
    CompiledTexts texts) {

  /** The last step of a query: one solution, as an object of its variables. */
  public static Step bindings(List<JsonValue> names, List<Operand> values) {
    Operand[] operands = values.toArray(new Operand[0]);
    return new Step() {
      @Override
      public boolean run(EvalContext c, int base) {
        JsonObject.Builder solution = JsonObject.builder(operands.length);
        for (int i = 0; i < operands.length; i++) {
          JsonValue v = operands[i].eval(c, base);
          if (v == null) {
            return false;
          }
          solution.put(names.get(i), v);
        }
        if (c.collector instanceof Solutions solutions) {
          c.chargeValues(1);
          solutions.list.add(solution.build());
        }
        return false;
      }
    };
  }

  private static final class Solutions {
    private final List<JsonObject> list = new ArrayList<>();
  }

  /** Whether the query is a lone term without variables of its own. */
  public boolean isSingle() {
    return single != null;
  }

  /**
   * The value of the single term, or null when it is undefined.
   *
   * @throws EvalFailure when the evaluation ended without an answer
   */
  public @Nullable JsonValue value(@Nullable JsonValue input, EvalSettings settings) {
    if (single == null) {
      throw new IllegalStateException("the query is no single term without variables");
    }
    return single.eval(context(input, settings), 0);
  }

  /**
   * All solutions.
   *
   * @throws EvalFailure when the evaluation ended without an answer
   */
  public List<JsonObject> results(@Nullable JsonValue input, EvalSettings settings) {
    EvalContext c = context(input, settings);
    Solutions solutions = new Solutions();
    c.swapCollector(solutions);
    body.run(c, 0);
    return solutions.list;
  }

  private EvalContext context(@Nullable JsonValue input, EvalSettings settings) {
    EvalContext c = new EvalContext(data, input, memoSize, texts, settings);
    c.reserve(frameSize);
    c.top = frameSize;
    return c;
  }
}
