package app.intentgate.rego.spi;

import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the short text of a signature, see {@link BuiltinSignature#parse}. */
final class SignatureText {
  private final String text;
  private int at;

  SignatureText(String text) {
    this.text = text;
  }

  BuiltinSignature signature() {
    String name = word();
    expect('(');
    List<RegoType> arguments = new ArrayList<>();
    RegoType variadic = null;
    while (!accept(')')) {
      if (!arguments.isEmpty()) {
        expect(',');
      }
      arguments.add(type());
      if (text.startsWith("...", at)) {
        at += 3;
        variadic = arguments.remove(arguments.size() - 1);
      }
    }
    RegoType result = accept(':') ? type() : null;
    if (at != text.length() || name.isEmpty()) {
      throw bad();
    }
    return new BuiltinSignature(
        name, arguments, variadic, result, BuiltinSignature.Kind.PURE, null, false);
  }

  private RegoType type() {
    List<RegoType> types = new ArrayList<>();
    do {
      types.add(single());
    } while (accept('|'));
    return types.size() == 1 ? types.get(0) : new RegoType.Union(types);
  }

  private RegoType single() {
    String name = word();
    return switch (name) {
      case "any" -> RegoType.ANY;
      case "null" -> RegoType.Scalar.NULL;
      case "boolean" -> RegoType.Scalar.BOOLEAN;
      case "number" -> RegoType.Scalar.NUMBER;
      case "string" -> RegoType.Scalar.STRING;
      case "set" -> RegoType.setOf(bracketed());
      case "array" -> array();
      case "object" -> object();
      default -> throw bad();
    };
  }

  private RegoType array() {
    List<RegoType> items = new ArrayList<>();
    if (accept('<')) {
      do {
        items.add(type());
      } while (accept(','));
      expect('>');
    }
    @Nullable RegoType rest = items.isEmpty() || peek('[') ? bracketed() : null;
    return new RegoType.Array(items, rest);
  }

  private RegoType object() {
    Map<JsonValue, RegoType> members = new LinkedHashMap<>();
    if (accept('<')) {
      do {
        JsonValue name = JsonValue.of(word());
        expect(':');
        members.put(name, type());
      } while (accept(','));
      expect('>');
      if (!peek('[')) {
        return new RegoType.Obj(members, null, null);
      }
    }
    expect('[');
    RegoType key = type();
    expect(':');
    RegoType value = type();
    expect(']');
    return new RegoType.Obj(members, key, value);
  }

  private RegoType bracketed() {
    expect('[');
    RegoType type = type();
    expect(']');
    return type;
  }

  private String word() {
    skipSpace();
    int from = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      if (text.startsWith("...", at)) {
        break;
      }
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isWordPart(char c) {
    return c == '.' || c == '_' || Character.isLetterOrDigit(c);
  }

  private boolean accept(char c) {
    if (!peek(c)) {
      return false;
    }
    at++;
    skipSpace();
    return true;
  }

  private boolean peek(char c) {
    skipSpace();
    return at < text.length() && text.charAt(at) == c;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw bad();
    }
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException bad() {
    return new IllegalArgumentException("no signature at position " + at + ": " + text);
  }
}
