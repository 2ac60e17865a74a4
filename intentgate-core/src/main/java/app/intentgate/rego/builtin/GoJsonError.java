package app.intentgate.rego.builtin;

import app.intentgate.json.JsonLimits;
import app.intentgate.text.GoText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says in Go's words why a text is no JSON. Looks at bytes, as Go does. */
final class GoJsonError {
  /** Deeper texts are not read either; Go goes ten times as deep, and has the stack for it. */
  private static final int MAX_DEPTH = JsonLimits.GREATEST_DEPTH;

  private final byte[] text;
  private int at;
  private int depth;

  private GoJsonError(String text) {
    this.text = GoBytes.of(text);
  }

  /** What Go says; null when it would say nothing. */
  static @Nullable String of(String text) {
    GoJsonError error = new GoJsonError(text);
    error.space();
    if (error.at == error.text.length) {
      return "EOF";
    }
    try {
      error.value("looking for beginning of value");
    } catch (Found found) {
      return found.getMessage();
    }
    error.space();
    return error.at == error.text.length ? null : error.afterValue();
  }

  /** Go reads one more token, and names it or what keeps it from being one. */
  private String afterValue() {
    int from = at;
    String what = new String(text, at, 1, StandardCharsets.ISO_8859_1);
    try {
      if (what.equals("\"")) {
        string();
        what = new String(text, from + 1, at - from - 2, StandardCharsets.UTF_8);
      } else if ("tf".contains(what)) {
        literal(what.equals("t") ? "true" : "false");
        what = "%!s(bool=" + new String(text, from, at - from, StandardCharsets.UTF_8) + ")";
      } else if (!"[{".contains(what)) {
        value("looking for beginning of value");
        what = new String(text, from, at - from, StandardCharsets.UTF_8);
      }
    } catch (Found found) {
      return String.valueOf(found.getMessage());
    }
    return "error: invalid character '" + what + "' after top-level value";
  }

  private static final class Found extends Exception {
    private static final long serialVersionUID = 1L;

    Found(String message) {
      super(message, null, false, false);
    }
  }

  private Found unexpected(String where) {
    return at >= text.length
        ? new Found("unexpected EOF")
        : new Found("invalid character " + shown() + " " + where);
  }

  private String shown() {
    char c = (char) (text[at] & 0xff);
    return c == '"' ? "'\"'" : GoText.quote(Character.toString(c), '\'', false);
  }

  private int current() {
    return at < text.length ? text[at] & 0xff : -1;
  }

  private boolean accept(char c) {
    if (current() == c) {
      at++;
      return true;
    }
    return false;
  }

  private void space() {
    while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
      at++;
    }
  }

  private void value(String where) throws Found {
    space();
    int c = current();
    if (c == '{') {
      object();
    } else if (c == '[') {
      array();
    } else if (c == '"') {
      string();
    } else if (c == '-' || c >= '0' && c <= '9') {
      number();
    } else if (c == 't') {
      literal("true");
    } else if (c == 'f') {
      literal("false");
    } else if (c == 'n') {
      literal("null");
    } else {
      throw unexpected(where);
    }
  }

  private void enter() throws Found {
    if (++depth > MAX_DEPTH) {
      throw new Found("exceeded max depth");
    }
    at++;
    space();
  }

  private void object() throws Found {
    enter();
    if (!accept('}')) {
      do {
        space();
        if (current() != '"') {
          throw unexpected("looking for beginning of object key string");
        }
        string();
        space();
        if (!accept(':')) {
          throw unexpected("after object key");
        }
        value("looking for beginning of value");
        space();
      } while (accept(','));
      if (!accept('}')) {
        throw unexpected("after object key:value pair");
      }
    }
    depth--;
  }

  private void array() throws Found {
    enter();
    if (!accept(']')) {
      do {
        value("looking for beginning of value");
        space();
      } while (accept(','));
      if (!accept(']')) {
        throw unexpected("after array element");
      }
    }
    depth--;
  }

  private void string() throws Found {
    at++;
    while (!accept('"')) {
      int c = current();
      if (c < 0x20) {
        throw unexpected("in string literal");
      }
      at++;
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() throws Found {
    if (accept('u')) {
      for (int i = 0; i < 4; i++, at++) {
        if (current() < 0 || Character.digit(current(), 16) < 0) {
          throw unexpected("in \\u hexadecimal character escape");
        }
      }
    } else if (current() < 0 || "\"\\/bfnrt".indexOf(current()) < 0) {
      throw unexpected("in string escape code");
    } else {
      at++;
    }
  }

  private void number() throws Found {
    accept('-');
    if (!accept('0')) {
      digits("in numeric literal");
    }
    if (accept('.')) {
      digits("after decimal point in numeric literal");
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits("in exponent of numeric literal");
    }
  }

  private void digits(String where) throws Found {
    if (current() < '0' || current() > '9') {
      throw unexpected(where);
    }
    while (current() >= '0' && current() <= '9') {
      at++;
    }
  }

  private void literal(String word) throws Found {
    byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
    for (byte letter : letters) {
      if (current() != letter) {
        throw unexpected("in literal " + word + " (expecting '" + (char) letter + "')");
      }
      at++;
    }
  }
}
