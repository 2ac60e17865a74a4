package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the names of the variables in a part of a tree, in the order in which they first occur.
 * Operators of calls never count. Not thread-safe.
 */
public final class VarScan extends AstVisitor {
  /** Which parts are looked at. */
  public enum Scope {
    /** Everything. */
    ALL,
    /**
     * What must have a value when an expression is evaluated: everything but the inside of
     * comprehensions, {@code every} and {@code not} blocks, and the names that {@code with}
     * replaces.
     */
    NEEDED,
    /** What iterating over a ref can bind: everything but heads of refs. */
    ELEMENTS,
    /**
     * What a pattern can bind: no heads of refs, no keys of objects, nothing in sets or
     * comprehensions.
     */
    PATTERN
  }

  private final Scope scope;
  private final Set<String> names = new LinkedHashSet<>();

  private VarScan(Scope scope) {
    this.scope = scope;
  }

  /** The variables of a term. */
  public static Set<String> of(Scope scope, Term term) {
    VarScan scan = new VarScan(scope);
    scan.visit(term);
    return scan.names;
  }

  /** The variables of several terms. */
  public static Set<String> of(Scope scope, Collection<Term> terms) {
    VarScan scan = new VarScan(scope);
    terms.forEach(scan::visit);
    return scan.names;
  }

  /** The variables of an expression. */
  public static Set<String> of(Scope scope, Expr expr) {
    VarScan scan = new VarScan(scope);
    scan.visit(expr);
    return scan.names;
  }

  /** The variables of a body. */
  public static Set<String> of(Scope scope, Body body) {
    VarScan scan = new VarScan(scope);
    scan.visit(body);
    return scan.names;
  }

  /** The variables of what an expression replaces while it is evaluated. */
  public static Set<String> ofReplacements(Scope scope, Expr expr) {
    VarScan scan = new VarScan(scope);
    expr.withs().forEach(scan::visitWith);
    return scan.names;
  }

  /**
   * The variables in the elements of a ref after its head that evaluating the ref can bind: not the
   * heads of refs among the elements, which must have a value before.
   */
  public static Set<String> ofElements(Ref ref) {
    VarScan scan = new VarScan(Scope.ELEMENTS);
    ref.tail().forEach(scan::visit);
    return scan.names;
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (scope == Scope.ALL || scope == Scope.ELEMENTS) {
      return true;
    }
    if (expr.form() instanceof Every every) {
      visit(every.domain());
      expr.withs().forEach(this::visitWith);
      return false;
    }
    if (expr.form() instanceof NotBlock) {
      expr.withs().forEach(this::visitWith);
      return false;
    }
    return true;
  }

  @Override
  protected boolean enterTerm(Term term) {
    if (term instanceof Var v) {
      names.add(v.name());
      return false;
    }
    if (scope == Scope.ELEMENTS && term instanceof RefTerm ref) {
      ref.ref().tail().forEach(this::visit);
      return false;
    }
    if (scope == Scope.ALL || scope == Scope.ELEMENTS) {
      return true;
    }
    if (isClosure(term)) {
      return false;
    }
    return scope == Scope.NEEDED || enterPattern(term);
  }

  private boolean enterPattern(Term term) {
    if (term instanceof SetTerm) {
      return false;
    }
    if (term instanceof RefTerm ref) {
      ref.ref().tail().forEach(this::visit);
      return false;
    }
    if (term instanceof ObjectTerm object) {
      for (ObjectTerm.Entry e : object.entries()) {
        visit(e.value());
      }
      return false;
    }
    return true;
  }

  @Override
  protected void visitWith(With with) {
    if (scope != Scope.NEEDED) {
      super.visitWith(with);
      return;
    }
    for (Term t : List.of(with.target(), with.value())) {
      if (t instanceof RefTerm ref) {
        ref.ref().tail().forEach(this::visit);
      } else if (t == with.value()) {
        visit(t);
      }
    }
  }

  /** Whether a term has a body of its own, which is evaluated apart. */
  static boolean isClosure(Term term) {
    return term instanceof ArrayComprehension
        || term instanceof SetComprehension
        || term instanceof ObjectComprehension
        || term instanceof TemplateString;
  }
}
