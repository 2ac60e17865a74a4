package app.intentgate.rego.yaml;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;

/** Reads scalars: plain, quoted, and blocks of lines. */
final class YamlScalars {
  private final YamlText in;
  private final YamlWords words;

  YamlScalars(YamlText in, YamlWords words) {
    this.in = in;
    this.words = words;
  }

  /**
   * A plain or quoted scalar.
   *
   * @param parentIndent lines indented deeper than this belong to it
   * @param flow whether it is a key or within a flow collection, where some characters end it
   */
  JsonValue scalar(int parentIndent, boolean flow) {
    return switch (in.current()) {
      case '"' -> JsonString.of(doubleQuoted());
      case '\'' -> JsonString.of(singleQuoted());
      default -> {
        String text = plain(parentIndent, flow);
        if (words == YamlWords.V1_1 && PlainScalars.isBeyondJson(text)) {
          throw in.problem("unsupported value: " + text);
        }
        yield PlainScalars.resolve(text, words);
      }
    };
  }

  /** A key in block style: to the colon, brackets included. */
  JsonValue key() {
    return switch (in.current()) {
      case '"' -> JsonString.of(doubleQuoted());
      case '\'' -> JsonString.of(singleQuoted());
      default -> {
        StringBuilder out = new StringBuilder();
        plainLine(out, false);
        if (out.isEmpty()) {
          throw in.problem("did not find expected key");
        }
        yield PlainScalars.resolve(out.toString(), words);
      }
    };
  }

  // --- plain

  private String plain(int parentIndent, boolean flow) {
    StringBuilder out = new StringBuilder();
    plainLine(out, flow);
    if (out.isEmpty()) {
      throw in.problem("did not find expected node content");
    }
    while (!flow) {
      YamlText.Mark before = in.mark();
      int line = in.line();
      in.skipBlanks();
      if (in.current() == '#' || !YamlText.isBreak(in.current())) {
        break;
      }
      skipEmptyLines();
      int breaks = in.line() - line;
      if (in.atEnd() || in.column() <= parentIndent || in.current() == '#' || in.atDocumentMark()) {
        in.reset(before);
        break;
      }
      fold(out, breaks);
      plainLine(out, false);
      if (in.current() == ':') {
        throw in.problem("mapping values are not allowed in this context");
      }
    }
    return out.toString();
  }

  private void skipEmptyLines() {
    while (!in.atEnd() && YamlText.isSpace(in.current())) {
      in.advance();
    }
  }

  /** A single line break is a space, n of them are n-1. */
  private static void fold(StringBuilder out, int breaks) {
    if (breaks == 1) {
      out.append(' ');
    } else {
      out.append("\n".repeat(Math.max(0, breaks - 1)));
    }
  }

  private void plainLine(StringBuilder out, boolean flow) {
    int from = in.at;
    int end = from;
    while (!YamlText.isBreak(in.current())) {
      char c = in.current();
      boolean spaceNext = YamlText.isSpace(in.ahead(1));
      if (c == ':' && (spaceNext || (flow && ",[]{}".indexOf(in.ahead(1)) >= 0))) {
        break;
      }
      if (flow && ",[]{}".indexOf(c) >= 0) {
        break;
      }
      boolean blank = c == ' ' || c == '\t';
      if (blank && in.ahead(1) == '#') {
        break;
      }
      in.advance();
      if (!blank) {
        end = in.at;
      }
    }
    out.append(in.since(from), 0, end - from);
  }

  // --- quoted

  private String singleQuoted() {
    in.advance();
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = quotedCharacter();
      if (c == '\'' && in.ahead(1) == '\'') {
        out.append(c);
        in.advance(2);
      } else if (c == '\'') {
        in.advance();
        return out.toString();
      } else if (YamlText.isBreak(c)) {
        foldQuoted(out, 0);
      } else {
        out.append(c);
        in.advance();
      }
    }
  }

  private String doubleQuoted() {
    in.advance();
    StringBuilder out = new StringBuilder();
    int escaped = 0;
    while (true) {
      char c = quotedCharacter();
      if (c == '"') {
        in.advance();
        return out.toString();
      }
      if (c == '\\') {
        in.advance();
        escape(out);
        escaped = out.length();
      } else if (YamlText.isBreak(c)) {
        foldQuoted(out, escaped);
      } else {
        out.append(c);
        in.advance();
      }
    }
  }

  private char quotedCharacter() {
    if (in.atEnd()) {
      throw in.problem("found unexpected end of stream");
    }
    return in.current();
  }

  /** Blanks before a line break mean nothing, but for the first so many characters. */
  private void foldQuoted(StringBuilder out, int kept) {
    int end = out.length();
    while (end > kept && (out.charAt(end - 1) == ' ' || out.charAt(end - 1) == '\t')) {
      end--;
    }
    out.setLength(end);
    int line = in.line();
    skipEmptyLines();
    if (in.atDocumentMark()) {
      throw in.problem("found unexpected document indicator");
    }
    fold(out, in.line() - line);
  }

  private void escape(StringBuilder out) {
    char c = quotedCharacter();
    if (YamlText.isBreak(c)) {
      in.advance();
      in.skipBlanks();
      return;
    }
    in.advance();
    switch (c) {
      case '0' -> out.append((char) 0);
      case 'a' -> out.append((char) 7);
      case 'b' -> out.append('\b');
      case 't', '\t' -> out.append('\t');
      case 'n' -> out.append('\n');
      case 'v' -> out.append((char) 11);
      case 'f' -> out.append('\f');
      case 'r' -> out.append('\r');
      case 'e' -> out.append((char) 27);
      case ' ', '"', '/', '\\', '\'' -> out.append(c);
      case 'N' -> out.append((char) 0x85);
      case '_' -> out.append((char) 0xA0);
      case 'L' -> out.append((char) 0x2028);
      case 'P' -> out.append((char) 0x2029);
      case 'x' -> code(out, 2);
      case 'u' -> code(out, 4);
      case 'U' -> code(out, 8);
      default -> throw in.problem("found unknown escape character");
    }
  }

  private void code(StringBuilder out, int digits) {
    int code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = in.current() < 0x80 ? Character.digit(in.current(), 16) : -1;
      if (digit < 0) {
        throw in.problem("did not find expected hexdecimal number");
      }
      code = (code << 4) | digit;
      in.advance();
    }
    // As libyaml: halves of a character are none, even in pairs as JSON writes them.
    if (!Character.isValidCodePoint(code)
        || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
      throw in.problem("found invalid Unicode character escape code");
    }
    out.appendCodePoint(code);
  }

  // --- blocks of lines

  /** At {@code |} or {@code >}. */
  JsonValue blockScalar(int parentIndent) {
    boolean folded = in.current() == '>';
    in.advance();
    char chomp = ' ';
    int indent = 0;
    while (!YamlText.isSpace(in.current())) {
      char c = in.current();
      if (c == '+' || c == '-') {
        chomp = c;
      } else if (c >= '1' && c <= '9') {
        indent = Math.max(parentIndent, 0) + (c - '0');
      } else {
        throw in.problem("did not find expected comment or line break");
      }
      in.advance();
    }
    in.skipBlanks();
    if (!YamlText.isBreak(in.current()) && in.current() != '#') {
      throw in.problem("did not find expected comment or line break");
    }
    in.skipLine();
    in.advance();
    return JsonString.of(new BlockLines(in, folded, chomp).read(parentIndent, indent));
  }
}
