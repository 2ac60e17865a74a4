package app.intentgate.rego.ast;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import org.jspecify.annotations.Nullable;

/**
 * Null, a boolean, a number or a string. Numbers keep the text they were written with.
 *
 * @param value the value
 * @param location where it was written
 */
public record ScalarTerm(JsonValue value, Location location) implements Term {
  /** A string. */
  public static ScalarTerm string(String value, Location location) {
    return new ScalarTerm(JsonString.of(value), location);
  }

  /** A boolean. */
  public static ScalarTerm bool(boolean value, Location location) {
    return new ScalarTerm(JsonValue.of(value), location);
  }

  /** The text when it is a string, else null. */
  public @Nullable String asString() {
    return value.asText();
  }

  /** Whether it is a string. */
  public boolean isString() {
    return value instanceof JsonString;
  }

  @Override
  public ScalarTerm at(Location newLocation) {
    return new ScalarTerm(value, newLocation);
  }

  @Override
  public boolean isGround() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScalarTerm o && value.equals(o.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
