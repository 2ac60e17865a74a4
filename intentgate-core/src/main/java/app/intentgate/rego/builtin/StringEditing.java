package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Strings made of one string: case, trimming, parts of it, and its reverse. */
final class StringEditing {
  /** A set of more characters is made ready before it is asked about each of a text. */
  private static final int FEW = 64;

  private StringEditing() {}

  static void addTo(BuiltinRegistry.Builder b) {
    edit(b, "lower", s -> mapped(s, Character::toLowerCase));
    edit(b, "upper", s -> mapped(s, Character::toUpperCase));
    edit(b, "strings.reverse", s -> new StringBuilder(s).reverse().toString());
    edit(b, "trim_space", s -> trimmed(s, StringEditing::isSpace, true, true));
    cut(b, "trim", (s, set) -> trimmed(s, anyOf(set), true, true));
    cut(b, "trim_left", (s, set) -> trimmed(s, anyOf(set), true, false));
    cut(b, "trim_right", (s, set) -> trimmed(s, anyOf(set), false, true));
    cut(b, "trim_prefix", (s, p) -> s.startsWith(p) ? s.substring(p.length()) : s);
    cut(b, "trim_suffix", (s, p) -> s.endsWith(p) ? s.substring(0, s.length() - p.length()) : s);
    b.add("substring(string, number, number): string", StringEditing::substring);
  }

  @FunctionalInterface
  private interface Cut {
    String cut(String text, String what);
  }

  private static void edit(BuiltinRegistry.Builder b, String name, UnaryOperator<String> edit) {
    b.add(
        name + "(string): string",
        (c, a) -> {
          String s = Operands.string(a, 0);
          c.chargeBytes(s.length());
          return JsonString.of(edit.apply(s));
        });
  }

  private static void cut(BuiltinRegistry.Builder b, String name, Cut cut) {
    b.add(
        name + "(string, string): string",
        (c, a) -> {
          String s = Operands.string(a, 0);
          String what = Operands.string(a, 1);
          c.chargeBytes(s.length());
          return JsonString.of(cut.cut(s, what));
        });
  }

  /** Each code point by itself, as Go does: {@code ß} stays one character. */
  private static String mapped(String s, IntUnaryOperator mapping) {
    StringBuilder out = new StringBuilder(s.length());
    s.codePoints().map(mapping).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static IntPredicate anyOf(String characters) {
    if (characters.length() <= FEW) {
      return c -> characters.indexOf(c) >= 0;
    }
    BitSet set = new BitSet();
    characters.codePoints().forEach(set::set);
    return set::get;
  }

  private static String trimmed(String s, IntPredicate unwanted, boolean left, boolean right) {
    int from = 0;
    int to = s.length();
    while (left && from < to && unwanted.test(s.codePointAt(from))) {
      from += Character.charCount(s.codePointAt(from));
    }
    while (right && from < to && unwanted.test(s.codePointBefore(to))) {
      to -= Character.charCount(s.codePointBefore(to));
    }
    return s.substring(from, to);
  }

  /** White space by Unicode's property, as Go has it. */
  private static boolean isSpace(int c) {
    return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
  }

  private static JsonValue substring(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String s = Operands.string(args, 0);
    long start = Numbers.integer(args, 1);
    long length = Numbers.integer(args, 2);
    if (start < 0) {
      throw BuiltinException.of("negative offset");
    }
    context.chargeBytes(s.length());
    int count = s.codePointCount(0, s.length());
    if (start >= count) {
      return JsonString.EMPTY;
    }
    int from = s.offsetByCodePoints(0, (int) start);
    long rest = count - start;
    if (length < 0 || length >= rest) {
      return JsonString.of(s.substring(from));
    }
    return JsonString.of(s.substring(from, s.offsetByCodePoints(from, (int) length)));
  }
}
