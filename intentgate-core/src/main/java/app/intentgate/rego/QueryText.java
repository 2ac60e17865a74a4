package app.intentgate.rego;

import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;

/**
 * The expressions that a query is made of, for tools that show the value of each.
 *
 * @param expressions in the order in which they were written
 */
public record QueryText(List<Expression> expressions) {
  /** Copies the list. */
  public QueryText {
    expressions = List.copyOf(expressions);
  }

  /**
   * One expression.
   *
   * @param text as it was written
   * @param location where it starts
   * @param isTerm whether it has a value of its own, and does not only hold or not
   */
  public record Expression(String text, Location location, boolean isTerm) {}

  /**
   * Reads a query.
   *
   * @throws RegoCompileException when it is none
   */
  public static QueryText of(String query, boolean v0Compatible) {
    ParserOptions options =
        ParserOptions.ofDefaults().withVersion(v0Compatible ? RegoVersion.V0 : RegoVersion.V1);
    try {
      List<Expression> expressions = new ArrayList<>();
      for (Expr expr : RegoParser.parseQuery(query, options).exprs()) {
        boolean term = expr.form() instanceof TermExpr && !expr.negated() && expr.withs().isEmpty();
        String text = expr.location().text();
        expressions.add(
            new Expression(text.isEmpty() ? expr.toString() : text, expr.location(), term));
      }
      return new QueryText(expressions);
    } catch (RegoParseException e) {
      throw new RegoCompileException(e.errors());
    } catch (StackOverflowError | OutOfMemoryError e) {
      String message = "query needs more memory than there is";
      throw new RegoCompileException(
          List.of(RegoError.of(ErrorCode.COMPILE, Location.NONE, message)));
    }
  }
}
