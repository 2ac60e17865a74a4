package app.intentgate.json;

import app.intentgate.json.JsonParseException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the strings, numbers and separators of one document, and says where something is wrong. */
final class JsonScanner {
  private static final int MAX_FAST_DIGITS = 18;

  /** In a message, a member name longer than this is cut. */
  private static final int MAX_SHOWN_NAME = 40;

  private final byte[] in;
  private final int end;
  private final boolean replaceLoneSurrogates;
  private char[] chars = {};
  private int at;
  private boolean surrogateEscapes;

  /** Reads the first {@code end} bytes. */
  JsonScanner(byte[] in, int end, boolean replaceLoneSurrogates) {
    this.in = in;
    this.end = end;
    this.replaceLoneSurrogates = replaceLoneSurrogates;
  }

  int position() {
    return at;
  }

  /** Whether an escape read so far wrote a surrogate: only then a string may hold a lone one. */
  boolean sawSurrogateEscapes() {
    return surrogateEscapes;
  }

  /** Steps over white space; the byte that follows, or 0 at the end, where no byte may be 0. */
  int next() {
    byte[] b = in;
    int i = at;
    while (i < end) {
      byte c = b[i];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        at = i;
        return c;
      }
      i++;
    }
    at = i;
    return 0;
  }

  /** Steps over one byte that was looked at. */
  void skip() {
    at++;
  }

  boolean atEnd() {
    return at == end;
  }

  /** Steps over a word that must stand here. */
  void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at == end || in[at] != word.charAt(i)) {
        throw unexpected("'" + word + "'");
      }
      at++;
    }
  }

  /** The member name whose opening quote is here. */
  JsonString name() {
    int start = at + 1;
    int i = plainEnd(start);
    if (i == end || in[i] != '"') {
      return JsonString.of(unicodeString(start, i));
    }
    at = i + 1;
    int length = i - start;
    if (length > NameCache.MAX_LENGTH || end - start < NameCache.MAX_LENGTH) {
      return latin(start, length);
    }
    long low = Swar.low(Swar.word(in, start), Math.min(length, Swar.BYTES));
    long high =
        length <= Swar.BYTES ? 0 : Swar.low(Swar.word(in, start + Swar.BYTES), length - Swar.BYTES);
    return NameCache.get(low, high, in, start, length);
  }

  /** The string whose opening quote is here. */
  JsonString string() {
    int start = at + 1;
    int i = plainEnd(start);
    if (i == end || in[i] != '"') {
      return JsonString.of(unicodeString(start, i));
    }
    at = i + 1;
    return latin(start, i - start);
  }

  private JsonString latin(int start, int length) {
    return JsonString.of(new String(in, start, length, StandardCharsets.ISO_8859_1));
  }

  /** Where the first character at or after a place is that is not plain ASCII, or the end. */
  private int plainEnd(int from) {
    byte[] b = in;
    int i = from;
    while (end - i >= Swar.BYTES) {
      long special = Swar.special(Swar.word(b, i));
      if (special != 0) {
        return i + Swar.before(special);
      }
      i += Swar.BYTES;
    }
    while (i < end && b[i] >= ' ' && b[i] != '"' && b[i] != '\\') {
      i++;
    }
    return i;
  }

  /** A string of which only the first part, up to {@code i}, is known to be plain ASCII. */
  private String unicodeString(int start, int from) {
    int i = from;
    while (true) {
      int c = stringByte(i);
      if (c == '"') {
        at = i + 1;
        return new String(in, start, i - start, StandardCharsets.UTF_8);
      }
      if (c == '\\') {
        return escapedString(start, i);
      }
      i += c >= 0 ? 1 : characterLength(i);
    }
  }

  private String escapedString(int start, int firstEscape) {
    int n = 0;
    int i = start;
    ensure(firstEscape - start + 16);
    while (true) {
      int c = i < firstEscape ? in[i] : stringByte(i);
      if (n + 2 > chars.length) {
        ensure(n * 2 + 16);
      }
      if (c == '"' && i >= firstEscape) {
        at = i + 1;
        return finish(n);
      }
      if (c == '\\') {
        char decoded = escape(i);
        surrogateEscapes |= Character.isSurrogate(decoded);
        chars[n++] = decoded;
        i = at;
      } else if (c >= 0) {
        chars[n++] = (char) c;
        i++;
      } else {
        int length = characterLength(i);
        n += Character.toChars(Utf8.codePointAt(in, i, length), chars, n);
        i += length;
      }
    }
  }

  private String finish(int length) {
    if (surrogateEscapes && replaceLoneSurrogates) {
      for (int i = 0; i < length; i++) {
        if (Character.isHighSurrogate(chars[i])
            && i + 1 < length
            && Character.isLowSurrogate(chars[i + 1])) {
          i++;
        } else if (Character.isSurrogate(chars[i])) {
          chars[i] = '\ufffd';
        }
      }
    }
    return new String(chars, 0, length);
  }

  private void ensure(int capacity) {
    if (chars.length < capacity) {
      chars = Arrays.copyOf(chars, capacity);
    }
  }

  private int stringByte(int i) {
    at = i;
    if (i >= end) {
      throw unexpected("'\"' at the end of the string");
    }
    int c = in[i];
    if (c >= 0 && c < ' ') {
      throw unexpected("an escape instead of a control character");
    }
    return c;
  }

  private int characterLength(int i) {
    int length = Utf8.lengthAt(in, i, end);
    if (length == 0) {
      at = i;
      throw failure(Problem.INVALID_UTF8, i, "valid UTF-8", "invalid byte");
    }
    return length;
  }

  private char escape(int backslash) {
    at = backslash + 1;
    int c = at < end ? in[at] : -1;
    at++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourDigits();
      default -> {
        at--;
        throw unexpected("one of \" \\ / b f n r t u after a backslash");
      }
    };
  }

  private char fourDigits() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < end && in[at] >= 0 ? Character.digit(in[at], 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits after \\u");
      }
      value = (value << 4) | digit;
      at++;
    }
    return (char) value;
  }

  /** The number that starts here. */
  JsonNumber number() {
    int start = at;
    if (in[at] == '-') {
      at++;
    }
    int first = at;
    long value = 0;
    if (peek() == '0') {
      at++;
      if (isDigit(peek())) {
        throw unexpected("no digit after a leading zero");
      }
    } else {
      while (isDigit(peek())) {
        value = value * 10 + (in[at] - '0');
        at++;
      }
      if (at == first) {
        throw unexpected("a digit");
      }
    }
    int c = peek();
    boolean whole = c != '.' && c != 'e' && c != 'E';
    if (whole && at - first <= MAX_FAST_DIGITS && (value != 0 || first == start)) {
      return JsonNumber.of(first == start ? value : -value);
    }
    if (!whole) {
      fractionAndExponent();
    }
    return JsonNumber.trusted(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
  }

  private void fractionAndExponent() {
    if (peek() == '.') {
      at++;
      digits("a digit after the decimal point");
    }
    if ((peek() | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int start = at;
      digits("a digit in the exponent");
      int significant = at;
      while (start < at && in[start] == '0') {
        start++;
      }
      if (significant - start > NormalForm.MAX_EXPONENT_DIGITS) {
        at = start;
        throw unexpected("an exponent of at most " + NormalForm.MAX_EXPONENT_DIGITS + " digits");
      }
    }
  }

  private void digits(String expected) {
    if (!isDigit(peek())) {
      throw unexpected(expected);
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private int peek() {
    return at < end ? in[at] : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The failure that something else stands here than what was expected. */
  JsonParseException unexpected(String expected) {
    if (atEnd()) {
      return failure(Problem.SYNTAX, at, expected, "unexpected end");
    }
    int length = Utf8.lengthAt(in, at, end);
    if (length == 0) {
      return failure(Problem.INVALID_UTF8, at, "valid UTF-8", "invalid byte");
    }
    int c = Utf8.codePointAt(in, at, length);
    String found = c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format("U+%04X", c);
    return failure(Problem.SYNTAX, at, expected, "unexpected " + found);
  }

  /** The failure that an object has two members of one name. */
  JsonParseException duplicate(String name, int position) {
    String shown = name.length() > MAX_SHOWN_NAME ? name.substring(0, MAX_SHOWN_NAME) : name;
    return failure(
        Problem.DUPLICATE_MEMBER,
        position,
        "a name of its own for each member",
        "duplicate member " + JsonWriter.goText(JsonString.of(shown)));
  }

  /** The failure that an object or array begins here inside too many others. */
  JsonParseException tooDeep(int maxDepth) {
    return failure(
        Problem.TOO_DEEP, at, "at most " + maxDepth + " levels of nesting", "nested too deeply");
  }

  /** A failure at a position. */
  JsonParseException failure(Problem problem, int position, String expected, String fact) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < position; i++) {
      if (in[i] == '\n') {
        line++;
        column = 1;
      } else if ((in[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return new JsonParseException(problem, line, column, expected, fact);
  }
}
