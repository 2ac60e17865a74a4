package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Objects;

/**
 * {@code $"text {expr} text"}. Interpolations are expressions so that they may carry {@code with};
 * an undefined one prints as {@code <undefined>}.
 *
 * @param parts texts and interpolations, in order
 * @param multiLine whether it was written with back quotes
 * @param location where it starts
 */
public record TemplateString(List<Part> parts, boolean multiLine, Location location)
    implements Term {
  /** Copies the parts. */
  public TemplateString {
    parts = List.copyOf(parts);
  }

  /** A part of a template string. */
  public sealed interface Part permits Text, Interpolation {}

  /**
   * Text that stands as it is.
   *
   * @param text the text, escapes resolved
   */
  public record Text(String text) implements Part {}

  /**
   * An expression whose value is put in place.
   *
   * @param expr a {@link TermExpr} or a {@link CallExpr}
   */
  public record Interpolation(Expr expr) implements Part {}

  @Override
  public TemplateString at(Location newLocation) {
    return new TemplateString(parts, multiLine, newLocation);
  }

  @Override
  public boolean isGround() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TemplateString o && parts.equals(o.parts) && multiLine == o.multiLine;
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts, multiLine);
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
