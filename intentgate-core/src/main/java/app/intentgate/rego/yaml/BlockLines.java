package app.intentgate.rego.yaml;

/** The lines of a block scalar, kept or folded, with its last line breaks as it says. */
final class BlockLines {
  private final YamlText in;
  private final boolean folded;
  private final char chomp;
  private final StringBuilder out = new StringBuilder();

  BlockLines(YamlText in, boolean folded, char chomp) {
    this.in = in;
    this.folded = folded;
    this.chomp = chomp;
  }

  /**
   * Reads the lines.
   *
   * @param parentIndent they are indented deeper than this
   * @param givenIndent their indent when it was given, else 0
   */
  String read(int parentIndent, int givenIndent) {
    int indent = givenIndent > 0 ? givenIndent : detect(parentIndent);
    int breaks = 0;
    boolean lastIndented = false;
    boolean first = true;
    while (!in.atEnd()) {
      YamlText.Mark before = in.mark();
      skipIndent(indent);
      if (in.current() == '\n' || in.current() == '\r') {
        skipBreak();
        breaks++;
        continue;
      }
      if (in.atEnd() || in.column() < indent || indent == 0 && in.atDocumentMark()) {
        in.reset(before);
        break;
      }
      boolean indented = in.current() == ' ' || in.current() == '\t';
      if (first) {
        out.append("\n".repeat(breaks));
      } else {
        between(breaks, indented || lastIndented);
      }
      first = false;
      lastIndented = indented;
      int from = in.at;
      in.skipLine();
      String text = in.since(from);
      out.append(text, 0, text.endsWith("\r") ? text.length() - 1 : text.length());
      breaks = 0;
      if (!in.atEnd()) {
        in.advance();
        breaks = 1;
      }
    }
    return end(breaks, first);
  }

  private void between(int breaks, boolean keep) {
    if (!folded || keep) {
      out.append("\n".repeat(breaks));
    } else if (breaks == 1) {
      out.append(' ');
    } else {
      out.append("\n".repeat(breaks - 1));
    }
  }

  private String end(int breaks, boolean empty) {
    if (chomp == '+') {
      out.append("\n".repeat(breaks));
    } else if (chomp != '-' && !empty && breaks > 0) {
      out.append('\n');
    }
    return out.toString();
  }

  private void skipIndent(int indent) {
    while (in.column() < indent && in.current() == ' ') {
      in.advance();
    }
  }

  private void skipBreak() {
    if (in.current() == '\r') {
      in.advance();
    }
    if (in.current() == '\n') {
      in.advance();
    }
  }

  /** The indent of the first line that is not empty; at least one more than the parent's. */
  private int detect(int parentIndent) {
    YamlText.Mark before = in.mark();
    int indent = Math.max(parentIndent + 1, 0);
    while (!in.atEnd()) {
      while (in.current() == ' ') {
        in.advance();
      }
      if (in.current() != '\n' && in.current() != '\r') {
        indent = Math.max(indent, in.column());
        break;
      }
      skipBreak();
    }
    in.reset(before);
    return indent;
  }
}
