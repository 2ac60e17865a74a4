package app.intentgate.rego.yaml;

import java.util.function.LongConsumer;

/** A text with a position in it, by character, line and column. */
final class YamlText {
  static final char END = 0;

  private final String text;
  private final LongConsumer charge;
  int at;
  private int line = 1;
  private int lineStart;

  /**
   * At the start of a text.
   *
   * @param charge told of each line that was read; may end the reading by an exception
   */
  YamlText(String text, LongConsumer charge) {
    this.text = text;
    this.charge = charge;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char current() {
    return at < text.length() ? text.charAt(at) : END;
  }

  char ahead(int distance) {
    return at + distance < text.length() ? text.charAt(at + distance) : END;
  }

  /** The column, from 0. */
  int column() {
    return at - lineStart;
  }

  int line() {
    return line;
  }

  void advance() {
    if (at < text.length() && text.charAt(at++) == '\n') {
      line++;
      lineStart = at;
      charge.accept(1);
    }
  }

  void advance(int count) {
    for (int i = 0; i < count; i++) {
      advance();
    }
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  String since(int from) {
    return text.substring(from, at);
  }

  /** Whether a character ends a token: a blank, a line break or the end. */
  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || isBreak(c);
  }

  static boolean isBreak(char c) {
    return c == '\n' || c == '\r' || c == END;
  }

  /** Past blanks of this line. */
  void skipBlanks() {
    while (current() == ' ' || current() == '\t') {
      advance();
    }
  }

  /** Past blanks, comments and line breaks. */
  void skipToContent() {
    while (!atEnd()) {
      skipBlanks();
      if (current() == '#') {
        skipLine();
      } else if (current() == '\n' || current() == '\r') {
        advance();
      } else {
        return;
      }
    }
  }

  /** As {@link #skipToContent}, outside of brackets, where tabs cannot indent. */
  void skipToBlockContent() {
    boolean fresh = column() == 0;
    while (!atEnd()) {
      while (current() == ' ') {
        advance();
      }
      if (fresh && current() == '\t') {
        throw problem("found character that cannot start any token");
      }
      skipBlanks();
      if (current() == '#') {
        skipLine();
      } else if (current() == '\n' || current() == '\r') {
        advance();
        fresh = true;
      } else {
        return;
      }
    }
  }

  /** To the end of this line, exclusive. */
  void skipLine() {
    while (!atEnd() && current() != '\n') {
      advance();
    }
  }

  /** Whether {@code ---} or {@code ...} stands at the start of this line. */
  boolean atDocumentMark() {
    return column() == 0 && (startsWith("---") || startsWith("...")) && isSpace(ahead(3));
  }

  YamlException problem(String what) {
    return new YamlException(line, what);
  }

  Mark mark() {
    return new Mark(at, line, lineStart);
  }

  void reset(Mark mark) {
    at = mark.at();
    line = mark.line();
    lineStart = mark.lineStart();
  }

  /** A position to go back to. */
  record Mark(int at, int line, int lineStart) {}
}
