package app.intentgate.rego.ast;

import java.util.List;

/**
 * A call as an expression. Infix operators are calls of built-ins: {@code =} is {@code eq}, {@code
 * :=} is {@code assign}, {@code ==} is {@code equal}, {@code +} is {@code plus}, {@code in} is
 * {@code internal.member_2} or {@code internal.member_3}, and so on ({@link Operators}). A call may
 * have one argument more than the function has parameters: the output.
 *
 * @param operator what is called
 * @param args the arguments
 */
public record CallExpr(RefTerm operator, List<Term> args) implements ExprForm {
  /** Copies the arguments. */
  public CallExpr {
    args = List.copyOf(args);
  }

  /** The operator's dotted name; see {@link Ref#dotted()}. */
  public String operatorName() {
    return operator.ref().dotted();
  }
}
