package app.intentgate.rego;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the rows on which rules and expressions start; declarations do not count. */
final class CoverableRows extends AstVisitor {
  private final Map<String, SortedSet<Integer>> rows = new TreeMap<>();

  private CoverableRows() {}

  static Map<String, SortedSet<Integer>> of(List<RegoModule> modules) {
    CoverableRows finder = new CoverableRows();
    modules.forEach(finder::visit);
    return finder.rows;
  }

  @Override
  protected boolean enterRule(Rule rule) {
    add(rule.location());
    return true;
  }

  @Override
  protected boolean enterExpr(Expr expr) {
    if (!(expr.form() instanceof SomeDecl) && !(expr.form() instanceof SomeIn)) {
      add(expr.location());
    }
    return true;
  }

  private void add(Location location) {
    if (!location.file().isEmpty()) {
      rows.computeIfAbsent(location.file(), f -> new TreeSet<>()).add(location.row());
    }
  }
}
