package app.intentgate.rego.compile.vars;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Variables on top of others that stay as they are: a body's own over those outside of it. Adding
 * and asking cost the same however many are below. Not thread-safe.
 */
final class VarLayer extends AbstractSet<String> {
  private final Set<String> below;
  private final Set<String> hidden;
  private final Set<String> own = new HashSet<>();

  /** No variables of its own yet. */
  VarLayer(Set<String> below) {
    this(below, Set.of());
  }

  /** The same without some of those below. */
  VarLayer(Set<String> below, Set<String> hidden) {
    this.below = below;
    this.hidden = hidden;
  }

  /** With these on top. */
  VarLayer with(Collection<String> variables) {
    own.addAll(variables);
    return this;
  }

  @Override
  public boolean add(String variable) {
    return !contains(variable) && own.add(variable);
  }

  @Override
  public boolean contains(Object variable) {
    return own.contains(variable) || (below.contains(variable) && !hidden.contains(variable));
  }

  private Set<String> all() {
    Set<String> all = new LinkedHashSet<>(below);
    all.removeAll(hidden);
    all.addAll(own);
    return all;
  }

  @Override
  public Iterator<String> iterator() {
    return all().iterator();
  }

  @Override
  public int size() {
    return all().size();
  }
}
