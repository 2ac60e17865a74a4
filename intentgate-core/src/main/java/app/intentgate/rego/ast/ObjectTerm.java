package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object. Of equal keys the first gives the place and the last the value.
 *
 * @param entries the members, in the order of the source
 * @param location where it starts
 */
public record ObjectTerm(List<Entry> entries, Location location) implements Term {
  /** Copies the members, without repeated keys. */
  public ObjectTerm {
    Map<Term, Entry> byKey = new LinkedHashMap<>();
    for (Entry e : entries) {
      byKey.merge(e.key(), e, (first, last) -> new Entry(first.key(), last.value()));
    }
    entries = List.copyOf(new ArrayList<>(byKey.values()));
  }

  /**
   * A member.
   *
   * @param key the key
   * @param value the value
   */
  public record Entry(Term key, Term value) {}

  private Map<Term, Term> asMap() {
    Map<Term, Term> map = new HashMap<>();
    entries.forEach(e -> map.put(e.key(), e.value()));
    return map;
  }

  @Override
  public ObjectTerm at(Location newLocation) {
    return new ObjectTerm(entries, newLocation);
  }

  @Override
  public boolean isGround() {
    return entries.stream().allMatch(e -> e.key().isGround() && e.value().isGround());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectTerm o && asMap().equals(o.asMap());
  }

  @Override
  public int hashCode() {
    // One call per part: a HashMap's own would make two per key, and nesting doubles that each
    // level.
    int hash = 0;
    for (Entry e : entries) {
      hash += e.key().hashCode() ^ e.value().hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
