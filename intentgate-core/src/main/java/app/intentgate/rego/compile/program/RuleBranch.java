package app.intentgate.rego.compile.program;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head and body of a rule, or of one branch of its {@code else} chain, after all passes: the
 * body can be evaluated from left to right, and the head holds no ref, call or comprehension.
 *
 * @param ref the full path from {@code data}: after its ground prefix there are only scalars and
 *     variables that the body binds
 * @param args the parameters of a function, as patterns: variables, scalars, and arrays and objects
 *     of them; empty for other rules
 * @param key the element of a partial set, else null
 * @param value the value; null exactly for partial sets
 * @param body the body, in an order that is safe from left to right
 * @param location where the head starts
 */
public record RuleBranch(
    Ref ref,
    List<Term> args,
    @Nullable Term key,
    @Nullable Term value,
    Body body,
    Location location) {
  /** Copies the parameters. */
  public RuleBranch {
    args = List.copyOf(args);
  }
}
