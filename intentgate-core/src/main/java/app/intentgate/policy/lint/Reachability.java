package app.intentgate.policy.lint;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns of rules that nothing the decision asks for uses. */
final class Reachability {
  private Reachability() {}

  static void check(PolicyModule policy, List<LintWarning> out) {
    RegoModule module = policy.module();
    Map<String, Set<String>> uses = new HashMap<>();
    Map<String, Rule> first = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    for (Rule rule : module.rules()) {
      String name = rule.head().name();
      first.putIfAbsent(name, rule);
      Names names = new Names(module.packageDecl().path());
      names.visit(rule);
      if (names.all) {
        return;
      }
      uses.computeIfAbsent(name, n -> new HashSet<>()).addAll(names.found);
      if (policy.isDecision(rule)) {
        open.add(name);
      }
    }
    Set<String> reached = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.remove(), Set.of())) {
        if (first.containsKey(next) && reached.add(next)) {
          open.add(next);
        }
      }
    }
    first.forEach(
        (name, rule) -> {
          if (!reached.contains(name) && !name.startsWith("test_")) {
            out.add(
                LintWarning.at(
                    rule.location(),
                    "unreachable_rule",
                    "the decision does not use the rule \"" + name + "\""));
          }
        });
  }

  /** The names that a rule mentions, which are more than those of the rules it uses. */
  private static final class Names extends AstVisitor {
    private final Ref packagePath;
    private final Set<String> found = new HashSet<>();
    private boolean all;

    Names(Ref packagePath) {
      this.packagePath = packagePath;
    }

    @Override
    protected boolean enterTerm(Term term) {
      if (term instanceof Var v) {
        found.add(v.name());
      } else if (term instanceof RefTerm r) {
        ref(r.ref());
      }
      return true;
    }

    @Override
    protected void visitOperator(RefTerm operator) {
      ref(operator.ref());
    }

    private void ref(Ref ref) {
      found.add(ref.headName());
      if (!ref.headName().equals("data")) {
        return;
      }
      int length = packagePath.size();
      if (ref.startsWith(packagePath) && ref.size() > length) {
        if (ref.get(length) instanceof ScalarTerm s && s.isString()) {
          found.add(String.valueOf(s.asString()));
        } else {
          all = true;
        }
      } else if (packagePath.startsWith(ref.stringPrefix())) {
        all = true;
      }
    }
  }
}
