package app.intentgate.rego.compile.types;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks the expressions of a body one after the other, the bodies within them first. An expression
 * whose refs or inner bodies are wrong is not reported once more for what follows from that. Not
 * thread-safe.
 */
final class BodyCheck {
  private final TermTypes types;
  private final BuiltinRegistry builtins;
  private final UnaryOperator<String> sourceName;
  private final List<RegoError> errors;

  /**
   * A check.
   *
   * @param types the types of terms
   * @param builtins the functions that are not written in Rego
   * @param sourceName gives the name a variable was written with
   * @param errors takes the errors
   */
  BodyCheck(
      TermTypes types,
      BuiltinRegistry builtins,
      UnaryOperator<String> sourceName,
      List<RegoError> errors) {
    this.types = types;
    this.builtins = builtins;
    this.sourceName = sourceName;
    this.errors = errors;
  }

  /** Checks a body; the scope learns the types of its variables. */
  void check(Body body, TypeScope scope) {
    for (Expr expr : body) {
      int before = errors.size();
      new Closures(scope).visit(expr);
      errors.addAll(new RefCheck(types, scope, sourceName).check(expr));
      RegoError error = error(expr, scope, errors.size() > before);
      if (error != null) {
        errors.add(error);
      }
    }
  }

  /** Checks the bodies within an expression, each in a scope of its own. */
  private final class Closures extends AstVisitor {
    private final TypeScope scope;

    Closures(TypeScope scope) {
      this.scope = scope;
    }

    @Override
    protected boolean enterExpr(Expr expr) {
      if (expr.form() instanceof Every every) {
        visit(every.domain()); // of the body only refs are checked, as in OPA
        return false;
      }
      if (expr.form() instanceof NotBlock) {
        return false;
      }
      return true;
    }

    @Override
    protected boolean enterTerm(Term term) {
      if (!(term instanceof ArrayComprehension
          || term instanceof SetComprehension
          || term instanceof ObjectComprehension)) {
        return true;
      }
      TypeScope inner = new TypeScope(scope);
      int before = errors.size();
      RegoType type = collected(term, inner);
      if (type == null && errors.size() == before) {
        types.putPartlyKnown(term);
      } else {
        types.put(term, errors.size() > before ? null : type);
      }
      return false;
    }

    private @Nullable RegoType collected(Term comprehension, TypeScope inner) {
      if (comprehension instanceof ArrayComprehension c) {
        check(c.body(), inner);
        RegoType item = types.of(c.head(), inner);
        return item == null ? null : RegoType.arrayOf(item);
      }
      if (comprehension instanceof SetComprehension c) {
        check(c.body(), inner);
        RegoType item = types.of(c.head(), inner);
        return item == null ? null : RegoType.setOf(item);
      }
      ObjectComprehension c = (ObjectComprehension) comprehension;
      check(c.body(), inner);
      RegoType key = types.of(c.key(), inner);
      RegoType value = types.of(c.value(), inner);
      return key == null || value == null ? null : RegoType.objectOf(key, value);
    }
  }

  private @Nullable RegoError error(Expr expr, TypeScope scope, boolean wrongWithin) {
    RegoError replaced = replacementError(expr, scope);
    if (replaced != null || !(expr.form() instanceof CallExpr call)) {
      return replaced;
    }
    List<Term> args = call.args();
    if (call.operatorName().equals(Operators.UNIFY) && args.size() == 2) {
      if (expr.generated() && args.get(0) instanceof Var v && args.get(1) instanceof RefTerm) {
        scope.markAlias(v.name());
      }
      boolean unknown = isUnknown(args.get(0), scope) || isUnknown(args.get(1), scope);
      RegoType left = types.of(args.get(0), scope);
      RegoType right = types.of(args.get(1), scope);
      boolean fits = new TermUnifier(types, scope).unify(args.get(0), args.get(1));
      return fits || (wrongWithin && unknown)
          ? null
          : TypeErrors.match(expr.location(), left, right);
    }
    Ref operator = call.operator().ref();
    RegoType type = function(operator, scope);
    if (type instanceof RegoType.Function function) {
      boolean unknown =
          fits(args, function, scope)
              || (wrongWithin && args.stream().anyMatch(a -> isUnknown(a, scope)));
      return unknown ? null : wrongArguments(expr.location(), operator, args, function, scope);
    }
    return Types.isAny(type)
        ? null
        : RegoError.of(ErrorCode.TYPE, expr.location(), "undefined function " + operator);
  }

  private boolean isUnknown(Term term, TypeScope scope) {
    return types.of(term, scope) == null;
  }

  private @Nullable RegoType function(Ref operator, TypeScope scope) {
    BuiltinSignature signature = builtins.signature(operator.dotted());
    return signature != null ? signature.type() : types.of(operator, scope);
  }

  private boolean fits(List<Term> args, RegoType.Function function, TypeScope scope) {
    TermUnifier unifier = new TermUnifier(types, scope);
    for (int i = 0; i < args.size(); i++) {
      RegoType want =
          i < function.arguments().size()
              ? function.arguments().get(i)
              : i == function.arguments().size() ? function.result() : RegoType.ANY;
      if (!unifier.unify(args.get(i), want, false)) {
        return false;
      }
    }
    return true;
  }

  /** A function can only be replaced by a function with as many parameters, or by a value. */
  private @Nullable RegoError replacementError(Expr expr, TypeScope scope) {
    for (With with : expr.withs()) {
      if (with.target() instanceof RefTerm target
          && with.value() instanceof RefTerm value
          && function(target.ref(), scope) instanceof RegoType.Function replaced
          && function(value.ref(), scope) instanceof RegoType.Function by
          && !Types.unify(replaced, by)) {
        return TypeErrors.arguments(
            with.location(),
            target.ref() + ": arity mismatch",
            new ArrayList<>(by.arguments()),
            replaced.arguments());
      }
    }
    return null;
  }

  private RegoError wrongArguments(
      Location place, Ref operator, List<Term> args, RegoType.Function function, TypeScope scope) {
    List<@Nullable RegoType> have = new ArrayList<>();
    args.forEach(a -> have.add(types.of(a, scope)));
    List<RegoType> want = new ArrayList<>(function.arguments());
    BuiltinSignature signature = builtins.signature(operator.dotted());
    if (signature == null || signature.result() != null) {
      want.add(function.result());
    }
    return TypeErrors.arguments(place, operator + ": invalid argument(s)", have, want);
  }
}
