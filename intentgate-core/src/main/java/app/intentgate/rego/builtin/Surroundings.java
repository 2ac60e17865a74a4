package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.ArrayList;
import java.util.List;

/**
 * What talks to whoever evaluates: {@code opa.runtime}, {@code print} and {@code trace}; and what
 * the compiler answers itself.
 */
final class Surroundings {
  /** Lines that one {@code print} makes of arguments with several values. */
  private static final int MAX_LINES = 1_000;

  private Surroundings() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(effect("opa.runtime(): object[string: any]"), (c, a) -> c.environment());
    b.add(effect("trace(string): boolean"), Surroundings::trace);
    b.declare(effect("print(any...)"));
    b.declare(BuiltinSignature.parse("rego.metadata.chain(): array[any]"));
    b.declare(BuiltinSignature.parse("rego.metadata.rule(): any"));
    b.add(effect("internal.print(array[set[any]])"), Surroundings::print);
  }

  private static BuiltinSignature effect(String signature) {
    return BuiltinSignature.parse(signature).withKind(BuiltinSignature.Kind.NONDETERMINISTIC);
  }

  private static JsonValue trace(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    context.trace(Operands.string(args, 0));
    return JsonValue.of(true);
  }

  /**
   * Prints a line for each combination of the arguments' values; no value is {@code <undefined>}.
   */
  private static JsonValue print(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonArray operands = Operands.array(args, 0);
    List<String> lines = List.of("");
    for (int i = 0; i < operands.size(); i++) {
      lines = longer(context, lines, i == 0 ? "" : " ", texts(context, operands.get(i)));
    }
    lines.forEach(context::print);
    return JsonValue.of(true);
  }

  /** Each line with each text behind it, as long as there are not too many. */
  private static List<String> longer(
      BuiltinContext context, List<String> lines, String space, List<String> texts) {
    List<String> longer = new ArrayList<>();
    for (String line : lines) {
      for (String text : texts) {
        if (longer.size() == MAX_LINES) {
          return longer;
        }
        context.chargeBytes(line.length() + text.length() + 1L);
        longer.add(line + space + text);
      }
    }
    return longer;
  }

  /** What an operand prints; of a set with more values than lines, those that are printed. */
  private static List<String> texts(BuiltinContext context, JsonValue operand) {
    if (!(operand instanceof JsonSet set)) {
      return List.of(text(context, operand));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Math.min(set.size(), MAX_LINES); i++) {
      texts.add(text(context, set.get(i)));
    }
    return texts.isEmpty() ? List.of("<undefined>") : texts;
  }

  private static String text(BuiltinContext context, JsonValue value) {
    return value instanceof JsonString s ? s.value() : ShownText.of(context, value);
  }
}
