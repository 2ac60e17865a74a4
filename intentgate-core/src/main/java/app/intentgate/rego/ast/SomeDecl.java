package app.intentgate.rego.ast;

import java.util.List;

/**
 * {@code some x, y}.
 *
 * @param vars the declared variables
 */
public record SomeDecl(List<Var> vars) implements ExprForm {
  /** Copies the variables. */
  public SomeDecl {
    vars = List.copyOf(vars);
  }
}
