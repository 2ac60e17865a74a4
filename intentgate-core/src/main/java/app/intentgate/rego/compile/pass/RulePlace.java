package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.compile.program.RuleTree;
import org.jspecify.annotations.Nullable;

/** A place below {@code data}, as passes over modules and over queries look things up there. */
interface RulePlace {
  /** The place one element below, or null; null for an element that is no scalar. */
  @Nullable RulePlace child(Term element);

  /** Whether rules are exactly here. */
  boolean hasRules();

  /** Whether one of the rules here is a function. */
  boolean hasFunction();

  /** How many parameters the first rule here has. */
  int arity();

  /** The place of a path from {@code data}, or null. */
  default @Nullable RulePlace find(Ref path) {
    if (!path.headName().equals(RootDocuments.DATA)) {
      return null;
    }
    RulePlace place = this;
    for (int i = 1; i < path.size() && place != null; i++) {
      place = place.child(path.get(i));
    }
    return place;
  }

  /** The places of a compiled program. */
  static RulePlace of(RuleTree tree) {
    return new RulePlace() {
      @Override
      public @Nullable RulePlace child(Term element) {
        RuleTree child = element instanceof ScalarTerm s ? tree.child(s.value()) : null;
        return child == null ? null : of(child);
      }

      @Override
      public boolean hasRules() {
        return !tree.rules().isEmpty();
      }

      @Override
      public boolean hasFunction() {
        return tree.rules().stream().anyMatch(r -> r.arity() > 0);
      }

      @Override
      public int arity() {
        return tree.rules().get(0).arity();
      }
    };
  }
}
