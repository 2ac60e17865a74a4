package app.intentgate.rego.glob;

import app.intentgate.rego.regex.Regex;

/** Writes a glob as a regular expression, reading it from left to right. */
final class GlobTranslator {
  private static final int REPLACEMENT = 0xFFFD;

  private final String glob;
  private final String notDelimiter;
  private final StringBuilder out = new StringBuilder();
  private int pos;
  private int braces;

  GlobTranslator(String glob, String delimiters) {
    this.glob = glob;
    if (Math.max(glob.length(), delimiters.length()) > Regex.MAX_PATTERN) {
      throw tooLarge();
    }
    StringBuilder set = new StringBuilder("[^");
    delimiters.codePoints().forEach(c -> appendHex(set, c));
    this.notDelimiter = delimiters.isEmpty() ? "." : set.append(']').toString();
  }

  private static GlobSyntaxException tooLarge() {
    return new GlobSyntaxException("glob expression too large");
  }

  String translate() {
    out.append("(?s)\\A(?:");
    while (pos < glob.length()) {
      if (out.length() > Regex.MAX_PATTERN) {
        throw tooLarge(); // Before more is added: each wildcard names all delimiters.
      }
      int c = next();
      switch (c) {
        case '*' -> {
          boolean twice = pos < glob.length() && glob.charAt(pos) == '*';
          pos += twice ? 1 : 0;
          out.append(twice ? "." : notDelimiter).append('*');
        }
        case '?' -> {
          out.append(notDelimiter);
          if (glob.length() == 1) {
            // OPA's glob library lets a lone question mark match the empty text as well.
            out.append('?');
          }
        }
        case '[' -> bracket();
        case '{' -> {
          braces++;
          out.append("(?:");
        }
        case '\\' -> {
          if (pos < glob.length()) {
            literal(next());
          }
        }
        default -> punctuation(c);
      }
    }
    out.append(")".repeat(braces));
    return out.append(")\\z").toString();
  }

  private void punctuation(int c) {
    if (c == '}' && braces > 0) {
      braces--;
      out.append(')');
    } else if (c == ',' && braces > 0) {
      out.append('|');
    } else {
      literal(c);
    }
  }

  private void literal(int c) {
    out.append(Regex.quote(Character.toString(c)));
  }

  private int next() {
    int c = glob.codePointAt(pos);
    if (c == REPLACEMENT || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new GlobSyntaxException("could not read rune");
    }
    pos += Character.charCount(c);
    return c;
  }

  private int needed() {
    if (pos == glob.length()) {
      throw new GlobSyntaxException("unexpected end of input");
    }
    return next();
  }

  /** A range, or a list; never both, unlike in regular expressions. The bracket has been read. */
  private void bracket() {
    int c = needed();
    boolean negated = c == '!';
    if (negated) {
      c = needed();
    }
    StringBuilder set = new StringBuilder(negated ? "[^" : "[");
    if (pos < glob.length() && glob.charAt(pos) == '-') {
      pos++;
      range(c, set);
    } else {
      pos -= Character.charCount(c);
      list(set);
    }
    out.append(set).append(']');
  }

  private void range(int first, StringBuilder set) {
    int last = needed();
    close();
    if (last < first) {
      throw new GlobSyntaxException(
          "hi character '%s' should be greater than lo '%s'"
              .formatted(Character.toString(last), Character.toString(first)));
    }
    appendHex(set, first);
    set.append('-');
    appendHex(set, last);
  }

  private void list(StringBuilder set) {
    boolean empty = true;
    while (pos < glob.length() && glob.charAt(pos) != ']') {
      int c = next();
      if (c == '\\') {
        if (pos == glob.length()) {
          break;
        }
        c = next();
      }
      appendHex(set, c);
      empty = false;
    }
    close();
    if (empty) {
      throw new GlobSyntaxException("could not parse range");
    }
  }

  private void close() {
    if (needed() != ']') {
      throw new GlobSyntaxException("expected close range character");
    }
  }

  private static void appendHex(StringBuilder set, int c) {
    set.append("\\x{").append(Integer.toHexString(c)).append('}');
  }
}
