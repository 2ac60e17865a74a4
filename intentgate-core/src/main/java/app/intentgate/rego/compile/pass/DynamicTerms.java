package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes refs and comprehensions out of arguments, collections and refs: {@code f(input.x)} becomes
 * {@code v = input.x; f(v)}. They keep their place as a side of {@code =} and as an expression of
 * their own. For a negated expression they go outside of the negation. Not thread-safe.
 */
final class DynamicTerms {
  private final LocalNames names;

  DynamicTerms(LocalNames names) {
    this.names = names;
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    DynamicTerms rewriter = new DynamicTerms(c.names);
    c.forEachBranch(b -> b.body = rewriter.body(b.body));
  }

  /** Rewrites a body and the bodies within. */
  Body body(Body body) {
    List<Expr> out = new ArrayList<>(body.size());
    for (Expr e : body) {
      Hoist hoist = new Hoist(e.withs(), out);
      ExprForm form = hoist.form(e.form());
      out.add(form == e.form() ? e : e.withForm(form));
    }
    return new Body(out);
  }

  /** What goes before one expression, under the same replacements. */
  private final class Hoist {
    private final List<With> withs;
    private final List<Expr> out;

    Hoist(List<With> withs, List<Expr> out) {
      this.withs = withs;
      this.out = out;
    }

    ExprForm form(ExprForm form) {
      if (form instanceof CallExpr call) {
        boolean unifies = call.operatorName().equals(Operators.UNIFY) && call.args().size() == 2;
        List<Term> args = new ArrayList<>(call.args().size());
        for (Term t : call.args()) {
          args.add(unifies ? side(t) : part(t));
        }
        return new CallExpr(call.operator(), args);
      }
      if (form instanceof Every every) {
        Term domain = part(every.domain());
        return new Every(every.key(), every.value(), domain, body(every.body()));
      }
      if (form instanceof NotBlock not) {
        return new NotBlock(body(not.body()));
      }
      return form instanceof TermExpr t ? new TermExpr(side(t.term())) : form;
    }

    private Term side(Term term) {
      if (term instanceof RefTerm r) {
        return new RefTerm(ref(r.ref()), r.location());
      }
      Term closure = closure(term);
      return closure == null ? part(term) : closure;
    }

    private Ref ref(Ref ref) {
      return ref.prefix(1).append(parts(ref.tail()));
    }

    private List<Term> parts(List<Term> terms) {
      List<Term> result = new ArrayList<>(terms.size());
      for (Term t : terms) {
        result.add(part(t));
      }
      return result;
    }

    private Term part(Term term) {
      if (term instanceof RefTerm r) {
        return captured(new RefTerm(ref(r.ref()), r.location()));
      }
      if (term instanceof ArrayTerm array) {
        return new ArrayTerm(parts(array.elements()), array.location());
      }
      if (term instanceof SetTerm set) {
        return new SetTerm(parts(set.elements()), set.location());
      }
      if (term instanceof ObjectTerm object) {
        List<ObjectTerm.Entry> entries = new ArrayList<>();
        for (ObjectTerm.Entry e : object.entries()) {
          Term key = part(e.key());
          entries.add(new ObjectTerm.Entry(key, part(e.value())));
        }
        return new ObjectTerm(entries, object.location());
      }
      Term closure = closure(term);
      return closure == null ? term : captured(closure);
    }

    private Term captured(Term term) {
      LocalNames.Capture capture = names.capture(term, withs);
      out.add(capture.expr());
      return capture.variable();
    }

    private @Nullable Term closure(Term term) {
      if (term instanceof ArrayComprehension c) {
        return new ArrayComprehension(c.head(), body(c.body()), c.location());
      }
      if (term instanceof SetComprehension c) {
        return new SetComprehension(c.head(), body(c.body()), c.location());
      }
      if (term instanceof ObjectComprehension c) {
        return new ObjectComprehension(c.key(), c.value(), body(c.body()), c.location());
      }
      return null;
    }
  }
}
