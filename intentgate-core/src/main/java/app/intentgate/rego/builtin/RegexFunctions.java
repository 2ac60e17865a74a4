package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.regex.RegexMatch;
import app.intentgate.rego.regex.RegexSyntaxException;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.ArrayList;
import java.util.List;

/** {@code regex.*}: Go's regular expressions, compiled once for each pattern and policy. */
final class RegexFunctions {
  private RegexFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("regex.match(string, string): boolean", RegexFunctions::match);
    b.add(
        BuiltinSignature.parse("re_match(string, string): boolean").asDeprecated(),
        RegexFunctions::match);
    b.add("regex.is_valid(string): boolean", RegexFunctions::isValid);
    b.add("regex.find_n(string, string, number): array[string]", RegexFunctions::find);
    b.add(
        "regex.find_all_string_submatch_n(string, string, number): array[array[string]]",
        RegexFunctions::findSubmatches);
    b.add("regex.split(string, string): array[string]", RegexFunctions::split);
    b.add("regex.replace(string, string, string): string", RegexFunctions::replace);
    b.add(
        "regex.template_match(string, string, string, string): boolean",
        RegexFunctions::matchTemplate);
    b.add("regex.globs_match(string, string): boolean", RegexFunctions::globsMatch);
  }

  private static Regex regex(BuiltinContext context, String pattern) throws BuiltinException {
    return context.compiled(Regex.class, pattern, text -> compile(context, text));
  }

  /** Compiles, which counts as steps, since patterns may come from an input. */
  static Regex compile(BuiltinContext context, String pattern) throws BuiltinException {
    context.chargeSteps(1 + pattern.length() / 4);
    try {
      Regex compiled = Regex.compile(pattern);
      context.chargeSteps(compiled.size() / 8);
      return compiled;
    } catch (RegexSyntaxException e) {
      throw BuiltinException.of(String.valueOf(e.getMessage()));
    }
  }

  private static JsonValue match(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String pattern = Operands.string(args, 0);
    String text = Operands.string(args, 1);
    return JsonValue.of(regex(context, pattern).matches(text, context::chargeSteps));
  }

  private static JsonValue isValid(BuiltinContext context, JsonValue[] args) {
    if (!(args[0] instanceof JsonString pattern)) {
      return JsonValue.of(false);
    }
    try {
      regex(context, pattern.value());
      return JsonValue.of(true);
    } catch (BuiltinException e) {
      return JsonValue.of(false);
    }
  }

  private static List<RegexMatch> matches(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String pattern = Operands.string(args, 0);
    String text = Operands.string(args, 1);
    long limit = Numbers.integer(args, 2);
    List<RegexMatch> found =
        regex(context, pattern)
            .findAll(
                text, (int) Math.max(-1, Math.min(limit, Integer.MAX_VALUE)), context::chargeSteps);
    context.chargeValues(found.size());
    return found;
  }

  private static JsonValue find(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    List<JsonValue> out = new ArrayList<>();
    for (RegexMatch m : matches(context, args)) {
      context.chargeBytes(m.end() - m.start());
      out.add(JsonString.of(m.text()));
    }
    return JsonArray.copyOf(out);
  }

  private static JsonValue findSubmatches(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    List<JsonValue> out = new ArrayList<>();
    for (RegexMatch m : matches(context, args)) {
      JsonValue[] groups = new JsonValue[m.groupCount() + 1];
      context.chargeValues(groups.length);
      for (int g = 0; g < groups.length; g++) {
        context.chargeBytes(m.end(g) - m.start(g));
        String text = m.group(g);
        groups[g] = JsonString.of(text == null ? "" : text);
      }
      out.add(JsonArray.of(groups));
    }
    return JsonArray.copyOf(out);
  }

  private static JsonValue split(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String pattern = Operands.string(args, 0);
    String text = Operands.string(args, 1);
    context.chargeBytes(text.length());
    List<JsonValue> out = new ArrayList<>();
    for (String part : regex(context, pattern).split(text, -1, context::chargeSteps)) {
      out.add(JsonString.of(part));
    }
    context.chargeValues(out.size());
    return JsonArray.copyOf(out);
  }

  private static JsonValue replace(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    String pattern = Operands.string(args, 1);
    String template = Operands.string(args, 2);
    String replaced = regex(context, pattern).replaceAll(text, template, context::chargeSteps);
    context.chargeBytes(replaced.length());
    return JsonString.of(replaced);
  }

  private static JsonValue matchTemplate(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String template = Operands.string(args, 0);
    String text = Operands.string(args, 1);
    String opening = Operands.string(args, 2);
    String closing = Operands.string(args, 3);
    char start = delimiter(opening, "start");
    char end = delimiter(closing, "end");
    RegexTemplate compiled =
        context.compiled(
            RegexTemplate.class,
            "" + start + end + template,
            key -> RegexTemplate.compile(context, template, start, end));
    return JsonValue.of(compiled.regex().matches(text, context::chargeSteps));
  }

  /** One ASCII character: OPA counts bytes. */
  private static char delimiter(String text, String name) throws BuiltinException {
    if (text.length() != 1 || text.charAt(0) > 127) {
      throw BuiltinException.of(
          name
              + " delimiter has to be exactly one character long but is "
              + text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
              + " long");
    }
    return text.charAt(0);
  }

  private static JsonValue globsMatch(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    PlainGlob first = plainGlob(context, Operands.string(args, 0));
    PlainGlob second = plainGlob(context, Operands.string(args, 1));
    return JsonValue.of(first.intersects(second, context::chargeSteps));
  }

  private static PlainGlob plainGlob(BuiltinContext context, String text) throws BuiltinException {
    return context.compiled(PlainGlob.class, text, PlainGlobParser::parse);
  }
}
