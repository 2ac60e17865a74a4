package app.intentgate.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds the value of one document. Members and items are collected on two stacks that all levels
 * share, and copied out when their object or array ends. Used once, by one thread.
 */
final class JsonParser {
  private final JsonScanner scanner;
  private final int maxDepth;
  private final boolean lastDuplicateWins;

  private @Nullable JsonValue[] keys = new JsonValue[32];
  private @Nullable JsonValue[] values = new JsonValue[32];
  private int top;

  JsonParser(JsonScanner scanner, int maxDepth, boolean lastDuplicateWins) {
    this.scanner = scanner;
    this.maxDepth = maxDepth;
    this.lastDuplicateWins = lastDuplicateWins;
  }

  /** The value of the whole document. */
  JsonValue document() {
    JsonValue value = value(0);
    scanner.next();
    if (!scanner.atEnd()) {
      throw scanner.unexpected("nothing after the value");
    }
    return value;
  }

  /** The value that comes next, inside so many objects and arrays. */
  JsonValue value(int depth) {
    int c = scanner.next();
    return switch (c) {
      case '"' -> scanner.string();
      case '{' -> object(enter(depth));
      case '[' -> array(enter(depth));
      case 't' -> word("true", JsonBoolean.TRUE);
      case 'f' -> word("false", JsonBoolean.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> scanner.number();
      default -> throw scanner.unexpected("a value");
    };
  }

  private JsonValue word(String word, JsonValue value) {
    scanner.word(word);
    return value;
  }

  private int enter(int depth) {
    if (depth == maxDepth) {
      throw scanner.tooDeep(maxDepth);
    }
    scanner.skip();
    return depth + 1;
  }

  private JsonValue array(int depth) {
    int base = top;
    if (scanner.next() == ']') {
      scanner.skip();
      return JsonArray.EMPTY;
    }
    while (true) {
      JsonValue item = value(depth);
      push(null);
      values[top - 1] = item;
      int c = scanner.next();
      if (c == ']') {
        scanner.skip();
        break;
      }
      if (c != ',') {
        throw scanner.unexpected("',' or ']'");
      }
      scanner.skip();
    }
    JsonArray array = JsonArray.wrap(copy(values, base), top - base);
    top = base;
    return array;
  }

  private JsonValue object(int depth) {
    int base = top;
    if (scanner.next() == '}') {
      scanner.skip();
      return JsonObject.EMPTY;
    }
    HashIndex index = HashIndex.NONE;
    while (true) {
      if (scanner.next() != '"') {
        throw scanner.unexpected("a member name in double quotes");
      }
      int nameAt = scanner.position();
      JsonString name = scanner.name();
      if (scanner.next() != ':') {
        throw scanner.unexpected("':'");
      }
      scanner.skip();
      int position = index.find(keys, base, top - base, name);
      if (position < 0) {
        position = top - base;
        push(name);
        index = index.with(keys, base, top - base);
      } else if (!lastDuplicateWins) {
        throw scanner.duplicate(name.value(), nameAt);
      }
      JsonValue value = value(depth);
      values[base + position] = value;
      int c = scanner.next();
      if (c == '}') {
        scanner.skip();
        break;
      }
      if (c != ',') {
        throw scanner.unexpected("',' or '}'");
      }
      scanner.skip();
    }
    JsonObject object = JsonObject.wrap(copy(keys, base), copy(values, base), index);
    top = base;
    return object;
  }

  private void push(@Nullable JsonValue key) {
    if (top == keys.length) {
      keys = Arrays.copyOf(keys, top * 2);
      values = Arrays.copyOf(values, top * 2);
    }
    keys[top++] = key;
  }

  @SuppressWarnings("NullAway") // every place below the top that belongs to this level was filled
  private JsonValue[] copy(@Nullable JsonValue[] stack, int base) {
    return Arrays.copyOfRange(stack, base, top);
  }
}
