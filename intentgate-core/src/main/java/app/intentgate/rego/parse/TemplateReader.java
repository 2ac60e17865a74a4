package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads template strings: texts from the scanner, and between them expressions in braces. */
final class TemplateReader {
  private TemplateReader() {}

  /** At the first part; the last part stays the current token. */
  static @Nullable Term read(TermParser p, boolean raw) {
    Location place = p.location();
    if (!p.options.isV1()) {
      p.error(place, "template strings are not supported by current capabilities");
      return null;
    }
    List<TemplateString.Part> parts = new ArrayList<>();
    while (true) {
      String text = text(p, raw, parts.isEmpty() ? '"' : '}');
      if (text == null) {
        return null;
      }
      if (!text.isEmpty()) {
        parts.add(new TemplateString.Text(text));
      }
      if (p.at(Tok.TEMPLATE_END) || p.at(Tok.RAW_TEMPLATE_END)) {
        return new TemplateString(parts, raw, place);
      }
      p.scan();
      Expr expr = p.parseLiteral();
      if (expr == null) {
        p.error(p.location(), "invalid template-string expression");
        return null;
      }
      String wrong = wrongExpression(expr);
      if (wrong != null) {
        p.error(expr.location(), "unexpected " + wrong + " in template-string expression");
        return null;
      }
      parts.add(new TemplateString.Interpolation(expr));
      if (!p.at(Tok.RBRACE)) {
        p.error(p.location(), "expected } to end template string expression");
        return null;
      }
      p.scan(false, raw ? Scanner.Mode.RAW_TEMPLATE : Scanner.Mode.TEMPLATE);
    }
  }

  /**
   * The text of a part.
   *
   * @param opening what stands before it, which the message shows with it
   */
  private static @Nullable String text(TermParser p, boolean raw, char opening) {
    if (p.at(Tok.ILLEGAL)) {
      p.error(p.location(), "expected template-string part");
      return null;
    }
    String written = p.state.text;
    if (raw || written.indexOf('\\') < 0) {
      return written;
    }
    String text = Literals.unescape(written);
    if (text == null) {
      char closing = p.at(Tok.TEMPLATE_END) ? '"' : '{';
      p.error(p.location(), "illegal template-string part: " + opening + written + closing);
    }
    return text;
  }

  private static @Nullable String wrongExpression(Expr expr) {
    if (expr.negated() || expr.form() instanceof NotBlock) {
      return "negation ('not')";
    }
    if (expr.isCallOf(Operators.UNIFY)) {
      return "unification ('=')";
    }
    if (expr.isCallOf(Operators.ASSIGN)) {
      return "assignment (':=')";
    }
    if (expr.form() instanceof Every) {
      return "'every'";
    }
    return expr.form() instanceof SomeDecl || expr.form() instanceof SomeIn ? "'some'" : null;
  }
}
