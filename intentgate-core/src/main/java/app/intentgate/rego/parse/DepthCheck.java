package app.intentgate.rego.parse;

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
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.With;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the depth of a tree, so that what walks it may recurse. Brackets are bounded while
 * parsing; long chains of operators, which lean to the left, are bounded here.
 */
final class DepthCheck {
  private static final int MAX_DEPTH = 500;

  private int depth;

  private DepthCheck() {}

  static void check(RegoModule module) {
    DepthCheck check = new DepthCheck();
    for (Rule first : module.rules()) {
      for (Rule r = first; r != null; r = r.elseRule()) {
        check.head(r.head());
        check.body(r.body());
      }
    }
  }

  static void check(Body body) {
    new DepthCheck().body(body);
  }

  static void check(List<Term> terms) {
    new DepthCheck().terms(terms);
  }

  private void head(Head head) {
    terms(head.ref().tail());
    terms(head.args());
    term(head.key());
    term(head.value());
  }

  private void body(Body body) {
    body.exprs().forEach(this::expr);
  }

  private void expr(Expr expr) {
    form(expr.form());
    for (With w : expr.withs()) {
      term(w.target());
      term(w.value());
    }
  }

  private void form(ExprForm form) {
    if (form instanceof TermExpr t) {
      term(t.term());
    } else if (form instanceof CallExpr c) {
      terms(c.args());
      terms(c.operator().ref().terms());
    } else if (form instanceof SomeIn s) {
      term(s.key());
      term(s.value());
      term(s.domain());
    } else if (form instanceof Every e) {
      term(e.domain());
      body(e.body());
    } else if (form instanceof NotBlock n) {
      body(n.body());
    }
  }

  private void terms(List<? extends Term> terms) {
    terms.forEach(this::term);
  }

  private void term(@Nullable Term term) {
    if (term == null) {
      return;
    }
    if (++depth > MAX_DEPTH) {
      throw RegoParser.failure(term.location(), "max parsing recursion depth exceeded");
    }
    if (term instanceof RefTerm r) {
      terms(r.ref().terms());
    } else if (term instanceof CallTerm c) {
      terms(c.args());
      terms(c.operator().ref().terms());
    } else if (term instanceof ArrayTerm a) {
      terms(a.elements());
    } else if (term instanceof SetTerm s) {
      terms(s.elements());
    } else if (term instanceof ObjectTerm o) {
      for (ObjectTerm.Entry e : o.entries()) {
        term(e.key());
        term(e.value());
      }
    } else if (term instanceof TemplateString t) {
      for (TemplateString.Part p : t.parts()) {
        if (p instanceof TemplateString.Interpolation i) {
          expr(i.expr());
        }
      }
    } else {
      comprehension(term);
    }
    depth--;
  }

  private void comprehension(Term term) {
    if (term instanceof ArrayComprehension c) {
      term(c.head());
      body(c.body());
    } else if (term instanceof SetComprehension c) {
      term(c.head());
      body(c.body());
    } else if (term instanceof ObjectComprehension c) {
      term(c.key());
      term(c.value());
      body(c.body());
    }
  }
}
