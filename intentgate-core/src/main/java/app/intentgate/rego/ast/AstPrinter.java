package app.intentgate.rego.ast;

import app.intentgate.json.JsonString;
import app.intentgate.json.RegoText;
import app.intentgate.text.GoText;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints parts of a tree as OPA's error messages do: one line, {@code =} infix and every other
 * operator as a call ({@code plus(1, 2)}), sets and objects in the order of {@link TermOrder}.
 */
public final class AstPrinter {
  private final StringBuilder out = new StringBuilder();

  private AstPrinter() {}

  /** A term as Rego text. */
  public static String print(Term term) {
    AstPrinter p = new AstPrinter();
    p.term(term);
    return p.out.toString();
  }

  /** A ref as Rego text: {@code data.a["b c"][x]}. */
  public static String print(Ref ref) {
    AstPrinter p = new AstPrinter();
    p.ref(ref);
    return p.out.toString();
  }

  /** An expression as Rego text. */
  public static String print(Expr expr) {
    AstPrinter p = new AstPrinter();
    p.expr(expr);
    return p.out.toString();
  }

  /** The expressions of a body, separated by semicolons. */
  public static String print(Body body) {
    AstPrinter p = new AstPrinter();
    p.body(body);
    return p.out.toString();
  }

  /** A head as Rego text. */
  public static String print(Head head) {
    AstPrinter p = new AstPrinter();
    p.ref(head.ref());
    if (head.isFunction()) {
      p.terms("(", head.args(), ")");
    }
    if (head.key() != null) {
      p.out.append(" contains ");
      p.term(head.key());
    }
    if (head.value() != null && !head.generatedValue()) {
      p.out.append(head.assign() ? " := " : " = ");
      p.term(head.value());
    }
    return p.out.toString();
  }

  /** Whether a text can stand after a dot: a letter or underscore, then letters and digits. */
  public static boolean isDotName(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && (c > 'z' || !Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !Keywords.isReserved(text);
  }

  private void body(Body body) {
    String separator = "";
    for (Expr e : body) {
      out.append(separator);
      expr(e);
      separator = "; ";
    }
  }

  private void expr(Expr expr) {
    if (expr.negated()) {
      out.append("not ");
    }
    form(expr.form());
    for (With w : expr.withs()) {
      out.append(" with ");
      term(w.target());
      out.append(" as ");
      term(w.value());
    }
  }

  private void form(ExprForm form) {
    if (form instanceof TermExpr t) {
      term(t.term());
    } else if (form instanceof CallExpr c) {
      if (c.operatorName().equals(Operators.UNIFY) && c.args().size() == 2) {
        term(c.args().get(0));
        out.append(" = ");
        term(c.args().get(1));
      } else {
        call(c.operator(), c.args());
      }
    } else if (form instanceof SomeDecl d) {
      terms("some ", d.vars(), "");
    } else if (form instanceof SomeIn s) {
      out.append("some ");
      if (s.key() != null) {
        term(s.key());
        out.append(", ");
      }
      term(s.value());
      out.append(" in ");
      term(s.domain());
    } else if (form instanceof Every e) {
      out.append("every ");
      if (e.key() != null) {
        term(e.key());
        out.append(", ");
      }
      term(e.value());
      out.append(" in ");
      term(e.domain());
      out.append(" { ");
      body(e.body());
      out.append(" }");
    } else if (form instanceof NotBlock n) {
      out.append("not { ");
      body(n.body());
      out.append(" }");
    }
  }

  private void call(RefTerm operator, List<Term> args) {
    ref(operator.ref());
    terms("(", args, ")");
  }

  private void ref(Ref ref) {
    term(ref.head());
    for (Term t : ref.tail()) {
      if (t instanceof ScalarTerm s
          && s.value() instanceof JsonString text
          && isDotName(text.value())) {
        out.append('.').append(text.value());
      } else {
        out.append('[');
        term(t);
        out.append(']');
      }
    }
  }

  private void term(Term term) {
    if (term instanceof ScalarTerm s) {
      out.append(RegoText.of(s.value()));
    } else if (term instanceof Var v) {
      out.append(v.isWildcard() ? "_" : v.name());
    } else if (term instanceof RefTerm r) {
      ref(r.ref());
    } else if (term instanceof CallTerm c) {
      call(c.operator(), c.args());
    } else if (term instanceof ArrayTerm a) {
      terms("[", a.elements(), "]");
    } else if (term instanceof SetTerm s) {
      set(s);
    } else if (term instanceof ObjectTerm o) {
      object(o);
    } else if (term instanceof TemplateString t) {
      template(t);
    } else {
      comprehension(term);
    }
  }

  private void comprehension(Term term) {
    if (term instanceof ArrayComprehension c) {
      out.append('[');
      term(c.head());
      comprehensionBody(c.body(), ']');
    } else if (term instanceof SetComprehension c) {
      out.append('{');
      term(c.head());
      comprehensionBody(c.body(), '}');
    } else if (term instanceof ObjectComprehension c) {
      out.append('{');
      term(c.key());
      out.append(": ");
      term(c.value());
      comprehensionBody(c.body(), '}');
    }
  }

  private void comprehensionBody(Body body, char close) {
    out.append(" | ");
    body(body);
    out.append(close);
  }

  private void set(SetTerm set) {
    if (set.elements().isEmpty()) {
      out.append("set()");
      return;
    }
    List<Term> sorted = new ArrayList<>(set.elements());
    sorted.sort(TermOrder.INSTANCE);
    terms("{", sorted, "}");
  }

  private void object(ObjectTerm object) {
    List<ObjectTerm.Entry> sorted = new ArrayList<>(object.entries());
    sorted.sort((a, b) -> TermOrder.INSTANCE.compare(a.key(), b.key()));
    out.append('{');
    String separator = "";
    for (ObjectTerm.Entry e : sorted) {
      out.append(separator);
      term(e.key());
      out.append(": ");
      term(e.value());
      separator = ", ";
    }
    out.append('}');
  }

  private void template(TemplateString template) {
    char quote = template.multiLine() ? '`' : '"';
    out.append('$').append(quote);
    for (TemplateString.Part p : template.parts()) {
      if (p instanceof TemplateString.Interpolation i) {
        out.append('{');
        expr(i.expr());
        out.append('}');
      } else if (p instanceof TemplateString.Text t) {
        String quoted = GoText.quote(t.text());
        String inner = template.multiLine() ? t.text() : quoted.substring(1, quoted.length() - 1);
        out.append(inner.replace("{", "\\{"));
      }
    }
    out.append(quote);
  }

  private void terms(String open, List<? extends Term> terms, String close) {
    out.append(open);
    String separator = "";
    for (Term t : terms) {
      out.append(separator);
      term(t);
      separator = ", ";
    }
    out.append(close);
  }
}
