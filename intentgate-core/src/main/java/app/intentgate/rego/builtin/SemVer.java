package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code semver.*}: versions as semver.org orders them; a leading {@code v} is accepted, as in OPA.
 *
 * @param preRelease may be empty; build metadata is not kept, since it orders nothing
 */
record SemVer(long major, long minor, long patch, String preRelease) implements Comparable<SemVer> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");
  private static final Regex IDENTIFIERS = Regex.compile("^[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*$");
  private static final Comparator<SemVer> BY_NUMBERS =
      Comparator.comparingLong(SemVer::major)
          .thenComparingLong(SemVer::minor)
          .thenComparingLong(SemVer::patch);

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("semver.compare(string, string): number", SemVer::compare);
    b.add(
        "semver.is_valid(any): boolean",
        (c, a) -> JsonValue.of(a[0] instanceof JsonString s && parse(s.value()) != null));
  }

  private static JsonValue compare(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String first = Operands.string(args, 0);
    String second = Operands.string(args, 1);
    SemVer left = valid(first, 1);
    SemVer right = valid(second, 2);
    // Before they are taken apart: they may have very many parts.
    context.chargeSteps(first.length() + (long) second.length());
    return JsonNumber.of(Integer.signum(left.compareTo(right)));
  }

  private static SemVer valid(String text, int position) throws BuiltinException {
    SemVer version = parse(text);
    if (version == null) {
      String quoted = RegoText.of(JsonString.of(text));
      throw BuiltinException.of(
          "operand %d: string %s is not a valid SemVer".formatted(position, quoted));
    }
    return version;
  }

  /** The version a text writes, or null. */
  static @Nullable SemVer parse(String text) {
    String rest = text.startsWith("v") ? text.substring(1) : text;
    int plus = rest.indexOf('+');
    if (plus >= 0) {
      if (!identifiers(rest.substring(plus + 1))) {
        return null;
      }
      rest = rest.substring(0, plus);
    }
    String preRelease = "";
    int dash = rest.indexOf('-');
    if (dash >= 0) {
      preRelease = rest.substring(dash + 1);
      if (!identifiers(preRelease)) {
        return null;
      }
      rest = rest.substring(0, dash);
    }
    String[] parts = rest.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    long[] numbers = new long[3];
    for (int i = 0; i < 3; i++) {
      if (!NUMBER.matcher(parts[i]).matches()) {
        return null;
      }
      BigInteger n = new BigInteger(parts[i]);
      if (n.bitLength() > 63) {
        return null;
      }
      numbers[i] = n.longValue();
    }
    return new SemVer(numbers[0], numbers[1], numbers[2], preRelease);
  }

  /** An empty text is accepted: OPA takes {@code 1.2.3-} for {@code 1.2.3}. */
  private static boolean identifiers(String text) {
    return text.isEmpty() || IDENTIFIERS.matches(text);
  }

  @Override
  public int compareTo(SemVer other) {
    int byNumbers = BY_NUMBERS.compare(this, other);
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    String[] mine = preRelease.split("\\.", -1);
    String[] theirs = other.preRelease.split("\\.", -1);
    for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
      int order = compareIdentifiers(mine[i], theirs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.length, theirs.length);
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numeric = isNumeric(a);
    boolean otherNumeric = isNumeric(b);
    if (numeric != otherNumeric) {
      return numeric ? -1 : 1;
    }
    if (!numeric) {
      return a.compareTo(b);
    }
    String x = withoutLeadingZeros(a);
    String y = withoutLeadingZeros(b);
    return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
  }

  private static boolean isNumeric(String identifier) {
    for (int i = 0; i < identifier.length(); i++) {
      if (identifier.charAt(i) < '0' || identifier.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String withoutLeadingZeros(String digits) {
    int i = 0;
    while (i < digits.length() - 1 && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }
}
