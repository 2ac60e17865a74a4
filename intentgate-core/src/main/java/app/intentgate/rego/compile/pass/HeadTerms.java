package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves what has to be evaluated from heads into bodies: {@code [x.y | …]} becomes {@code [v | …; v
 * = x.y]}, and {@code p := x.y if …} becomes {@code p := v if …; v = x.y}. Not thread-safe.
 */
final class HeadTerms extends AstTransformer {
  private final LocalNames names;

  HeadTerms(LocalNames names) {
    this.names = names;
  }

  /** The pass over the comprehensions of modules. */
  static void rewriteComprehensions(Compilation c) {
    HeadTerms rewriter = new HeadTerms(c.names);
    c.forEachBranch(
        b -> {
          b.head = rewriter.head(b.head);
          b.body = rewriter.body(b.body);
        });
  }

  /** The pass over the heads of rules. */
  static void rewriteRules(Compilation c) {
    HeadTerms rewriter = new HeadTerms(c.names);
    c.forEachBranch(rewriter::rule);
  }

  private void rule(BranchUnit b) {
    List<Expr> captures = new ArrayList<>();
    if (b.head.key() != null) {
      b.head = b.head.withKey(moved(b.head.key(), captures));
    }
    if (b.head.value() != null) {
      b.head = b.head.withValue(moved(b.head.value(), captures));
    }
    List<Term> args = new ArrayList<>();
    b.head.args().forEach(a -> args.add(moved(a, captures)));
    b.head = b.head.withArgs(args);
    b.append(captures);
  }

  private Term moved(Term term, List<Expr> captures) {
    if (!Evaluated.test(term)) {
      return term;
    }
    LocalNames.Capture capture = names.capture(term);
    captures.add(capture.expr());
    return capture.variable();
  }

  @Override
  protected Term comprehension(Term term) {
    Term inner = super.comprehension(term);
    List<Expr> captures = new ArrayList<>();
    if (inner instanceof ArrayComprehension c) {
      Term head = moved(c.head(), captures);
      return new ArrayComprehension(head, append(c.body(), captures), c.location());
    }
    if (inner instanceof SetComprehension c) {
      Term head = moved(c.head(), captures);
      return new SetComprehension(head, append(c.body(), captures), c.location());
    }
    if (inner instanceof ObjectComprehension c) {
      Term key = moved(c.key(), captures);
      Term value = moved(c.value(), captures);
      return new ObjectComprehension(key, value, append(c.body(), captures), c.location());
    }
    return inner;
  }

  private static Body append(Body body, List<Expr> exprs) {
    List<Expr> all = new ArrayList<>(body.exprs());
    all.addAll(exprs);
    return new Body(all);
  }
}
