package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The variables of a body that nothing gives a value to, by expression. Not thread-safe. */
public final class UnsafeVars {
  /** Orders places by file, row and column. */
  public static final Comparator<Location> BY_PLACE =
      Comparator.comparing(Location::file)
          .thenComparingInt(Location::row)
          .thenComparingInt(Location::col);

  private static final Set<String> FUTURE_KEYWORDS = Set.of("in", "every", "contains", "if", "not");

  private final IdentityHashMap<Expr, Set<String>> byExpr = new IdentityHashMap<>();
  private final List<Expr> order = new ArrayList<>();

  /** Nothing so far. */
  public UnsafeVars() {}

  void add(Expr expr, Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    byExpr
        .computeIfAbsent(
            expr,
            e -> {
              order.add(e);
              return new LinkedHashSet<>();
            })
        .addAll(names);
  }

  /**
   * The errors: one per variable, at the first expression that needs it; or, when all of them were
   * made by passes, one per expression.
   *
   * @param sourceName gives the name a variable was written with
   */
  public List<RegoError> errors(UnaryOperator<String> sourceName) {
    Map<String, Location> first = new LinkedHashMap<>();
    for (Expr e : order) {
      for (String v : byExpr.getOrDefault(e, Set.of())) {
        first.merge(v, e.location(), (a, b) -> BY_PLACE.compare(a, b) <= 0 ? a : b);
      }
    }
    List<RegoError> errors = new ArrayList<>();
    first.forEach(
        (variable, place) -> {
          String name = sourceName.apply(variable);
          if (!name.startsWith("__local")) {
            errors.add(unsafe(name, place));
          }
        });
    errors.sort(Comparator.comparing(RegoError::location, BY_PLACE));
    return errors.isEmpty() ? expressionErrors() : errors;
  }

  /** The error for one variable. */
  public static RegoError unsafe(String name, Location place) {
    String shown = name.startsWith("$") ? "_" : name;
    String hint =
        FUTURE_KEYWORDS.contains(name)
            ? " (hint: `import future.keywords." + name + "` to import a future keyword)"
            : "";
    return RegoError.of(ErrorCode.UNSAFE_VAR, place, "var " + shown + " is unsafe" + hint);
  }

  private List<RegoError> expressionErrors() {
    List<Expr> exprs = new ArrayList<>(order);
    exprs.sort(Comparator.comparing(Expr::location, BY_PLACE));
    Set<String> seen = new HashSet<>();
    List<RegoError> errors = new ArrayList<>();
    for (Expr e : exprs) {
      if (seen.addAll(byExpr.getOrDefault(e, Set.of()))) {
        errors.add(RegoError.of(ErrorCode.UNSAFE_VAR, e.location(), "expression is unsafe"));
      }
    }
    return errors;
  }
}
