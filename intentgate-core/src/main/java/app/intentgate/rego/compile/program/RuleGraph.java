package app.intentgate.rego.compile.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rules use which. A ref with variables uses every rule it could reach. Without cycles;
 * immutable and thread-safe.
 */
public final class RuleGraph {
  private final Map<CompiledRule, Set<CompiledRule>> uses;
  private final List<CompiledRule> sorted;

  /**
   * A graph of these edges; they must not form a cycle.
   *
   * @param uses for every rule, in order, the rules it uses
   */
  public RuleGraph(Map<CompiledRule, Set<CompiledRule>> uses) {
    Map<CompiledRule, Set<CompiledRule>> copy = new LinkedHashMap<>();
    uses.forEach((rule, used) -> copy.put(rule, new LinkedHashSet<>(used)));
    this.uses = copy;
    this.sorted = List.copyOf(sort());
  }

  /** The rules that a rule uses directly. */
  public Set<CompiledRule> dependencies(CompiledRule rule) {
    return Collections.unmodifiableSet(uses.getOrDefault(rule, Set.of()));
  }

  /** All rules, each after those it uses. */
  public List<CompiledRule> sorted() {
    return sorted;
  }

  private List<CompiledRule> sort() {
    Set<CompiledRule> done = new LinkedHashSet<>();
    List<CompiledRule> pending = new ArrayList<>();
    for (CompiledRule root : uses.keySet()) {
      pending.add(root);
      while (!pending.isEmpty()) {
        CompiledRule rule = pending.get(pending.size() - 1);
        CompiledRule missing = done.contains(rule) ? null : firstMissing(rule, done);
        if (missing == null) {
          pending.remove(pending.size() - 1);
          done.add(rule);
        } else {
          pending.add(missing);
        }
      }
    }
    return new ArrayList<>(done);
  }

  private @Nullable CompiledRule firstMissing(CompiledRule rule, Set<CompiledRule> done) {
    for (CompiledRule used : uses.getOrDefault(rule, Set.of())) {
      if (!done.contains(used)) {
        return used;
      }
    }
    return null;
  }
}
