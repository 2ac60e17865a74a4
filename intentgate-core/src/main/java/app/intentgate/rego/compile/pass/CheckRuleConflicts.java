package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses rules that cannot stand together: other kinds or arities at one path, rules below a rule
 * that has a value of its own, two defaults, and packages at the path of a rule.
 */
final class CheckRuleConflicts implements Pass {
  @Override
  public void run(Compilation c) {
    c.root.walk(n -> checkRules(c, n));
    DataConflicts.check(c);
    c.root.walk(n -> n.modules.forEach(m -> checkPackages(c, n, m)));
  }

  private static void checkRules(Compilation c, RuleNode node) {
    if (node.rules.isEmpty()) {
      return;
    }
    RuleUnit first = node.rules.get(0);
    String name = name(c, node.rules.get(node.rules.size() - 1));
    List<RuleUnit> below =
        node.rules.stream().anyMatch(r -> r.head().ref().isGround())
            ? node.rulesBelow()
            : List.of();
    List<RuleUnit> defaults = node.rules.stream().filter(r -> r.source.isDefault()).toList();
    if (!below.isEmpty()) {
      StringBuilder message = new StringBuilder("rule " + name + " conflicts with:");
      for (RuleUnit r : below) {
        message.append("\n  rule ").append(name(c, r)).append(" at ").append(r.location());
      }
      c.errors.typeError(first.location(), message.toString());
    } else if (differ(node.rules)) {
      c.errors.typeError(first.location(), "conflicting rules " + name + " found");
    } else if (defaults.size() > 1) {
      c.errors.typeError(
          defaults.get(0).module.module.location(),
          "multiple default rules "
              + name
              + " found at "
              + defaults.stream()
                  .map(r -> r.location().toString())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static boolean differ(List<RuleUnit> rules) {
    RuleUnit first = rules.get(0);
    return rules.stream()
        .anyMatch(
            r ->
                r.isMultiValue() != first.isMultiValue()
                    || r.arity() != first.arity()
                    || isComplete(r) != isComplete(first));
  }

  private static boolean isComplete(RuleUnit r) {
    return !r.isMultiValue() && r.head().ref().isGround();
  }

  /** A rule's full path, with the names of variables as they were written. */
  private static String name(Compilation c, RuleUnit rule) {
    return new AstTransformer() {
      @Override
      public Term term(Term term) {
        return term instanceof Var v
            ? new Var(c.names.sourceName(v.name()), v.location())
            : super.term(term);
      }
    }.ref(rule.fullRef()).toString();
  }

  private static void checkPackages(Compilation c, RuleNode node, ModuleUnit module) {
    for (RuleUnit r : module.rules) {
      Ref ref = r.head().ref();
      RuleNode place = ref.isGround() ? below(node, r) : null;
      if (place != null) {
        for (ModuleUnit other : place.modules) {
          c.errors.typeError(
              module.module.location(),
              "package "
                  + other.packageName()
                  + " conflicts with rule "
                  + ref
                  + " defined at "
                  + r.location());
        }
      }
    }
  }

  private static @Nullable RuleNode below(RuleNode node, RuleUnit rule) {
    RuleNode place = node;
    Ref full = rule.fullRef();
    for (int i = rule.module.packagePath().size(); i < full.size() && place != null; i++) {
      place = place.child(full.get(i));
    }
    return place;
  }
}
