package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;

/** A rule or a branch of its else chain while passes work on it. Not thread-safe. */
final class BranchUnit {
  Head head;
  Body body;
  final Rule source;
  final Location location;

  BranchUnit(Rule source) {
    this.source = source;
    this.head = source.head();
    this.body = source.body();
    this.location = source.location();
  }

  /** Puts expressions at the start of the body. */
  void prepend(List<Expr> exprs) {
    List<Expr> all = new ArrayList<>(exprs);
    all.addAll(body.exprs());
    body = new Body(all);
  }

  /** Puts expressions at the end of the body. */
  void append(List<Expr> exprs) {
    if (!exprs.isEmpty()) {
      List<Expr> all = new ArrayList<>(body.exprs());
      all.addAll(exprs);
      body = new Body(all);
    }
  }
}
