package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.glob.Glob;
import app.intentgate.rego.glob.GlobSyntaxException;
import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code glob.*}; a glob is compiled once for each policy. */
final class GlobFunctions {
  private static final String DEFAULT_DELIMITERS = ".";

  /** A glob with delimiters of its own: kept under both, which takes a text more each time. */
  private record Delimited(Glob glob) implements Sized {
    @Override
    public long bytes() {
      return glob.bytes();
    }
  }

  private GlobFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("glob.match(string, array[string] | null, string): boolean", GlobFunctions::match);
    b.add(
        "glob.quote_meta(string): string",
        (c, a) -> JsonString.of(Glob.quote(Operands.string(a, 0))));
  }

  private static JsonValue match(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String pattern = Operands.string(args, 0);
    String delimiters = delimiters(args);
    String text = Operands.string(args, 2);
    return JsonValue.of(glob(context, pattern, delimiters).matches(text, context::chargeSteps));
  }

  private static Glob glob(BuiltinContext context, String pattern, String delimiters)
      throws BuiltinException {
    if (delimiters.equals(DEFAULT_DELIMITERS)) {
      return context.compiled(Glob.class, pattern, key -> compile(context, key, delimiters));
    }
    return context
        .compiled(
            Delimited.class,
            delimiters.length() + ":" + delimiters + pattern,
            key -> new Delimited(compile(context, pattern, delimiters)))
        .glob();
  }

  /** Compiles, which counts as steps, since patterns may come from an input. */
  private static Glob compile(BuiltinContext context, String pattern, String delimiters)
      throws BuiltinException {
    context.chargeSteps(1 + pattern.length() / 4);
    try {
      Glob glob = Glob.compile(pattern, delimiters);
      context.chargeSteps(glob.size() / 8);
      return glob;
    } catch (GlobSyntaxException e) {
      throw BuiltinException.of(String.valueOf(e.getMessage()));
    }
  }

  private static String delimiters(JsonValue[] args) throws BuiltinException {
    if (args[1] instanceof JsonNull) {
      return "";
    }
    if (!(args[1] instanceof JsonArray array)) {
      throw Operands.wrongType(args, 1, "array", "null");
    }
    if (array.isEmpty()) {
      return DEFAULT_DELIMITERS;
    }
    StringBuilder b = new StringBuilder(array.size());
    for (JsonValue item : array) {
      if (!(item instanceof JsonString s)) {
        throw Operands.wrongElement(1, array, item, "string");
      }
      if (s.value().codePointCount(0, s.value().length()) != 1) {
        throw Operands.wrongElement(1, array, item, "rune");
      }
      b.append(s.value());
    }
    return b.toString();
  }
}
