package app.intentgate.rego.compile.types;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstTransformer;
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
    RegoError error = term instanceof RefTerm r ? error(r.ref()) : null;
    if (error != null) {
      errors.add(error);
    }
    return !(term instanceof ArrayComprehension
        || term instanceof SetComprehension
        || term instanceof ObjectComprehension);
  }

  private @Nullable RegoError error(Ref ref) {
    int function = types.functionIn(ref);
    if (function >= 0) {
      return TypeErrors.noElements(
          ref.head().location(),
          "function " + ref + " used as reference, not called",
          ref,
          function,
          types.of(ref.prefix(function + 1), scope));
    }
    String head = ref.headName();
    if (head.equals("data")) {
      return throughRules(ref);
    }
    RegoType known = head.equals("input") ? RegoType.ANY : scope.get(head);
    if (known == null) {
      scope.put(head, RegoType.ANY);
      return on(RegoType.ANY, ref, 1);
    }
    // A literal before the brackets was moved to a variable: what it is compared with is wrong.
    boolean literal = known instanceof RegoType.Scalar && sourceName.apply(head).equals(head);
    return literal ? null : on(known, ref, 1);
  }

  private @Nullable RegoError throughRules(Ref ref) {
    TypeTree node = types.rules;
    for (int i = 1; i < ref.size(); i++) {
      Term element = ref.get(i);
      if (element instanceof Var v) {
        RegoType extent = node.extent();
        RegoType keys = Types.keys(extent);
        RegoType known = scope.get(v.name());
        if (known == null) {
          scope.put(v.name(), keys);
        }
        return known == null || Types.unify(known, keys)
            ? on(RegoType.ANY, ref, i + 1)
            : noSuchElement(ref, i, known, keys, extent);
      }
      TypeTree child = element instanceof ScalarTerm s ? node.child(s.value()) : null;
      if (child == null) {
        return on(RegoType.ANY, ref, i); // base data may be there
      }
      if (child.type() != null) {
        return on(child.type(), ref, i + 1);
      }
      node = child;
    }
    return null;
  }

  /** What is wrong with the elements from an index on, below something of a type. */
  private @Nullable RegoError on(@Nullable RegoType from, Ref ref, int index) {
    RegoType type = from;
    for (int i = index; i < ref.size(); i++) {
      RegoType keys = Types.keys(type);
      if (keys == null) {
        Ref named = named(ref);
        return TypeErrors.noElements(place(ref), undefined(named), named, i - 1, type);
      }
      Term element = ref.get(i);
      RegoType known = null;
      RegoType next = null;
      if (element instanceof ScalarTerm key) {
        next = Types.select(type, key.value());
      } else {
        known = types.of(element, scope);
        next = fits(element, keys) ? Types.values(type) : null;
      }
      if (next == null) {
        return noSuchElement(ref, i, known, keys, type);
      }
      type = next;
    }
    return null;
  }

  private boolean fits(Term element, RegoType keys) {
    if (element instanceof RefTerm r) {
      RegoType known = types.of(r, scope);
      return known == null || Types.unify(known, keys);
    }
    return new TermUnifier(types, scope).unify(element, keys, false);
  }

  private RegoError noSuchElement(
      Ref ref,
      int position,
      @Nullable RegoType have,
      @Nullable RegoType want,
      @Nullable RegoType below) {
    Ref named = named(ref);
    return TypeErrors.noSuchElement(
        place(ref), undefined(named), named, position, have, want, Types.fixedKeys(below));
  }

  private static Location place(Ref ref) {
    return ref.head().location();
  }

  private static String undefined(Ref named) {
    return "undefined ref: " + named;
  }

  /** The ref with the names that variables were written with. */
  private Ref named(Ref ref) {
    return new AstTransformer() {
      @Override
      public Term term(Term term) {
        return term instanceof Var v
            ? new Var(sourceName.apply(v.name()), v.location())
            : super.term(term);
      }
    }.ref(ref);
  }
}
