package app.intentgate.rego.plan;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.RuleKind;
import app.intentgate.rego.compile.program.RuleTree;
import app.intentgate.rego.eval.CompleteRules;
import app.intentgate.rego.eval.DocumentNode;
import app.intentgate.rego.eval.FunctionRules;
import app.intentgate.rego.eval.PartialRules;
import app.intentgate.rego.eval.PartialRules.Shape;
import app.intentgate.rego.eval.RuleSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The rules of a program by the documents they make. Where a rule has a variable in its head, all
 * rules below that place are parts of one document.
 */
final class RuleSets {
  private static final JsonValue HIDDEN = JsonString.of("system");

  private final IdentityHashMap<RuleSet, List<CompiledRule>> rules = new IdentityHashMap<>();
  private final DocumentNode root;

  RuleSets(Program program) {
    root = node(program.tree(), List.of());
  }

  DocumentNode root() {
    return root;
  }

  /** The rules of a set, defaults first. */
  List<CompiledRule> rulesOf(RuleSet set) {
    return rules.getOrDefault(set, List.of());
  }

  private DocumentNode node(RuleTree tree, List<JsonValue> path) {
    boolean hidden = path.size() == 1 && path.get(0).equals(HIDDEN);
    if (!tree.rules().isEmpty()) {
      return new DocumentNode(tree.key(), path, set(tree, path), hidden, List.of());
    }
    List<DocumentNode> children = new ArrayList<>();
    tree.children().values().forEach(c -> children.add(node(c, append(path, c.key()))));
    return new DocumentNode(tree.key(), path, null, hidden, children);
  }

  private static List<JsonValue> append(List<JsonValue> path, JsonValue key) {
    List<JsonValue> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }

  private RuleSet set(RuleTree tree, List<JsonValue> path) {
    List<CompiledRule> members = new ArrayList<>(tree.rules());
    CompiledRule first = members.get(members.size() - 1);
    RuleSet set;
    if (first.kind() == RuleKind.FUNCTION) {
      set = new FunctionRules(path, first.arity());
    } else if (members.stream().allMatch(r -> r.groundRef().size() == r.ref().size())) {
      set =
          first.kind() == RuleKind.PARTIAL_SET
              ? new PartialRules(path, Shape.SET, 1)
              : new CompleteRules(path);
    } else {
      tree.children().values().forEach(c -> c.forEachRule(members::add));
      members.removeIf(CompiledRule::isDefault);
      set = partial(members, path);
    }
    rules.put(set, members);
    return set;
  }

  private PartialRules partial(List<CompiledRule> members, List<JsonValue> path) {
    int maxKeys = 0;
    boolean flat = true;
    for (CompiledRule rule : members) {
      boolean isSet = rule.kind() == RuleKind.PARTIAL_SET;
      int keys = rule.ref().size() - 1 - path.size();
      flat &= keys == 1 && !isSet;
      maxKeys = Math.max(maxKeys, isSet ? keys + 1 : keys);
    }
    return new PartialRules(path, flat ? Shape.OBJECT : Shape.NESTED, maxKeys);
  }
}
