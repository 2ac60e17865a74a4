package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Objects;

/**
 * A call within a term; operators as in {@link CallExpr}.
 *
 * @param operator what is called
 * @param args the arguments
 * @param location where it starts
 */
public record CallTerm(RefTerm operator, List<Term> args, Location location) implements Term {
  /** Copies the arguments. */
  public CallTerm {
    args = List.copyOf(args);
  }

  /** The operator's dotted name; see {@link Ref#dotted()}. */
  public String operatorName() {
    return operator.ref().dotted();
  }

  @Override
  public CallTerm at(Location newLocation) {
    return new CallTerm(operator, args, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallTerm o && operator.equals(o.operator) && args.equals(o.args);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operator, args);
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
