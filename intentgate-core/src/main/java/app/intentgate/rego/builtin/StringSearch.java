package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.regex.TextSearch;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.List;

/** Finding text in strings. Positions count code points. */
final class StringSearch {
  private StringSearch() {}

  @FunctionalInterface
  private interface Test {
    boolean test(String text, String part);
  }

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "contains(string, string): boolean",
        (c, a) -> JsonValue.of(indexOf(c, Operands.string(a, 0), Operands.string(a, 1)) >= 0));
    test(b, "startswith", String::startsWith);
    test(b, "endswith", String::endsWith);
    b.add("indexof(string, string): number", StringSearch::indexOf);
    b.add("indexof_n(string, string): array[number]", StringSearch::indexesOf);
    b.add("strings.count(string, string): number", StringSearch::count);
    String any = "(string | array[string] | set[string], string | array[string] | set[string])";
    b.add(
        "strings.any_prefix_match" + any + ": boolean",
        (c, a) -> JsonValue.of(anyMatch(c, a, String::startsWith)));
    b.add(
        "strings.any_suffix_match" + any + ": boolean",
        (c, a) -> JsonValue.of(anyMatch(c, a, String::endsWith)));
  }

  private static void test(BuiltinRegistry.Builder b, String name, Test test) {
    b.add(
        name + "(string, string): boolean",
        (c, a) -> JsonValue.of(test.test(Operands.string(a, 0), Operands.string(a, 1))));
  }

  private static String search(JsonValue[] args) throws BuiltinException {
    String search = Operands.string(args, 1);
    if (search.isEmpty()) {
      throw BuiltinException.of("empty search character");
    }
    return search;
  }

  private static int indexOf(BuiltinContext context, String text, String part) {
    return TextSearch.indexOf(text, part, 0, context::chargeSteps);
  }

  private static JsonValue indexOf(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    int at = indexOf(context, text, search(args));
    return JsonNumber.of(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private static JsonValue indexesOf(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    String search = search(args);
    context.chargeSteps(text.length());
    TextSearch places = new TextSearch(text, search, context::chargeSteps);
    List<JsonValue> found = new ArrayList<>();
    int index = 0;
    int counted = 0;
    for (int at = places.next(0); at >= 0; at = places.next(at + 1)) {
      context.chargeValues(1);
      index += text.codePointCount(counted, at);
      counted = at;
      found.add(JsonNumber.of(index));
    }
    return JsonArray.copyOf(found);
  }

  private static JsonValue count(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String text = Operands.string(args, 0);
    String search = Operands.string(args, 1);
    if (search.isEmpty()) {
      return JsonNumber.of(text.codePointCount(0, text.length()) + 1L);
    }
    TextSearch places = new TextSearch(text, search, context::chargeSteps);
    int count = 0;
    for (int at = places.next(0); at >= 0; at = places.next(at + search.length())) {
      count++;
    }
    return JsonNumber.of(count);
  }

  private static boolean anyMatch(BuiltinContext context, JsonValue[] args, Test test)
      throws BuiltinException {
    List<String> texts = strings(args, 0);
    List<String> parts = strings(args, 1);
    for (String part : parts) {
      context.chargeSteps(texts.size());
      for (String text : texts) {
        if (test.test(text, part)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> strings(JsonValue[] args, int index) throws BuiltinException {
    if (args[index] instanceof JsonString s) {
      return List.of(s.value());
    }
    if (!(args[index] instanceof JsonArray) && !(args[index] instanceof JsonSet)) {
      throw Operands.wrongType(args, index, "string", "set", "array");
    }
    return Operands.strings(args, index);
  }
}
