package app.intentgate.rego.compile.types;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the refs of an expression lead somewhere, those of comprehensions left out, and
 * learns the types of their variables. Not thread-safe.
 */
final class RefCheck extends AstVisitor {
  private final TermTypes types;
  private final TypeScope scope;
  private final UnaryOperator<String> sourceName;
  private final List<RegoError> errors = new ArrayList<>();

  RefCheck(TermTypes types, TypeScope scope, UnaryOperator<String> sourceName) {
    this.types = types;
    this.scope = scope;
    this.sourceName = sourceName;
  }

  /** The errors of an expression. */
  List<RegoError> check(Expr expr) {
    visit(expr);
    return errors;
  }

  /** A replacement may name a function without calling it. */
  @Override
  protected void visitWith(With with) {
    boolean function =
        with.value() instanceof RefTerm r && types.of(r, scope) instanceof RegoType.Function;
    if (!function) {
      visit(with.value());
    }
  }

  @Override
  protected boolean enterTerm(Term term) {
    if (term instanceof RefTerm r && types.isBelowFunction(r.ref())) {
      error(r, "function " + r + " used as reference, not called");
    } else if (term instanceof RefTerm r && !leads(r.ref())) {
      String text = r.ref().toString();
      String head = r.ref().headName();
      String named = head.isEmpty() ? text : sourceName.apply(head) + text.substring(head.length());
      error(r, "undefined ref: " + named);
    }
    return !(term instanceof ArrayComprehension
        || term instanceof SetComprehension
        || term instanceof ObjectComprehension);
  }

  private void error(RefTerm ref, String message) {
    Location place = ref.ref().head().location();
    errors.add(RegoError.of(ErrorCode.TYPE, place, message));
  }

  private boolean leads(Ref ref) {
    String head = ref.headName();
    if (head.equals("data")) {
      return leadsThroughRules(ref);
    }
    RegoType known = head.equals("input") ? RegoType.ANY : scope.get(head);
    if (known == null) {
      scope.put(head, RegoType.ANY);
      return leadsOn(RegoType.ANY, ref, 1);
    }
    // A literal before the brackets was moved to a variable: what it is compared with is wrong.
    boolean literal = known instanceof RegoType.Scalar && sourceName.apply(head).equals(head);
    return literal || leadsOn(known, ref, 1);
  }

  private boolean leadsThroughRules(Ref ref) {
    TypeTree node = types.rules;
    for (int i = 1; i < ref.size(); i++) {
      Term element = ref.get(i);
      if (element instanceof Var v) {
        RegoType keys = Types.keys(node.extent());
        RegoType known = scope.get(v.name());
        if (known == null) {
          scope.put(v.name(), keys);
        }
        return (known == null || Types.unify(known, keys)) && leadsOn(RegoType.ANY, ref, i + 1);
      }
      TypeTree child = element instanceof ScalarTerm s ? node.child(s.value()) : null;
      if (child == null) {
        return leadsOn(RegoType.ANY, ref, i); // base data may be there
      }
      if (child.type() != null) {
        return leadsOn(child.type(), ref, i + 1);
      }
      node = child;
    }
    return true;
  }

  private boolean leadsOn(@Nullable RegoType from, Ref ref, int index) {
    RegoType type = from;
    for (int i = index; i < ref.size(); i++) {
      RegoType keys = Types.keys(type);
      if (keys == null) {
        return false;
      }
      Term element = ref.get(i);
      if (element instanceof ScalarTerm key) {
        type = Types.select(type, key.value());
      } else {
        if (!fits(element, keys)) {
          return false;
        }
        type = Types.values(type);
      }
      if (type == null) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Term element, RegoType keys) {
    if (element instanceof RefTerm r) {
      RegoType known = types.of(r, scope);
      return known == null || Types.unify(known, keys);
    }
    return new TermUnifier(types, scope).unify(element, keys, false);
  }
}
