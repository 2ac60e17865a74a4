package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.compile.vars.OutputVars;
import app.intentgate.rego.compile.vars.VarScan;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives every declared variable of a body a name of its own and takes the declarations away. Looks
 * out for variables declared twice, declared after use, or declared and not used. {@code some x in
 * xs} becomes {@code x = xs[k]}. Not thread-safe.
 */
final class LocalVarRewriter extends AstTransformer {
  private final LocalNames names;
  private final Scopes scopes;
  private final List<RegoError> errors;
  private final UnusedVars unused;
  private Location current = Location.NONE;

  LocalVarRewriter(LocalNames names, Scopes scopes, List<RegoError> errors, boolean strict) {
    this.names = names;
    this.scopes = scopes;
    this.errors = errors;
    this.unused = new UnusedVars(scopes, errors, strict);
  }

  /**
   * Rewrites a body in the innermost scope.
   *
   * @param used the variables, as written, that are used outside of the body (in a head)
   */
  Body body(Body body, Set<String> used) {
    List<Expr> exprs = new ArrayList<>(body.size());
    for (Expr e : body) {
      Expr rewritten = statement(e);
      if (rewritten != null) {
        exprs.add(rewritten);
      }
    }
    if (exprs.isEmpty()) {
      Location place = body.size() == 0 ? Location.NONE : body.get(0).location();
      exprs.add(Expr.of(new TermExpr(ScalarTerm.bool(true, place)), place));
    }
    Body result = new Body(exprs);
    unused.check(body, result, used);
    return result;
  }

  /** Rewrites a body in a scope of its own. */
  @Override
  public Body body(Body body) {
    scopes.open();
    try {
      return body(body, Set.of());
    } finally {
      scopes.close();
    }
  }

  private @Nullable Expr statement(Expr expr) {
    if (expr.isCallOf(Operators.ASSIGN)) {
      return assignment(expr);
    }
    if (expr.form() instanceof SomeDecl some) {
      for (Var v : some.vars()) {
        if (!declare(v.name(), expr.location(), Scopes.Occurrence.DECLARED, expr.location())) {
          return null;
        }
      }
      return null;
    }
    if (expr.form() instanceof SomeIn some) {
      return someIn(expr, some);
    }
    return expr(expr);
  }

  private boolean declare(
      String name, Location place, Scopes.Occurrence how, @Nullable Location declaration) {
    Scopes.Occurrence before = scopes.occurrence(name);
    if (before != null) {
      error(place, before.refusal(name));
      return false;
    }
    String renamed = name.startsWith("__local") ? names.fresh() : names.freshFor(name);
    scopes.add(name, renamed, how, declaration);
    return true;
  }

  private void error(Location place, String message) {
    errors.add(RegoError.of(ErrorCode.COMPILE, place, message));
  }

  private Expr assignment(Expr expr) {
    if (expr.negated()) {
      error(expr.location(), "cannot assign vars inside negated expression");
      return expr;
    }
    CallExpr call = (CallExpr) expr.form();
    if (call.args().size() != 2) {
      return expr;
    }
    Term right = term(call.args().get(1));
    List<With> withs = new ArrayList<>();
    for (With w : expr.withs()) {
      withs.add(with(w));
    }
    Term left = target(call.args().get(0), expr.location());
    return expr.withForm(new CallExpr(call.operator(), List.of(left, right))).withWiths(withs);
  }

  private Term target(Term t, Location declaration) {
    if (t instanceof ArrayTerm array) {
      List<Term> elements = new ArrayList<>();
      array.elements().forEach(e -> elements.add(target(e, declaration)));
      return new ArrayTerm(elements, array.location());
    }
    if (t instanceof ObjectTerm object) {
      List<ObjectTerm.Entry> entries = new ArrayList<>();
      for (ObjectTerm.Entry e : object.entries()) {
        entries.add(new ObjectTerm.Entry(e.key(), target(e.value(), declaration)));
      }
      return new ObjectTerm(entries, object.location());
    }
    String name = t instanceof Var v ? v.name() : RootDocuments.wholeDocument(t);
    if (name == null) {
      error(t.location(), "cannot assign to " + TermNames.of(t));
      return t;
    }
    declare(name, t.location(), Scopes.Occurrence.ASSIGNED, declaration);
    return renamed(name, t);
  }

  private Term renamed(String name, Term otherwise) {
    Scopes.Entry e = scopes.find(name);
    return e == null ? otherwise : new Var(e.renamed, otherwise.location());
  }

  private @Nullable Expr someIn(Expr expr, SomeIn some) {
    Location place = expr.location();
    Term key = some.key() == null ? new Var(names.fresh(), place) : some.key();
    Term domain = some.domain();
    Ref ref =
        domain instanceof RefTerm r ? r.ref().append(key) : new Ref(List.of(domain)).append(key);
    RefTerm element = new RefTerm(ref, domain.location());
    Set<String> outer = VarScan.of(VarScan.Scope.ALL, domain);
    for (String v : new TreeSet<>(OutputVars.ofUnification(some.value(), element, outer))) {
      if (!declare(v, place, Scopes.Occurrence.DECLARED, place)) {
        return null;
      }
    }
    CallExpr form = Operators.callForm(Operators.UNIFY, place, some.value(), element);
    return expr(expr.withForm(form));
  }

  @Override
  public Expr expr(Expr expr) {
    Location outer = current;
    current = expr.location();
    try {
      return super.expr(expr);
    } finally {
      current = outer;
    }
  }

  @Override
  public ExprForm form(ExprForm form) {
    if (form instanceof Every every) {
      return every(every);
    }
    if (form instanceof NotBlock not) {
      return new NotBlock(body(not.body()));
    }
    if (form instanceof CallExpr call) {
      List<Term> args = terms(call.args());
      return new CallExpr(shadowedOperator(call.operator()), args);
    }
    return super.form(form);
  }

  /** A function's name that a variable hides becomes that variable, which no call can name. */
  private RefTerm shadowedOperator(RefTerm operator) {
    Scopes.Entry e = scopes.find(operator.ref().headName());
    if (e == null || e.renamed.equals(e.name)) {
      return operator;
    }
    Var head = new Var(e.renamed, operator.location());
    return new RefTerm(new Ref(List.of(head)).append(operator.ref().tail()), operator.location());
  }

  private Every every(Every every) {
    Location place = current;
    Term domain = term(every.domain());
    scopes.open();
    try {
      Var key =
          every.key() == null
              ? new Var(names.fresh(), every.value().location())
              : everyVar(every.key(), place);
      Var value = everyVar(every.value(), place);
      return new Every(key, value, domain, body(every.body(), Set.of()));
    } finally {
      scopes.close();
    }
  }

  private Var everyVar(Var v, Location place) {
    if (v.isWildcard()) {
      return v;
    }
    declare(v.name(), place, Scopes.Occurrence.DECLARED, null);
    return renamed(v.name(), v) instanceof Var r ? r : v;
  }

  @Override
  public Term term(Term term) {
    if (term instanceof Var v) {
      return variable(v);
    }
    String document = RootDocuments.wholeDocument(term);
    if (document != null) {
      Scopes.Entry e = scopes.find(document);
      return e == null || e.occurrence == Scopes.Occurrence.SEEN
          ? term
          : new Var(e.renamed, term.location());
    }
    if (term instanceof CallTerm call) {
      Scopes.Entry e = scopes.find(call.operator().ref().headName());
      if (e != null && !e.renamed.equals(e.name)) {
        error(call.location(), "called function " + call.operator() + " shadowed");
      }
    }
    return super.term(InOrder.of(term));
  }

  private Var variable(Var v) {
    Scopes.Entry e = scopes.find(v.name());
    if (e == null) {
      scopes.add(v.name(), v.name(), Scopes.Occurrence.SEEN, null);
      return v;
    }
    e.count++;
    return new Var(e.renamed, v.location());
  }

  @Override
  public With with(With with) {
    Term target = with.target();
    if (target instanceof RefTerm r && r.ref().headName().equals(RootDocuments.INPUT)) {
      // The document is replaced even where a variable hides it.
      List<Term> tail = terms(r.ref().tail());
      target = new RefTerm(r.ref().prefix(1).append(tail), r.location());
    } else {
      target = term(target);
    }
    return new With(target, term(with.value()), with.location());
  }

  @Override
  protected Term comprehension(Term term) {
    if (term instanceof ScalarTerm) {
      return term;
    }
    scopes.open();
    try {
      if (term instanceof ArrayComprehension c) {
        Body body = body(c.body(), VarScan.of(VarScan.Scope.ALL, c.head()));
        return new ArrayComprehension(term(c.head()), body, c.location());
      }
      if (term instanceof SetComprehension c) {
        Body body = body(c.body(), VarScan.of(VarScan.Scope.ALL, c.head()));
        return new SetComprehension(term(c.head()), body, c.location());
      }
      if (term instanceof ObjectComprehension c) {
        Body body = body(c.body(), VarScan.of(VarScan.Scope.ALL, List.of(c.key(), c.value())));
        return new ObjectComprehension(term(c.key()), term(c.value()), body, c.location());
      }
      return term;
    } finally {
      scopes.close();
    }
  }
}
