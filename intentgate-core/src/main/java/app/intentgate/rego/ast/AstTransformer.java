package app.intentgate.rego.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a tree. Every method rewrites the parts of its node and gives the same node back when
 * none of them changed; subclasses override what they care about and call {@code super} for the
 * rest. Not thread-safe when its subclass has state.
 */
public abstract class AstTransformer {
  /** For subclasses. */
  protected AstTransformer() {}

  /** Rewrites the rules of a module. */
  public RegoModule module(RegoModule module) {
    List<Rule> rules = list(module.rules(), this::rule);
    return rules == module.rules() ? module : module.withRules(rules);
  }

  /** Rewrites head, body and else branches. */
  public Rule rule(Rule rule) {
    Head head = head(rule.head());
    Body body = body(rule.body());
    Rule next = rule.elseRule() == null ? null : rule(rule.elseRule());
    if (head == rule.head() && body == rule.body() && next == rule.elseRule()) {
      return rule;
    }
    return rule.withHead(head).withBody(body).withElse(next);
  }

  /** Rewrites the elements of the head's ref (without its name), parameters, key and value. */
  public Head head(Head head) {
    List<Term> oldTail = head.ref().tail();
    List<Term> tail = terms(oldTail);
    List<Term> args = terms(head.args());
    Term key = head.key() == null ? null : term(head.key());
    Term value = head.value() == null ? null : term(head.value());
    Ref ref = tail == oldTail ? head.ref() : head.ref().prefix(1).append(tail);
    if (ref == head.ref() && args == head.args() && key == head.key() && value == head.value()) {
      return head;
    }
    return head.withRef(ref).withArgs(args).withKey(key).withValue(value);
  }

  /** Rewrites the expressions of a body. */
  public Body body(Body body) {
    List<Expr> exprs = list(body.exprs(), this::expr);
    return exprs == body.exprs() ? body : new Body(exprs);
  }

  /** Rewrites what an expression says and its replacements. */
  public Expr expr(Expr expr) {
    ExprForm form = form(expr.form());
    List<With> withs = list(expr.withs(), this::with);
    return form == expr.form() && withs == expr.withs()
        ? expr
        : new Expr(form, expr.negated(), withs, expr.generated(), expr.location());
  }

  /** Rewrites target and value. */
  public With with(With with) {
    Term target = term(with.target());
    Term value = term(with.value());
    return target == with.target() && value == with.value()
        ? with
        : new With(target, value, with.location());
  }

  /** Rewrites the operator of a call; left alone unless overridden. */
  public RefTerm operator(RefTerm operator) {
    return operator;
  }

  /**
   * Rewrites what an expression says. A term that becomes a call turns into a {@link CallExpr}; a
   * variable of {@code some} or {@code every} that becomes something else is left alone.
   */
  public ExprForm form(ExprForm form) {
    if (form instanceof TermExpr t) {
      Term term = term(t.term());
      if (term instanceof CallTerm c) {
        return new CallExpr(c.operator(), c.args());
      }
      return term == t.term() ? t : new TermExpr(term);
    }
    if (form instanceof CallExpr c) {
      RefTerm operator = operator(c.operator());
      List<Term> args = terms(c.args());
      return operator == c.operator() && args == c.args() ? c : new CallExpr(operator, args);
    }
    if (form instanceof SomeDecl d) {
      List<Var> vars = list(d.vars(), this::declaredVar);
      return vars == d.vars() ? d : new SomeDecl(vars);
    }
    if (form instanceof SomeIn s) {
      Term key = s.key() == null ? null : term(s.key());
      Term value = term(s.value());
      Term domain = term(s.domain());
      return key == s.key() && value == s.value() && domain == s.domain()
          ? s
          : new SomeIn(key, value, domain);
    }
    if (form instanceof Every e) {
      Var key = e.key() == null ? null : declaredVar(e.key());
      Var value = declaredVar(e.value());
      Term domain = term(e.domain());
      Body body = body(e.body());
      return key == e.key() && value == e.value() && domain == e.domain() && body == e.body()
          ? e
          : new Every(key, value, domain, body);
    }
    NotBlock not = (NotBlock) form;
    Body body = body(not.body());
    return body == not.body() ? not : new NotBlock(body);
  }

  private Var declaredVar(Var v) {
    return term(v) instanceof Var changed ? changed : v;
  }

  /** Rewrites the elements of a ref, its head included. */
  public Ref ref(Ref ref) {
    List<Term> terms = terms(ref.terms());
    return terms == ref.terms() ? ref : new Ref(terms);
  }

  /** Rewrites a term: its parts, by kind. */
  public Term term(Term term) {
    if (term instanceof RefTerm r) {
      Ref ref = ref(r.ref());
      return ref == r.ref() ? r : new RefTerm(ref, r.location());
    }
    if (term instanceof CallTerm c) {
      RefTerm operator = operator(c.operator());
      List<Term> args = terms(c.args());
      return operator == c.operator() && args == c.args()
          ? c
          : new CallTerm(operator, args, c.location());
    }
    if (term instanceof ArrayTerm a) {
      List<Term> elements = terms(a.elements());
      return elements == a.elements() ? a : new ArrayTerm(elements, a.location());
    }
    if (term instanceof SetTerm s) {
      List<Term> elements = terms(s.elements());
      return elements == s.elements() ? s : new SetTerm(elements, s.location());
    }
    if (term instanceof ObjectTerm o) {
      List<ObjectTerm.Entry> entries = list(o.entries(), this::entry);
      return entries == o.entries() ? o : new ObjectTerm(entries, o.location());
    }
    if (term instanceof TemplateString t) {
      List<TemplateString.Part> parts = list(t.parts(), this::part);
      return parts == t.parts() ? t : new TemplateString(parts, t.multiLine(), t.location());
    }
    return comprehension(term);
  }

  /** Rewrites a comprehension: what it collects, then its body. Gives other terms back. */
  protected Term comprehension(Term term) {
    if (term instanceof ArrayComprehension c) {
      Term head = term(c.head());
      Body body = body(c.body());
      return head == c.head() && body == c.body()
          ? c
          : new ArrayComprehension(head, body, c.location());
    }
    if (term instanceof SetComprehension c) {
      Term head = term(c.head());
      Body body = body(c.body());
      return head == c.head() && body == c.body()
          ? c
          : new SetComprehension(head, body, c.location());
    }
    if (term instanceof ObjectComprehension c) {
      Term key = term(c.key());
      Term value = term(c.value());
      Body body = body(c.body());
      return key == c.key() && value == c.value() && body == c.body()
          ? c
          : new ObjectComprehension(key, value, body, c.location());
    }
    return term;
  }

  private ObjectTerm.Entry entry(ObjectTerm.Entry e) {
    Term key = term(e.key());
    Term value = term(e.value());
    return key == e.key() && value == e.value() ? e : new ObjectTerm.Entry(key, value);
  }

  private TemplateString.Part part(TemplateString.Part p) {
    if (p instanceof TemplateString.Interpolation i) {
      Expr expr = expr(i.expr());
      return expr == i.expr() ? i : new TemplateString.Interpolation(expr);
    }
    return p;
  }

  /** Rewrites a list of terms; the same list when nothing changed. */
  public final List<Term> terms(List<Term> terms) {
    return list(terms, this::term);
  }

  private static <T> List<T> list(List<T> items, UnaryOperator<T> rewrite) {
    @Nullable List<T> changed = null;
    for (int i = 0; i < items.size(); i++) {
      T was = items.get(i);
      T is = rewrite.apply(was);
      if (changed == null && is != was) {
        changed = new ArrayList<>(items.subList(0, i));
      }
      if (changed != null) {
        changed.add(is);
      }
    }
    return changed == null ? items : List.copyOf(changed);
  }
}
