package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes names for variables, all different and none of them written in the sources, and remembers
 * the names of the variables they stand for. Not thread-safe.
 */
public final class LocalNames {
  private final String prefix;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> sourceNames = new HashMap<>();
  private int next;

  private LocalNames(String prefix) {
    this.prefix = prefix;
  }

  /** Names for the variables of modules: {@code __local0__} and so on. */
  public static LocalNames forModules(List<RegoModule> modules) {
    LocalNames names = new LocalNames("__local");
    modules.forEach(names.new Taken()::visit);
    return names;
  }

  /** Names for the variables of a query: {@code __localq0__} and so on. */
  public static LocalNames forQuery(Body query) {
    LocalNames names = new LocalNames("__localq");
    names.new Taken().visit(query);
    return names;
  }

  /** A name for a variable that nothing in the source stands for. */
  String fresh() {
    String name;
    do {
      name = prefix + next++ + "__";
    } while (taken.contains(name));
    return name;
  }

  /** A name for a variable of the source. */
  String freshFor(String sourceName) {
    String name = fresh();
    sourceNames.put(name, sourceName);
    return name;
  }

  /** {@code x = term} for a new variable x; at the place of the term. */
  Capture capture(Term term) {
    return capture(term, List.of());
  }

  /** {@code x = term} for a new variable x, while something is replaced. */
  Capture capture(Term term, List<With> withs) {
    Location place = term.location();
    Var variable = new Var(fresh(), place);
    CallExpr form = Operators.callForm(Operators.UNIFY, place, variable, term);
    return new Capture(variable, Expr.generated(form, place).withWiths(withs));
  }

  /** A set of a term's values, empty when it is undefined; while something is replaced. */
  SetComprehension maybe(Term term, List<With> withs) {
    Location place = term.location();
    Var variable = new Var(fresh(), place);
    CallExpr form = Operators.callForm(Operators.UNIFY, place, variable, term);
    return new SetComprehension(variable, Body.of(Expr.of(form, place).withWiths(withs)), place);
  }

  /** A new variable, and the expression that gives it its value. */
  record Capture(Var variable, Expr expr) {}

  /** The names as written of the variables that {@link #freshFor} named. */
  public Map<String, String> sourceNames() {
    return sourceNames;
  }

  /** The name a variable was written with. */
  public String sourceName(String name) {
    return sourceNames.getOrDefault(name, name);
  }

  private final class Taken extends AstVisitor {
    @Override
    protected boolean enterTerm(Term term) {
      if (term instanceof Var v && v.isGenerated()) {
        taken.add(v.name());
      }
      return true;
    }
  }
}
