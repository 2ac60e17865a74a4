package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns template strings into calls of {@code internal.template_string}: {@code $"a {x}"} becomes
 * {@code internal.template_string(["a ", {v | v = x}])}, so that an undefined part is an empty set
 * and not the end of the evaluation. Not thread-safe.
 */
final class TemplateStrings extends AstTransformer {
  private static final String FUNCTION = "internal.template_string";

  private final LocalNames names;
  private final ErrorSink errors;

  TemplateStrings(LocalNames names, ErrorSink errors) {
    this.names = names;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    TemplateStrings rewriter = new TemplateStrings(c.names, c.errors);
    c.forEachBranch(
        b -> {
          b.head = rewriter.head(b.head);
          b.body = rewriter.body(b.body);
        });
  }

  @Override
  public Term term(Term term) {
    Term inner = super.term(term);
    return inner instanceof TemplateString t ? call(t) : inner;
  }

  private Term call(TemplateString template) {
    Location place = template.location();
    List<Term> parts = new ArrayList<>();
    for (TemplateString.Part p : template.parts()) {
      if (p instanceof TemplateString.Text text) {
        parts.add(ScalarTerm.string(text.text(), place));
      } else {
        parts.add(maybe(((TemplateString.Interpolation) p).expr()));
      }
    }
    if (parts.isEmpty()) {
      return ScalarTerm.string("", place);
    }
    if (parts.size() == 1 && parts.get(0) instanceof ScalarTerm text) {
      return text;
    }
    return Operators.call(FUNCTION, place, new ArrayTerm(parts, place));
  }

  /** A set of the expression's value, empty when it is undefined. */
  private Term maybe(Expr expr) {
    Location place = expr.location();
    Term value;
    if (expr.form() instanceof CallExpr call) {
      value = new CallTerm(call.operator(), call.args(), place);
    } else if (expr.form() instanceof TermExpr t) {
      value = t.term();
    } else {
      throw new IllegalStateException("a template holds terms and calls only");
    }
    if (value instanceof ScalarTerm text && text.asString() != null) {
      return text;
    }
    Wildcards.refuse(value, errors);
    return names.maybe(value, expr.withs());
  }
}
