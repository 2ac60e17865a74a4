package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Objects;

/**
 * One expression of a body.
 *
 * @param form what it says
 * @param negated whether {@code not} stands before it (the first of the two meanings of not; the
 *     other is {@link NotBlock})
 * @param withs the replacements that hold while it is evaluated
 * @param generated whether a compiler pass made it
 * @param location where it starts
 */
public record Expr(
    ExprForm form, boolean negated, List<With> withs, boolean generated, Location location)
    implements Node {
  /** Copies the replacements. */
  public Expr {
    withs = List.copyOf(withs);
  }

  /** A plain expression as the source has it: not negated, no replacements. */
  public static Expr of(ExprForm form, Location location) {
    return new Expr(form, false, List.of(), false, location);
  }

  /** A plain expression that a compiler pass makes. */
  public static Expr generated(ExprForm form, Location location) {
    return new Expr(form, false, List.of(), true, location);
  }

  /** The same expression saying something else. */
  public Expr withForm(ExprForm newForm) {
    return new Expr(newForm, negated, withs, generated, location);
  }

  /** The same expression, negated or not. */
  public Expr withNegated(boolean newNegated) {
    return new Expr(form, newNegated, withs, generated, location);
  }

  /** The same expression under other replacements. */
  public Expr withWiths(List<With> newWiths) {
    return new Expr(form, negated, newWiths, generated, location);
  }

  /** The same expression, marked as made by a pass or not. */
  public Expr withGenerated(boolean newGenerated) {
    return new Expr(form, negated, withs, newGenerated, location);
  }

  /** Whether it is a call of the operator with this dotted name, such as {@code eq}. */
  public boolean isCallOf(String operatorName) {
    return form instanceof CallExpr call && call.operatorName().equals(operatorName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expr o
        && form.equals(o.form)
        && negated == o.negated
        && withs.equals(o.withs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(form, negated, withs);
  }

  /** As Rego text. */
  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
