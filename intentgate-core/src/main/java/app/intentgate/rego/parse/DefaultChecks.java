package app.intentgate.rego.parse;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the value and the parameters of a default may not be. */
final class DefaultChecks {
  private DefaultChecks() {}

  /** The messages; none when all is well. */
  static List<String> check(@Nullable Term value, List<Term> args) {
    if (value == null) {
      return List.of("illegal default rule (must have a value)");
    }
    List<String> wrong = new ArrayList<>();
    new AstVisitor() {
      @Override
      protected boolean enterTerm(Term term) {
        if (term instanceof RefTerm || term instanceof Var || term instanceof CallTerm) {
          String name = TypeNames.of(term);
          wrong.add("illegal default rule (value cannot contain " + name + ")");
          return false;
        }
        return !(term instanceof ArrayComprehension
            || term instanceof SetComprehension
            || term instanceof ObjectComprehension);
      }
    }.visit(value);
    return wrong.isEmpty() ? checkArgs(args) : wrong;
  }

  private static List<String> checkArgs(List<Term> args) {
    List<String> wrong = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Term arg : args) {
      if (!(arg instanceof Var v)) {
        wrong.add("illegal default rule (arguments cannot contain " + TypeNames.of(arg) + ")");
      } else if (!names.add(v.name())) {
        wrong.add("illegal default rule (arguments cannot be repeated " + v.name() + ")");
      }
    }
    return wrong;
  }
}
