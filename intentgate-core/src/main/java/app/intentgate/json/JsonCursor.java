package app.intentgate.json;

import app.intentgate.json.JsonParseException.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document step by step, by the rules of {@link JsonReader}'s strict mode, for readers that
 * know what they want and need no tree of values. Every method throws {@link JsonParseException}
 * where the text is wrong, or holds something else than was asked for. Not thread-safe; used once.
 */
public final class JsonCursor {
  /** What comes next. */
  public enum Kind {
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY,
    /** A string. */
    STRING,
    /** A number. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** Null. */
    NULL
  }

  private static final int FEW_LEVELS = 4;
  private static final int FEW_NAMES = 16;

  private final JsonScanner scanner;
  private final int maxDepth;
  private int depth;

  /** Per level: where the names of its object begin. */
  private int[] bases = new int[FEW_LEVELS];

  private HashIndex[] indexes = new HashIndex[FEW_LEVELS];
  private @Nullable JsonValue[] names = new JsonValue[FEW_NAMES];
  private int nameCount;
  private boolean first;

  private JsonCursor(JsonScanner scanner, int maxDepth) {
    this.scanner = scanner;
    this.maxDepth = maxDepth;
  }

  /**
   * A cursor before the one value that the first bytes of an array hold. They must not change while
   * it is used.
   */
  public static JsonCursor over(byte[] utf8, int length, JsonLimits limits) {
    JsonScanner scanner = new JsonScanner(utf8, length, false);
    if (length > limits.maxBytes()) {
      throw scanner.failure(
          Problem.TOO_LARGE, 0, "at most " + limits.maxBytes() + " bytes", "document too large");
    }
    return new JsonCursor(scanner, limits.maxDepth());
  }

  /** What kind of value comes next. */
  public Kind peek() {
    return switch (scanner.next()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw scanner.unexpected("a value");
    };
  }

  /** Steps into an object; {@link #nextName} gives its members. */
  public void beginObject() {
    enter('{', "an object");
    bases[depth - 1] = nameCount;
    indexes[depth - 1] = HashIndex.NONE;
  }

  /** Steps into an array; {@link #nextItem} says whether there is an item. */
  public void beginArray() {
    enter('[', "an array");
  }

  private void enter(char bracket, String what) {
    if (scanner.next() != bracket) {
      throw scanner.unexpected(what);
    }
    if (depth == maxDepth) {
      throw scanner.tooDeep(maxDepth);
    }
    if (depth == bases.length) {
      bases = Arrays.copyOf(bases, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
    scanner.skip();
    depth++;
    first = true;
  }

  /** The name of the next member, whose value comes next; null, and out of it, at the end. */
  public @Nullable String nextName() {
    if (!more('}', "',' or '}'")) {
      nameCount = bases[depth];
      return null;
    }
    if (scanner.next() != '"') {
      throw scanner.unexpected("a member name in double quotes");
    }
    int at = scanner.position();
    JsonString name = scanner.name();
    if (scanner.next() != ':') {
      throw scanner.unexpected("':'");
    }
    scanner.skip();
    remember(name, at);
    return name.value();
  }

  private void remember(JsonString name, int at) {
    int base = bases[depth - 1];
    HashIndex index = indexes[depth - 1];
    if (index.find(names, base, nameCount - base, name) >= 0) {
      throw scanner.duplicate(name.value(), at);
    }
    if (nameCount == names.length) {
      names = Arrays.copyOf(names, nameCount * 2);
    }
    names[nameCount++] = name;
    indexes[depth - 1] = index.with(names, base, nameCount - base);
  }

  /** Whether there is another item, which comes next; out of the array when there is not. */
  public boolean nextItem() {
    return more(']', "',' or ']'");
  }

  private boolean more(char bracket, String expected) {
    int c = scanner.next();
    if (c == bracket) {
      scanner.skip();
      depth--;
      first = false;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw scanner.unexpected(expected);
      }
      scanner.skip();
      scanner.next();
    }
    first = false;
    return true;
  }

  /** The string that comes next. */
  public String string() {
    if (scanner.next() != '"') {
      throw scanner.unexpected("a string");
    }
    return scanner.string().value();
  }

  /** The string that comes next, where it is one of few: it is shared rather than made anew. */
  public String word() {
    if (scanner.next() != '"') {
      throw scanner.unexpected("a string");
    }
    return scanner.name().value();
  }

  /** The whole number that comes next, written without point and exponent, within 64 bits. */
  public long wholeNumber() {
    if (peek() != Kind.NUMBER) {
      throw scanner.unexpected("a number");
    }
    int at = scanner.position();
    JsonNumber number = scanner.number();
    if (!number.hasPlainText() && !(number.fitsLong() && isWhole(number.text()))) {
      throw scanner.failure(
          Problem.SYNTAX, at, "a whole number of at most 64 bits", "unexpected number");
    }
    return number.longValue();
  }

  private static boolean isWhole(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /** The value that comes next, whatever it is. */
  public JsonValue value() {
    return new JsonParser(scanner, maxDepth, false).value(depth);
  }

  /**
   * Whether a string read so far may hold half a surrogate pair, which only an escape can write.
   */
  public boolean mayHoldLoneSurrogates() {
    return scanner.sawSurrogateEscapes();
  }

  /** Refuses whatever comes after the value. */
  public void end() {
    scanner.next();
    if (!scanner.atEnd()) {
      throw scanner.unexpected("nothing after the value");
    }
  }
}
