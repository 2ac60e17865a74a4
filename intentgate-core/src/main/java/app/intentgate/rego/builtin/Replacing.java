package app.intentgate.rego.builtin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code replace} and {@code strings.replace_n}: one walk over the text, no match is searched
 * again.
 */
final class Replacing {
  private Replacing() {}

  /** So many characters are compared in about the time of a step. */
  private static final int STEP = 1024;

  private record Pair(String from, String to) {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("replace(string, string, string): string", Replacing::replace);
    b.add("strings.replace_n(object[string: string], string): string", Replacing::replaceN);
  }

  private static JsonValue replace(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    Pair pair = new Pair(Operands.string(args, 1), Operands.string(args, 2));
    return JsonString.of(replaced(context, text, List.of(pair)));
  }

  private static JsonValue replaceN(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonObject patterns = Operands.object(args, 0);
    String text = Operands.string(args, 1);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      int at = patterns.sortedPosition(i);
      if (!(patterns.keyAt(at) instanceof JsonString from)) {
        throw BuiltinException.ofType("operand 1 non-string key found in pattern object");
      }
      if (!(patterns.valueAt(at) instanceof JsonString to)) {
        throw BuiltinException.ofType("operand 1 non-string value found in pattern object");
      }
      pairs.add(new Pair(from.value(), to.value()));
    }
    return JsonString.of(replaced(context, text, pairs));
  }

  /**
   * Replaces at each place the first pair that matches there. An empty pattern matches before every
   * code point and at the end, but not right after another match.
   */
  private static String replaced(BuiltinContext context, String text, List<Pair> pairs) {
    StringBuilder out = new StringBuilder(text.length());
    boolean afterEmpty = false;
    int at = 0;
    while (at <= text.length()) {
      context.chargeSteps(pairs.size());
      Pair match = matchAt(context, text, at, pairs, afterEmpty);
      if (match != null) {
        context.chargeBytes(match.to.length());
        out.append(match.to);
        at += match.from.length();
        afterEmpty = match.from.isEmpty();
        continue;
      }
      afterEmpty = false;
      if (at == text.length()) {
        break;
      }
      int c = text.codePointAt(at);
      out.appendCodePoint(c);
      at += Character.charCount(c);
    }
    context.chargeBytes(text.length());
    return out.toString();
  }

  private static @org.jspecify.annotations.Nullable Pair matchAt(
      BuiltinContext context, String text, int at, List<Pair> pairs, boolean ignoreEmpty) {
    for (Pair p : pairs) {
      if (p.from.length() > STEP && at < text.length() && text.charAt(at) == p.from.charAt(0)) {
        context.chargeSteps(p.from.length() / STEP);
      }
      if ((!ignoreEmpty || !p.from.isEmpty()) && text.startsWith(p.from, at)) {
        return p;
      }
    }
    return null;
  }
}
