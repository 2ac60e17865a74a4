package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Comment;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Rego. All methods are safe for use by several threads, read any text without running out of
 * stack, and throw nothing but {@link RegoParseException}.
 */
public final class RegoParser {
  private RegoParser() {}

  /**
   * Reads a module.
   *
   * @param file the name that errors show
   * @param source the text
   * @param options the language version, known built-ins and limits
   * @throws RegoParseException when the text is no module
   */
  public static RegoModule parseModule(String file, String source, ParserOptions options) {
    StatementParser parser = parser(file, source, options);
    List<Statement> statements = parser.parse(true);
    List<Comment> comments = Chain.list(parser.state.comments);
    List<MetadataBlock> metadata = new MetadataReader(parser).read(comments);
    failOnErrors(parser);
    RegoModule module = new ModuleAssembler(options).module(file, statements, comments, metadata);
    DepthCheck.check(module);
    return module;
  }

  /**
   * Reads a query: one or more expressions, separated by semicolons or line breaks.
   *
   * @throws RegoParseException when the text is no query
   */
  public static Body parseQuery(String text, ParserOptions options) {
    return parseQuery("", text, options);
  }

  /**
   * Reads a query that has a name.
   *
   * @throws RegoParseException when the text is no query
   */
  public static Body parseQuery(String file, String text, ParserOptions options) {
    StatementParser parser = parser(file, text, options);
    List<Statement> statements = parser.parse(false);
    failOnErrors(parser);
    List<Expr> exprs = new ArrayList<>();
    for (Statement s : statements) {
      if (!(s instanceof Statement.OfBody b)) {
        throw failure(s.location(), "expected expressions, found a package or import");
      }
      exprs.addAll(b.body().exprs());
    }
    if (exprs.isEmpty()) {
      throw failure(Location.of(file, 1, 1), "empty query");
    }
    Body body = new Body(exprs);
    DepthCheck.check(body);
    return body;
  }

  /**
   * Reads a single term.
   *
   * @throws RegoParseException when the text is no term
   */
  public static Term parseTerm(String text, ParserOptions options) {
    Body body = parseQuery(text, options);
    Expr expr = body.get(0);
    if (body.size() == 1
        && !expr.negated()
        && expr.withs().isEmpty()
        && expr.form() instanceof TermExpr t) {
      return t.term();
    }
    throw failure(expr.location(), "expected exactly one term");
  }

  private static StatementParser parser(String file, String source, ParserOptions options) {
    if (source.length() > options.maxSourceChars()) {
      throw failure(
          Location.of(file, 1, 1),
          "source is longer than " + options.maxSourceChars() + " characters");
    }
    return new StatementParser(file, source, options);
  }

  private static void failOnErrors(StatementParser parser) {
    if (parser.hasErrors()) {
      throw new RegoParseException(parser.errors());
    }
  }

  static RegoParseException failure(Location place, String message) {
    return new RegoParseException(List.of(RegoError.of(ErrorCode.PARSE, place, message)));
  }
}
