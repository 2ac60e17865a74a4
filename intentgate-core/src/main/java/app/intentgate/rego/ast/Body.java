package app.intentgate.rego.ast;

import java.util.Iterator;
import java.util.List;

/**
 * Expressions that must all hold.
 *
 * @param exprs the expressions, in order; never empty where Rego wrote them
 */
public record Body(List<Expr> exprs) implements Iterable<Expr> {
  /** Copies the list. */
  public Body {
    exprs = List.copyOf(exprs);
  }

  /** A body of these expressions. */
  public static Body of(Expr... exprs) {
    return new Body(List.of(exprs));
  }

  /** How many expressions. */
  public int size() {
    return exprs.size();
  }

  /** One expression. */
  public Expr get(int index) {
    return exprs.get(index);
  }

  @Override
  public Iterator<Expr> iterator() {
    return exprs.iterator();
  }

  /** As Rego text, the expressions separated by semicolons. */
  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
