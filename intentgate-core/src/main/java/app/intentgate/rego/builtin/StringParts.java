package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.regex.TextSearch;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.List;

/** Putting strings together, and taking them apart. */
final class StringParts {
  private static final JsonString UNDEFINED = JsonString.of("<undefined>");

  private StringParts() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("concat(string, array[string] | set[string]): string", StringParts::concat);
    b.add("split(string, string): array[string]", StringParts::split);
    b.add("strings.split_n(string, string, number): array[string]", StringParts::splitN);
    b.add("internal.template_string(array[any]): string", StringParts::template);
  }

  private static JsonValue concat(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String delimiter = Operands.string(args, 0);
    if (!(args[1] instanceof JsonArray) && !(args[1] instanceof JsonSet)) {
      throw Operands.wrongType(args, 1, "set", "array");
    }
    List<String> parts = Operands.strings(args, 1);
    long length = (long) delimiter.length() * parts.size();
    for (String part : parts) {
      length += part.length();
    }
    context.chargeBytes(length);
    return JsonString.of(String.join(delimiter, parts));
  }

  private static JsonValue split(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    return JsonArray.copyOf(parts(context, args));
  }

  /** The first n parts, or the last ones when n is negative; what is beyond is dropped. */
  private static JsonValue splitN(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    List<JsonValue> parts = parts(context, args);
    long n = Numbers.integer(args, 2);
    int size = parts.size();
    int from = n >= 0 ? 0 : (int) Math.max(0, size + n);
    int to = n >= 0 ? (int) Math.min(size, n) : size;
    return JsonArray.copyOf(parts.subList(from, to));
  }

  private static List<JsonValue> parts(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    String delimiter = Operands.string(args, 1);
    List<JsonValue> parts = new ArrayList<>();
    if (delimiter.isEmpty()) {
      context.chargeValues(text.codePointCount(0, text.length()));
      text.codePoints().forEach(c -> parts.add(JsonString.of(Character.toString(c))));
    } else {
      TextSearch places = new TextSearch(text, delimiter, context::chargeSteps);
      int from = 0;
      for (int at = places.next(0); at >= 0; at = places.next(from)) {
        context.chargeValues(1);
        parts.add(JsonString.of(text.substring(from, at)));
        from = at + delimiter.length();
      }
      parts.add(JsonString.of(text.substring(from)));
      context.chargeValues(1);
    }
    context.chargeBytes(text.length());
    return parts;
  }

  /**
   * Joins the parts of a template string. A part that was computed comes as a set, so that it can
   * be undefined: no value reads {@code <undefined>}.
   */
  private static JsonValue template(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    StringBuilder out = new StringBuilder();
    for (JsonValue part : Operands.array(args, 0)) {
      if (part instanceof JsonSet set) {
        if (set.size() > 1) {
          throw BuiltinException.of("template-strings must not produce multiple outputs");
        }
        append(context, out, set.isEmpty() ? UNDEFINED : set.get(0));
      } else {
        append(context, out, part);
      }
    }
    return JsonString.of(out.toString());
  }

  private static void append(BuiltinContext context, StringBuilder out, JsonValue value) {
    if (value instanceof JsonString s) {
      context.chargeBytes(s.value().length());
      out.append(s.value());
    } else {
      out.append(ShownText.of(context, value));
    }
  }
}
