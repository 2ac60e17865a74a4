package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes calls out of terms: {@code f(g(x))} becomes {@code g(x, v); f(v)}; likewise the heads of
 * refs into something else than a variable ({@code [1, 2][i]}) and the domains of {@code every}.
 * For a negated expression the calls go outside of the negation. Not thread-safe.
 */
final class ExprTerms {
  private final LocalNames names;

  ExprTerms(LocalNames names) {
    this.names = names;
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    ExprTerms rewriter = new ExprTerms(c.names);
    c.forEachBranch(b -> rewriter.branch(b));
  }

  private void branch(BranchUnit b) {
    List<Expr> calls = new ArrayList<>();
    Head head = b.head;
    head = head.withArgs(terms(head.args(), calls));
    if (head.key() != null) {
      head = head.withKey(term(head.key(), calls));
    }
    if (head.value() != null) {
      head = head.withValue(term(head.value(), calls));
    }
    b.head = head;
    b.body = append(body(b.body), calls);
  }

  private static Body append(Body body, List<Expr> exprs) {
    if (exprs.isEmpty()) {
      return body;
    }
    List<Expr> all = new ArrayList<>(body.exprs());
    all.addAll(exprs);
    return new Body(all);
  }

  /** Rewrites a body and the bodies within. */
  Body body(Body body) {
    List<Expr> exprs = new ArrayList<>(body.size());
    for (Expr e : body) {
      expr(e, exprs);
    }
    return new Body(exprs);
  }

  private void expr(Expr expr, List<Expr> out) {
    List<With> withs = new ArrayList<>(expr.withs().size());
    for (With w : expr.withs()) {
      withs.add(new With(w.target(), term(w.value(), out), w.location()));
    }
    List<Expr> calls = new ArrayList<>();
    ExprForm form = form(expr.form(), calls);
    for (Expr call : calls) {
      out.add(withs.isEmpty() ? call : call.withWiths(withs));
    }
    out.add(expr.withForm(form).withWiths(withs));
  }

  private ExprForm form(ExprForm form, List<Expr> out) {
    if (form instanceof TermExpr t) {
      return new TermExpr(term(t.term(), out));
    }
    if (form instanceof CallExpr call) {
      return new CallExpr(call.operator(), terms(call.args(), out));
    }
    if (form instanceof Every every) {
      LocalNames.Capture capture = names.capture(every.domain());
      expr(capture.expr(), out);
      return new Every(every.key(), every.value(), capture.variable(), body(every.body()));
    }
    if (form instanceof NotBlock not) {
      return new NotBlock(body(not.body()));
    }
    return form;
  }

  private List<Term> terms(List<Term> terms, List<Expr> out) {
    List<Term> result = new ArrayList<>(terms.size());
    for (Term t : terms) {
      result.add(term(t, out));
    }
    return result;
  }

  private Term term(Term term, List<Expr> out) {
    if (term instanceof CallTerm call) {
      List<Term> args = terms(call.args(), out);
      Var output = new Var(names.fresh(), call.location());
      args.add(output);
      out.add(Expr.generated(new CallExpr(call.operator(), args), call.location()));
      return output;
    }
    if (term instanceof RefTerm r) {
      return new RefTerm(ref(r.ref(), out), r.location());
    }
    if (term instanceof ArrayTerm array) {
      return new ArrayTerm(terms(array.elements(), out), array.location());
    }
    if (term instanceof SetTerm set) {
      return new SetTerm(terms(set.elements(), out), set.location());
    }
    if (term instanceof ObjectTerm object) {
      List<ObjectTerm.Entry> entries = new ArrayList<>();
      for (ObjectTerm.Entry e : object.entries()) {
        Term key = term(e.key(), out);
        entries.add(new ObjectTerm.Entry(key, term(e.value(), out)));
      }
      return new ObjectTerm(entries, object.location());
    }
    return comprehension(term);
  }

  private Ref ref(Ref ref, List<Expr> out) {
    List<Term> elements = terms(ref.terms(), out);
    if (!(elements.get(0) instanceof Var) && !(elements.get(0) instanceof RefTerm)) {
      LocalNames.Capture capture = names.capture(elements.get(0));
      out.add(capture.expr());
      elements.set(0, capture.variable());
    }
    return new Ref(elements);
  }

  private Term comprehension(Term term) {
    List<Expr> calls = new ArrayList<>();
    if (term instanceof ArrayComprehension c) {
      Term head = term(c.head(), calls);
      return new ArrayComprehension(head, append(body(c.body()), calls), c.location());
    }
    if (term instanceof SetComprehension c) {
      Term head = term(c.head(), calls);
      return new SetComprehension(head, append(body(c.body()), calls), c.location());
    }
    if (term instanceof ObjectComprehension c) {
      Term key = term(c.key(), calls);
      Term value = term(c.value(), calls);
      return new ObjectComprehension(key, value, append(body(c.body()), calls), c.location());
    }
    return term;
  }
}
