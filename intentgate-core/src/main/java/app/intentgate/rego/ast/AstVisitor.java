package app.intentgate.rego.ast;

/**
 * Walks a tree in the order of the source. Each {@code enter} method says whether to go on into the
 * node; all say yes unless overridden. Not thread-safe when its subclass has state.
 */
public abstract class AstVisitor {
  /** For subclasses. */
  protected AstVisitor() {}

  /** Called for each rule, else branches included. */
  protected boolean enterRule(Rule rule) {
    return true;
  }

  /** Called for each body: of rules, comprehensions, every and not. */
  protected boolean enterBody(Body body) {
    return true;
  }

  /** Called for each expression. */
  protected boolean enterExpr(Expr expr) {
    return true;
  }

  /** Called for each term, before its parts. */
  protected boolean enterTerm(Term term) {
    return true;
  }

  /** Called for the operator of each call, which is not visited as a term unless overridden. */
  protected void visitOperator(RefTerm operator) {}

  /** Called for each replacement; visits target and value. */
  protected void visitWith(With with) {
    visit(with.target());
    visit(with.value());
  }

  /** Visits all rules of a module. */
  public final void visit(RegoModule module) {
    module.rules().forEach(this::visit);
  }

  /** Visits head, body and else branches. */
  public final void visit(Rule rule) {
    if (!enterRule(rule)) {
      return;
    }
    visit(rule.head());
    visit(rule.body());
    if (rule.elseRule() != null) {
      visit(rule.elseRule());
    }
  }

  /** Visits the head's ref (without its name), parameters, key and value. */
  public final void visit(Head head) {
    head.ref().tail().forEach(this::visit);
    head.args().forEach(this::visit);
    if (head.key() != null) {
      visit(head.key());
    }
    if (head.value() != null) {
      visit(head.value());
    }
  }

  /** Visits the expressions. */
  public final void visit(Body body) {
    if (enterBody(body)) {
      body.exprs().forEach(this::visit);
    }
  }

  /** Visits what the expression says, then its replacements. */
  public final void visit(Expr expr) {
    if (!enterExpr(expr)) {
      return;
    }
    visitForm(expr.form());
    expr.withs().forEach(this::visitWith);
  }

  private void visitForm(ExprForm form) {
    if (form instanceof TermExpr t) {
      visit(t.term());
    } else if (form instanceof CallExpr c) {
      visitOperator(c.operator());
      c.args().forEach(this::visit);
    } else if (form instanceof SomeDecl d) {
      d.vars().forEach(this::visit);
    } else if (form instanceof SomeIn s) {
      if (s.key() != null) {
        visit(s.key());
      }
      visit(s.value());
      visit(s.domain());
    } else if (form instanceof Every e) {
      if (e.key() != null) {
        visit(e.key());
      }
      visit(e.value());
      visit(e.domain());
      visit(e.body());
    } else if (form instanceof NotBlock n) {
      visit(n.body());
    }
  }

  /** Visits a term and its parts. */
  public final void visit(Term term) {
    if (!enterTerm(term)) {
      return;
    }
    if (term instanceof RefTerm r) {
      r.ref().terms().forEach(this::visit);
    } else if (term instanceof CallTerm c) {
      visitOperator(c.operator());
      c.args().forEach(this::visit);
    } else if (term instanceof ArrayTerm a) {
      a.elements().forEach(this::visit);
    } else if (term instanceof SetTerm s) {
      s.elements().forEach(this::visit);
    } else if (term instanceof ObjectTerm o) {
      for (ObjectTerm.Entry e : o.entries()) {
        visit(e.key());
        visit(e.value());
      }
    } else if (term instanceof ArrayComprehension c) {
      visit(c.head());
      visit(c.body());
    } else if (term instanceof SetComprehension c) {
      visit(c.head());
      visit(c.body());
    } else if (term instanceof ObjectComprehension c) {
      visit(c.key());
      visit(c.value());
      visit(c.body());
    } else if (term instanceof TemplateString t) {
      for (TemplateString.Part p : t.parts()) {
        if (p instanceof TemplateString.Interpolation i) {
          visit(i.expr());
        }
      }
    }
  }
}
