package app.intentgate.rego;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that a policy holds: a rule whose name starts with {@code test_}, or {@code todo_test_}.
 * Several rules of one name are tests of their own, the later ones named {@code test_x#01} and so
 * on, unless they give cases of one test: {@code test_x[name]}.
 *
 * @param packagePath its package, from {@code data} on
 * @param name its name below the package
 * @param query what asks for it
 * @param location where it starts
 * @param cases the rules that give its cases; empty when its value is no object of cases
 */
public record TestRule(
    String packagePath, String name, String query, Location location, List<Cases> cases) {
  static final String PREFIX = "test_";
  static final String SKIPPED_PREFIX = "todo_test_";

  /** Copies the list. */
  public TestRule {
    cases = List.copyOf(cases);
  }

  /**
   * A rule that gives cases.
   *
   * @param rule where it starts
   * @param keys what names a case, from the outermost group on
   */
  public record Cases(Location rule, List<Key> keys) {
    /** Copies the list. */
    public Cases {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A part of a case's name.
   *
   * @param variable the variable that holds it, or null
   * @param path where it is in what the variable holds: empty for all of it, {@code ["name"]} for
   *     {@code x.name}
   * @param fixed the constant that it is, or null
   */
  public record Key(@Nullable String variable, List<JsonValue> path, @Nullable JsonValue fixed) {
    /** Copies the list. */
    public Key {
      path = List.copyOf(path);
    }
  }

  /** Whether it is not to be run. */
  public boolean skipped() {
    return name.startsWith(SKIPPED_PREFIX) || name.contains("." + SKIPPED_PREFIX);
  }
}
