package app.intentgate.rego.graphql;

import app.intentgate.rego.graphql.Token.Kind;
import app.intentgate.text.GoText;
import java.util.function.LongConsumer;

/** Cuts GraphQL into tokens; comments, commas and white space are dropped. */
final class Lexer {
  private final String text;
  private final LongConsumer charge;
  private int at;
  private int line = 1;

  /** The column of a place on this line, from 1. */
  private int column = 1;

  private int counted;
  private int tokenLine;
  private int tokenColumn;

  /** Reads a text; what takes longer than a token does is told while it goes on. */
  Lexer(String text, LongConsumer charge) {
    this.text = text;
    this.charge = charge;
  }

  /** The next token; the last one again and again at the end. */
  Token next() {
    skipIgnored();
    tokenLine = line;
    // From the last token on: lines may be as long as the text.
    column += text.codePointCount(counted, at);
    counted = at;
    tokenColumn = column;
    if (at >= text.length()) {
      return token(Kind.EOF, "");
    }
    char c = text.charAt(at);
    Kind punctuator = punctuator(c);
    if (punctuator != null) {
      at++;
      return token(punctuator, "");
    }
    if (text.startsWith("...", at)) {
      at += 3;
      return token(Kind.SPREAD, "");
    }
    if (isNameStart(c)) {
      int from = at;
      while (isNameStart(current()) || isDigit(current())) {
        at++;
      }
      return token(Kind.NAME, text.substring(from, at));
    }
    if (c == '-' || isDigit(c)) {
      return number();
    }
    if (c == '"') {
      return text.startsWith("\"\"\"", at) ? blockString() : string();
    }
    throw unexpected(c);
  }

  private static @org.jspecify.annotations.Nullable Kind punctuator(char c) {
    return switch (c) {
      case '!' -> Kind.BANG;
      case '$' -> Kind.DOLLAR;
      case '&' -> Kind.AMP;
      case '(' -> Kind.PAREN_L;
      case ')' -> Kind.PAREN_R;
      case ':' -> Kind.COLON;
      case '=' -> Kind.EQUALS;
      case '@' -> Kind.AT;
      case '[' -> Kind.BRACKET_L;
      case ']' -> Kind.BRACKET_R;
      case '{' -> Kind.BRACE_L;
      case '}' -> Kind.BRACE_R;
      case '|' -> Kind.PIPE;
      default -> null;
    };
  }

  private GraphqlException unexpected(char c) {
    if (c == '\'') {
      return problem(
          "Unexpected single quote character ('), did you mean to use a double quote (\")?");
    }
    if (c < ' ') {
      return problem("Cannot contain the invalid character " + GoText.quote(String.valueOf(c)));
    }
    String shown = GoText.quote(Character.toString(text.codePointAt(at)));
    return problem("Cannot parse the unexpected character " + shown + ".");
  }

  private GraphqlException problem(String what) {
    return new GraphqlException(what, tokenLine, tokenColumn);
  }

  private Token token(Kind kind, String value) {
    return new Token(kind, value, tokenLine, tokenColumn);
  }

  /** The character here; NUL at the end. */
  private char current() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isNameStart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipIgnored() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == '\n' || c == '\r') {
        newLine();
      } else if (c == ' ' || c == '\t' || c == ',' || c == '\ufeff') {
        at++;
      } else {
        return;
      }
    }
  }

  private void newLine() {
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
    column = 1;
    counted = at;
  }

  private Token number() {
    int from = at;
    if (current() == '-') {
      at++;
    }
    if (current() == '0') {
      at++;
      if (isDigit(current())) {
        throw problem("Invalid number, unexpected digit after 0: " + shown() + ".");
      }
    } else {
      digits();
    }
    boolean isFloat = current() == '.';
    if (isFloat) {
      at++;
      digits();
    }
    if (current() == 'e' || current() == 'E') {
      isFloat = true;
      at++;
      if (current() == '+' || current() == '-') {
        at++;
      }
      digits();
    }
    return token(isFloat ? Kind.FLOAT : Kind.INT, text.substring(from, at));
  }

  private void digits() {
    if (!isDigit(current())) {
      throw problem("Invalid number, expected digit but got: " + shown() + ".");
    }
    while (isDigit(current())) {
      at++;
    }
  }

  private String shown() {
    return at < text.length()
        ? GoText.quote(Character.toString(text.codePointAt(at)))
        : Kind.EOF.word();
  }

  private Token string() {
    at++;
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = current();
      if (at >= text.length() || c == '\n' || c == '\r') {
        throw problem("Unterminated string.");
      }
      if (c < ' ' && c != '\t') {
        throw problem("Invalid character within String: " + shown() + ".");
      }
      at++;
      if (c == '"') {
        return token(Kind.STRING, value.toString());
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = current();
    at++;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (c != 0 && plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (c == 'u' && at + 4 <= text.length()) {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        char c16 = text.charAt(at + i);
        int digit = c16 < 0x80 ? Character.digit(c16, 16) : -1;
        code = digit < 0 || code < 0 ? -1 : code * 16 + digit;
      }
      if (code >= 0) {
        at += 4;
        return (char) code;
      }
    }
    throw problem("Invalid character escape sequence: \\" + c + ".");
  }

  private Token blockString() {
    at += 3;
    StringBuilder raw = new StringBuilder();
    while (!text.startsWith("\"\"\"", at)) {
      char c = current();
      if (at >= text.length()) {
        throw problem("Unterminated string.");
      }
      if (text.startsWith("\\\"\"\"", at)) {
        raw.append("\"\"\"");
        at += 4;
      } else if (c == '\n' || c == '\r') {
        newLine();
        raw.append('\n');
      } else {
        raw.append(c);
        at++;
      }
    }
    at += 3;
    return token(Kind.BLOCK_STRING, BlockText.of(raw.toString(), charge));
  }
}
