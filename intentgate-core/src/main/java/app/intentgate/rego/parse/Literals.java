package app.intentgate.rego.parse;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import org.jspecify.annotations.Nullable;

/** Numbers and strings as they are written. */
final class Literals {
  /** The greatest binary exponent of a number, either way. */
  private static final double MAX_BINARY_EXPONENT = 1e5;

  private static final double LOG2_OF_10 = 3.321928094887362;

  private Literals() {}

  /** At a sign, a decimal point or digits. */
  static @Nullable Term number(ParserBase p) {
    Location place = p.location();
    String prefix = "";
    if (p.at(Tok.SUB)) {
      prefix = "-";
      p.scan();
      if (!p.at(Tok.NUMBER) && !p.at(Tok.DOT)) {
        p.illegal("expected number");
        return null;
      }
    }
    boolean fraction = p.at(Tok.DOT);
    if (fraction) {
      p.scan();
      if (!p.at(Tok.NUMBER)) {
        p.illegal("expected number");
        return null;
      }
    }
    String text = p.state.text;
    if (!fraction && hasLeadingZero(text)) {
      p.illegal("expected number without leading zero");
      return null;
    }
    // Go's json.Number keeps ".5" as it is; a JSON number needs the zero.
    String whole = prefix + (fraction ? "0." + text : text);
    if (fraction && text.indexOf('.') >= 0) {
      p.illegal("invalid float");
      return null;
    }
    if (isTooBig(whole)) {
      p.error(p.location(), "number too big");
      return null;
    }
    return new ScalarTerm(JsonNumber.parse(whole), place);
  }

  private static boolean hasLeadingZero(String text) {
    if (text.length() < 2 || text.charAt(0) != '0' || text.charAt(1) == '.') {
      return false;
    }
    return text.length() == 2 || (text.charAt(1) != 'e' && text.charAt(1) != 'E');
  }

  /** Estimated from the decimal exponent, which is off by less than four in a hundred thousand. */
  private static boolean isTooBig(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = e < 0 ? text : text.substring(0, e);
    int first = 0;
    while (first < mantissa.length() && "-0.".indexOf(mantissa.charAt(first)) >= 0) {
      first++;
    }
    if (first == mantissa.length()) {
      return false; // zero
    }
    int point = mantissa.indexOf('.');
    int end = point < 0 ? mantissa.length() : point;
    double exponent = first < end ? end - first : end + 1.0 - first;
    if (e >= 0) {
      String digits = text.substring(e + 1);
      exponent += digits.length() > 12 ? Double.parseDouble(digits) : Long.parseLong(digits);
    }
    return Math.abs(exponent * LOG2_OF_10) > MAX_BINARY_EXPONENT;
  }

  /** At a string. */
  static @Nullable Term string(ParserBase p) {
    String text = p.state.text;
    if (text.length() < 2) {
      return null;
    }
    Location place = p.location();
    String inner = text.substring(1, text.length() - 1);
    if (text.charAt(0) == '`' || inner.indexOf('\\') < 0) {
      return ScalarTerm.string(inner, place);
    }
    String value = unescape(inner);
    if (value == null) {
      p.error(place, "illegal string literal: " + text);
      return null;
    }
    return ScalarTerm.string(value, place);
  }

  /** The text with JSON's escapes resolved, or null when one of them is wrong. */
  static @Nullable String unescape(String inner) {
    try {
      return JsonReader.parseRego('"' + inner + '"') instanceof JsonString s ? s.value() : null;
    } catch (JsonParseException e) {
      return null;
    }
  }
}
