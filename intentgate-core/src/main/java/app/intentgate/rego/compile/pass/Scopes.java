package app.intentgate.rego.compile.pass;

import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables seen so far while declared ones are renamed: what each is called now, how it came
 * up, and how often. Comprehensions, {@code every} and {@code not} blocks open a scope of their
 * own. Not thread-safe.
 */
final class Scopes {
  /** How a variable came up in a scope. */
  enum Occurrence {
    /** As a parameter. */
    ARG("arg %s redeclared"),
    /** Without being declared. */
    SEEN("var %s referenced above"),
    /** By {@code :=}. */
    ASSIGNED("var %s assigned above"),
    /** By {@code some} or {@code every}. */
    DECLARED("var %s declared above");

    private final String refusal;

    Occurrence(String refusal) {
      this.refusal = refusal;
    }

    /** What is wrong with declaring the variable once more. */
    String refusal(String name) {
      return String.format(refusal, name);
    }
  }

  /** One variable of a scope. */
  static final class Entry {
    final String name;
    final String renamed;
    final Occurrence occurrence;
    final @Nullable Location place;
    int count = 1;

    Entry(String name, String renamed, Occurrence occurrence, @Nullable Location place) {
      this.name = name;
      this.renamed = renamed;
      this.occurrence = occurrence;
      this.place = place;
    }
  }

  private final List<Map<String, Entry>> scopes = new ArrayList<>();

  /** One empty scope. */
  Scopes() {
    open();
  }

  /** One scope with the same variables as the innermost of these. */
  Scopes copy() {
    Scopes copy = new Scopes();
    for (Entry e : innermost().values()) {
      Entry same = new Entry(e.name, e.renamed, e.occurrence, e.place);
      same.count = e.count;
      copy.innermost().put(e.name, same);
    }
    return copy;
  }

  void open() {
    scopes.add(new LinkedHashMap<>());
  }

  void close() {
    scopes.remove(scopes.size() - 1);
  }

  /** The variables of the innermost scope, by name. */
  Map<String, Entry> innermost() {
    return scopes.get(scopes.size() - 1);
  }

  /** Notes a variable of the innermost scope; {@code place} is where it was declared. */
  void add(String name, String renamed, Occurrence occurrence, @Nullable Location place) {
    innermost().put(name, new Entry(name, renamed, occurrence, place));
  }

  /** How a variable came up in the innermost scope, or null. */
  @Nullable Occurrence occurrence(String name) {
    Entry e = innermost().get(name);
    return e == null ? null : e.occurrence;
  }

  /** A variable of the innermost scope that has it, or null. */
  @Nullable Entry find(String name) {
    for (int i = scopes.size() - 1; i >= 0; i--) {
      Entry e = scopes.get(i).get(name);
      if (e != null) {
        return e;
      }
    }
    return null;
  }

  /** How often a variable came up. */
  int count(String name) {
    Entry e = find(name);
    return e == null ? 0 : e.count;
  }
}
