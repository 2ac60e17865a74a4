package app.intentgate.rego.builtin;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
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
    // Before they are compared: they may have very many parts.
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
    String[] parts = rest.split("\\.", 4);
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

  /**
   * Whether it is letters, digits and hyphens with single dots between. An empty text is accepted:
   * OPA takes {@code 1.2.3-} for {@code 1.2.3}.
   */
  private static boolean identifiers(String text) {
    boolean open = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && open) {
        return false;
      }
      open = c == '.';
      if (!open && c != '-' && !isDigit(c) && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return !open || text.isEmpty();
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
    return compareIdentifiers(preRelease, other.preRelease);
  }

  /** Compares identifier by identifier, in place: there may be very many of them. */
  private static int compareIdentifiers(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = identifierEnd(a, i);
      int endB = identifierEnd(b, j);
      int order = compareIdentifier(a, i, endA, b, j, endB);
      if (order != 0) {
        return order;
      }
      i = endA + 1;
      j = endB + 1;
    }
    return Boolean.compare(i < a.length(), j < b.length());
  }

  private static int compareIdentifier(String a, int i, int endA, String b, int j, int endB) {
    boolean numeric = isNumeric(a, i, endA);
    if (numeric != isNumeric(b, j, endB)) {
      return numeric ? -1 : 1;
    }
    int fromA = numeric ? withoutLeadingZeros(a, i, endA) : i;
    int fromB = numeric ? withoutLeadingZeros(b, j, endB) : j;
    int byLength = Integer.compare(endA - fromA, endB - fromB);
    if (numeric && byLength != 0) {
      return byLength;
    }
    for (int k = 0; k < Math.min(endA - fromA, endB - fromB); k++) {
      int order = Character.compare(a.charAt(fromA + k), b.charAt(fromB + k));
      if (order != 0) {
        return order;
      }
    }
    return byLength;
  }

  private static int identifierEnd(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumeric(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int withoutLeadingZeros(String text, int from, int end) {
    int i = from;
    while (i < end - 1 && text.charAt(i) == '0') {
      i++;
    }
    return i;
  }
}
