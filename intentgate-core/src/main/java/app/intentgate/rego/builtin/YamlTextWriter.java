package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinContext;

/** Writes YAML text and folds long scalars at spaces once a line is past 80 characters. */
final class YamlTextWriter {
  private static final int WIDTH = 80;
  private static final String HEX = "0123456789ABCDEF";

  private final BuiltinContext context;
  private final StringBuilder out = new StringBuilder();
  private int lineStart;

  YamlTextWriter(BuiltinContext context) {
    this.context = context;
  }

  String text() {
    return out.toString();
  }

  void append(String text) {
    out.append(text);
    if (text.endsWith("\n")) {
      lineStart = out.length();
    }
  }

  /** Writes spaces, which are charged for: a long text may be folded into very many deep lines. */
  void indent(int columns) {
    context.chargeBytes(columns);
    out.append(" ".repeat(columns));
  }

  /** Writes a text in the style it needs; lines after the first are indented. */
  void scalar(String text, int indent, boolean key) {
    switch (YamlStyle.of(text, key)) {
      case PLAIN -> folded(text, indent, !key, false);
      case SINGLE_QUOTED -> {
        out.append('\'');
        folded(text.replace("'", "''"), indent, !key, true);
        out.append('\'');
      }
      case DOUBLE_QUOTED -> {
        out.append('"');
        escaped(text, indent, !key);
        out.append('"');
      }
      default -> literal(text, indent);
    }
  }

  private boolean isLong() {
    return out.codePointCount(lineStart, out.length()) > WIDTH;
  }

  private void newLine(int indent) {
    append("\n");
    indent(indent);
  }

  private void folded(String text, int indent, boolean fold, boolean quoted) {
    boolean spaces = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = !quoted || i > 0 && i < text.length() - 1;
      boolean spaceNext = i + 1 < text.length() && text.charAt(i + 1) == ' ';
      if (c == ' ' && fold && !spaces && inside && !spaceNext && isLong()) {
        newLine(indent);
      } else {
        out.append(c);
      }
      spaces = c == ' ';
    }
  }

  private void escaped(String text, int indent, boolean fold) {
    boolean spaces = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c == ' ' && fold && !spaces && i > 0 && next < text.length() && isLong()) {
        newLine(indent);
        if (text.charAt(next) == ' ') {
          out.append('\\');
        }
      } else {
        escaped(c);
      }
      spaces = c == ' ';
      i = next;
    }
  }

  private void escaped(int c) {
    String letters =
        "\0000\u0007a\bb\tt\nn\u000bv\ff\rr\u001be\"\"\\\\\u0085N\u00a0_\u2028L\u2029P";
    int at = c < 0x10000 ? letters.indexOf(c) : -1;
    if (at >= 0 && at % 2 == 0) {
      out.append('\\').append(letters.charAt(at + 1));
    } else if (YamlStyle.isPrintable(c) && c != 0xfeff) {
      out.appendCodePoint(c);
    } else if (c <= 0xff) {
      hex("\\x", c, 2);
    } else if (c <= 0xffff) {
      hex("\\u", c, 4);
    } else {
      hex("\\U", c, 8);
    }
  }

  private void hex(String start, int value, int digits) {
    out.append(start);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt(value >> shift & 15));
    }
  }

  /** A block of lines; the sign after the bar says what becomes of the last line breaks. */
  private void literal(String text, int indent) {
    out.append('|');
    if (text.startsWith(" ") || text.startsWith("\n")) {
      out.append(2);
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.equals("\n") || text.endsWith("\n\n")) {
      out.append('+');
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      append("\n");
      if (!line.isEmpty()) {
        indent(indent);
        out.append(line);
      }
    }
  }
}
