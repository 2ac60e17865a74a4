package app.intentgate.rego.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into tokens, one at a time from any position; it keeps no state, so that the parser
 * can go back for the price of a {@link Mark}. Whitespace is a token too: refs end at it.
 */
final class Scanner {
  /** How a token is to be read. */
  enum Mode {
    /** As it stands. */
    PLAIN,
    /** As the next part of a template string in double quotes. */
    TEMPLATE,
    /** As the next part of a template string in back quotes. */
    RAW_TEMPLATE
  }

  private static final int END = -1;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String source;

  Scanner(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  /** The position of the first token: a byte order mark is passed over. */
  Mark start() {
    if (source.isEmpty()) {
      return new Mark(0, 1, 0);
    }
    if (source.charAt(0) == BYTE_ORDER_MARK) {
      return new Run(new Mark(0, 1, 1)).after();
    }
    return source.charAt(0) == '\n' ? new Mark(0, 2, 0) : new Mark(0, 1, 1);
  }

  /** The token at a position. At the end of the source: {@link Tok#EOF}, again and again. */
  Token scan(Mark at, Mode mode) {
    Run run = new Run(at);
    Tok kind;
    String text;
    if (mode != Mode.PLAIN) {
      kind = run.template(mode == Mode.RAW_TEMPLATE);
      text = run.text();
    } else {
      kind = run.plain();
      text = run.text == null ? source.substring(at.offset(), run.offset) : run.text();
    }
    return new Token(kind, text, at, run.here(), run.errors);
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDecimal(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetterOrDigit(int c) {
    return isLetter(c) || isDecimal(c) || (c >= 0x80 && Character.isDigit(c));
  }

  /** Reads one token. */
  private final class Run {
    private int offset;
    private int row;
    private int col;
    private int current;
    private List<String> errors = List.of();

    /** The text of a template's part; other tokens have none. */
    private @Nullable StringBuilder text;

    Run(Mark at) {
      offset = at.offset();
      row = at.row();
      col = at.col();
      current = codeAt(offset);
      if (offset == 0 || (offset == 1 && source.charAt(0) == BYTE_ORDER_MARK)) {
        check(); // later characters are checked when the one before is passed
      }
    }

    String text() {
      return String.valueOf(text);
    }

    Mark here() {
      return new Mark(offset, row, col);
    }

    Mark after() {
      advance();
      return here();
    }

    private int codeAt(int index) {
      return index >= source.length() ? END : source.codePointAt(index);
    }

    private void advance() {
      if (current == END) {
        return;
      }
      offset += Character.charCount(current);
      current = codeAt(offset);
      if (current == END) {
        return;
      }
      if (current == '\n') {
        row++;
        col = 0;
      } else {
        col++;
      }
      check();
    }

    /** Characters that may stand nowhere. */
    private void check() {
      if (current == 0) {
        error("illegal null character");
      } else if (current >= 0xD800 && current <= 0xDFFF) {
        error("illegal utf-8 character");
      } else if (current == BYTE_ORDER_MARK && offset > 0) {
        error("illegal byte-order mark");
      }
    }

    private void error(String message) {
      if (errors.isEmpty()) {
        errors = new ArrayList<>();
      }
      errors.add(message);
    }

    Tok plain() {
      int c = current;
      if (isLetter(c)) {
        while (isLetterOrDigit(current)) {
          advance();
        }
        return Tok.IDENT;
      }
      if (isDecimal(c)) {
        number();
        return Tok.NUMBER;
      }
      advance();
      return switch (c) {
        case END -> Tok.EOF;
        case ' ', '\t', '\n', '\r' -> Tok.WHITESPACE;
        case '#' -> comment();
        case '"' -> string();
        case '`' -> rawString();
        case '$' -> dollar();
        case '[' -> Tok.LBRACK;
        case ']' -> Tok.RBRACK;
        case '{' -> Tok.LBRACE;
        case '}' -> Tok.RBRACE;
        case '(' -> Tok.LPAREN;
        case ')' -> Tok.RPAREN;
        case ',' -> Tok.COMMA;
        case ';' -> Tok.SEMICOLON;
        case '.' -> Tok.DOT;
        case '+' -> Tok.ADD;
        case '-' -> Tok.SUB;
        case '*' -> Tok.MUL;
        case '/' -> Tok.QUO;
        case '%' -> Tok.REM;
        case '&' -> Tok.AND;
        case '|' -> Tok.OR;
        case ':' -> withEquals(Tok.ASSIGN, Tok.COLON);
        case '=' -> withEquals(Tok.EQUAL, Tok.UNIFY);
        case '>' -> withEquals(Tok.GTE, Tok.GT);
        case '<' -> withEquals(Tok.LTE, Tok.LT);
        case '!' -> bang();
        default -> Tok.ILLEGAL;
      };
    }

    private Tok withEquals(Tok with, Tok without) {
      if (current == '=') {
        advance();
        return with;
      }
      return without;
    }

    private Tok bang() {
      Tok kind = withEquals(Tok.NEQ, Tok.ILLEGAL);
      if (kind == Tok.ILLEGAL) {
        error("illegal ! character");
      }
      return kind;
    }

    private Tok comment() {
      while (current != '\n' && current != END) {
        advance();
      }
      return Tok.COMMENT;
    }

    private void number() {
      digits();
      if (current == '.') {
        advance();
        if (!digits()) {
          error("expected fraction");
        }
      }
      if (current == 'e' || current == 'E') {
        advance();
        if (current == '+' || current == '-') {
          advance();
        }
        if (!digits()) {
          error("expected exponent");
        }
      }
      if (isLetter(current)) {
        error("illegal number format");
        while (isLetterOrDigit(current)) {
          advance();
        }
      }
    }

    private boolean digits() {
      boolean any = false;
      while (isDecimal(current)) {
        advance();
        any = true;
      }
      return any;
    }

    private Tok string() {
      while (true) {
        int c = current;
        if (c == '\n' || c == END) {
          error("non-terminated string");
          return Tok.STRING;
        }
        advance();
        if (c == '"') {
          return Tok.STRING;
        }
        if (c == '\\') {
          escape();
        }
      }
    }

    /** After a backslash. Four characters belong to {@code \\u}, whatever they are. */
    private void escape() {
      switch (current) {
        case '\\', '"', '/', 'b', 'f', 'n', 'r', 't' -> advance();
        case 'u' -> {
          for (int i = 0; i < 4; i++) {
            advance();
          }
        }
        default -> error("illegal escape sequence");
      }
    }

    private Tok rawString() {
      while (true) {
        int c = current;
        advance();
        if (c == '`') {
          return Tok.STRING;
        }
        if (c == END) {
          error("non-terminated string");
          return Tok.STRING;
        }
      }
    }

    private Tok dollar() {
      if (current == '"' || current == '`') {
        boolean raw = current == '`';
        advance();
        return template(raw);
      }
      error("illegal $ character");
      return Tok.ILLEGAL;
    }

    /** Up to the closing quote or the next opening brace; the text between is kept. */
    Tok template(boolean raw) {
      StringBuilder part = new StringBuilder();
      text = part;
      while (true) {
        int c = current;
        if (c == END || (c == '\n' && !raw)) {
          error("non-terminated string");
          return raw ? Tok.RAW_TEMPLATE_PART : Tok.TEMPLATE_PART;
        }
        advance();
        if (c == (raw ? '`' : '"')) {
          return raw ? Tok.RAW_TEMPLATE_END : Tok.TEMPLATE_END;
        }
        if (c == '{') {
          return raw ? Tok.RAW_TEMPLATE_PART : Tok.TEMPLATE_PART;
        }
        if (c == '\\' && current == '{') {
          part.append('{');
          advance();
        } else if (c == '\\' && !raw) {
          int from = offset - 1;
          escape();
          part.append(source, from, Math.max(offset, from));
        } else {
          part.appendCodePoint(c);
        }
      }
    }
  }
}
