package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place below {@code data} while passes work: the rules whose ground path ends here, the modules
 * whose package this is, and the places below. Not thread-safe.
 */
final class RuleNode implements RulePlace {
  final Map<JsonValue, RuleNode> children = new TreeMap<>(JsonValue::compare);
  final List<RuleUnit> rules = new ArrayList<>();
  final List<ModuleUnit> modules = new ArrayList<>();

  private RuleNode() {}

  /** An empty tree. */
  static RuleNode root() {
    return new RuleNode();
  }

  void add(RuleUnit rule) {
    make(rule.fullRef().groundPrefix()).rules.add(rule);
  }

  void add(ModuleUnit module) {
    make(module.packagePath()).modules.add(module);
  }

  private RuleNode make(Ref path) {
    RuleNode node = this;
    for (Term t : path.tail()) {
      node = node.children.computeIfAbsent(((ScalarTerm) t).value(), k -> new RuleNode());
    }
    return node;
  }

  @Override
  public @Nullable RuleNode child(Term element) {
    return element instanceof ScalarTerm s ? children.get(s.value()) : null;
  }

  @Override
  public boolean hasRules() {
    return !rules.isEmpty();
  }

  @Override
  public boolean hasFunction() {
    return rules.stream().anyMatch(r -> r.arity() > 0);
  }

  @Override
  public int arity() {
    return rules.get(0).arity();
  }

  /** Hands over this place and all below, from the top down. */
  void walk(Consumer<RuleNode> action) {
    action.accept(this);
    children.values().forEach(c -> c.walk(action));
  }

  /** All rules below this place, not those here. */
  List<RuleUnit> rulesBelow() {
    List<RuleUnit> below = new ArrayList<>();
    children.values().forEach(c -> c.walk(n -> below.addAll(n.rules)));
    return below;
  }

  /** The rules that a ref from {@code data} could reach; elements that are no scalars reach all. */
  Set<RuleUnit> reachable(Ref ref) {
    Set<RuleUnit> found = new LinkedHashSet<>();
    reach(ref, 1, found);
    return found;
  }

  private void reach(Ref ref, int index, Set<RuleUnit> found) {
    if (index >= ref.size()) {
      walk(n -> found.addAll(n.rules));
      return;
    }
    if (ref.get(index).isGround()) {
      RuleNode child = child(ref.get(index));
      if (child != null) {
        found.addAll(child.rules);
        child.reach(ref, index + 1, found);
      }
      return;
    }
    for (RuleNode child : children.values()) {
      found.addAll(child.rules);
      child.reach(ref, index + 1, found);
    }
  }
}
