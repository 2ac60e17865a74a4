package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;

/**
 * A comment.
 *
 * @param text what follows the {@code #}
 * @param location where the {@code #} is
 */
public record Comment(String text, Location location) implements Node {
  @Override
  public boolean equals(Object other) {
    return other instanceof Comment o && text.equals(o.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
