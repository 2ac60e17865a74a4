package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RelationBuiltin;
import java.util.List;

/**
 * Goes on for each result of a built-in that has several. {@code with} replaces no such built-in:
 * the compiler refuses it.
 */
public final class RelationStep extends Step {
  private final String name;
  private final RelationBuiltin relation;
  private final Operand[] arguments;
  private final int resultSlot;
  private final Location location;
  private final Step next;

  /**
   * A call of a relation.
   *
   * @param resultSlot where each result goes
   */
  public RelationStep(
      String name,
      RelationBuiltin relation,
      List<Operand> arguments,
      int resultSlot,
      Location location,
      Step next) {
    this.name = name;
    this.relation = relation;
    this.arguments = arguments.toArray(new Operand[0]);
    this.resultSlot = resultSlot;
    this.location = location;
    this.next = next;
  }

  @Override
  public boolean run(EvalContext c, int base) {
    JsonValue[] values = Calls.evaluate(arguments, c, base);
    if (values == null) {
      return false;
    }
    try {
      return !relation.call(
          c,
          values,
          result -> {
            c.tick();
            c.stack[base + resultSlot] = result;
            return !next.run(c, base);
          });
    } catch (BuiltinException e) {
      Calls.failed(c, name, e, location);
      return false;
    }
  }
}
