package app.intentgate.inventory;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call would probably do, guessed from its tool's name and its arguments without doing it. A
 * hint for whoever decides, never a decision.
 *
 * @param tool the tool
 * @param operation {@code read}, {@code write}, {@code delete}, {@code pay}, {@code send} or {@code
 *     unknown}
 * @param resource what it acts on; may be empty
 * @param bulk whether it reaches more than one thing
 * @param magnitudeCents the money it moves, in cents: the most that any argument says; 0 when none
 *     is seen
 * @param destination where something goes to; may be empty
 * @param reversible whether it can be taken back
 * @param estimatedRows how many rows it says it reaches; null when it does not say
 */
public record CallPreview(
    String tool,
    String operation,
    String resource,
    boolean bulk,
    long magnitudeCents,
    String destination,
    boolean reversible,
    @Nullable Long estimatedRows) {
  private static final Map<String, Set<String>> VERBS =
      Map.of(
          "delete", Set.of("delete", "drop", "purge", "remove", "truncate", "erase", "wipe"),
          "pay", Set.of("pay", "transfer", "payout", "refund", "charge", "wire"),
          "send", Set.of("send", "email", "post", "publish", "notify", "upload"),
          "write", Set.of("write", "update", "create", "insert", "set", "record", "add", "put"),
          "read", Set.of("read", "get", "list", "fetch", "query", "search", "find", "select"));

  private static final List<String> ORDER = List.of("delete", "pay", "send", "write", "read");
  private static final List<String> RESOURCES = List.of("table", "resource", "path", "file", "id");
  private static final List<String> DESTINATIONS =
      List.of("to", "destination", "payee", "iban", "email", "recipient", "url");
  private static final List<String> ROWS = List.of("limit", "rows", "count", "max_rows");
  private static final long MAX_CENTS = (1L << 53) - 1;

  /** Between the words of names like {@code maxRows}, {@code payeeIBAN} and {@code HTTPPost}. */
  private static final Pattern HUMPS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  /**
   * What calling a tool with these arguments would probably do. How their names are written, {@code
   * max_rows} or {@code maxRows}, makes no difference.
   */
  public static CallPreview of(String tool, JsonObject arguments) {
    String operation = operation(tool);
    List<Argument> given = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      given.add(new Argument(words(arguments.nameAt(i)), arguments.valueAt(i)));
    }
    return new CallPreview(
        tool,
        operation,
        text(given, RESOURCES),
        given.stream().anyMatch(CallPreview::isBulk),
        given.stream().mapToLong(CallPreview::cents).max().orElse(0),
        text(given, DESTINATIONS),
        !Set.of("delete", "pay", "send").contains(operation),
        rows(given));
  }

  /**
   * One argument.
   *
   * @param words the words of its name, in lower case
   * @param value what it is
   */
  private record Argument(List<String> words, JsonValue value) {
    boolean isCalled(String name) {
      return String.join("_", words).equals(name);
    }
  }

  private static List<String> words(String name) {
    String apart = HUMPS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    return List.of(BETWEEN_WORDS.split(apart));
  }

  private static String operation(String tool) {
    List<String> words = words(tool);
    for (String operation : ORDER) {
      for (String verb : VERBS.getOrDefault(operation, Set.of())) {
        if (words.contains(verb)) {
          return operation;
        }
      }
    }
    return "unknown";
  }

  /** What the first of these names says; a blank says nothing. */
  private static String text(List<Argument> arguments, List<String> names) {
    for (String name : names) {
      for (Argument argument : arguments) {
        if (argument.isCalled(name)) {
          if (argument.value() instanceof JsonString text && !text.value().isBlank()) {
            return text.value();
          }
          if (argument.value() instanceof JsonNumber number) {
            return number.text();
          }
        }
      }
    }
    return "";
  }

  private static @Nullable Long rows(List<Argument> arguments) {
    for (String name : ROWS) {
      for (Argument argument : arguments) {
        if (argument.isCalled(name) && argument.value() instanceof JsonNumber n && n.fitsLong()) {
          return n.longValue();
        }
      }
    }
    return null;
  }

  /** Also of a number that is none of rows: what asks for 1e30 wants all there are. */
  private static boolean isBulk(Argument argument) {
    if (argument.value() instanceof JsonString text) {
      return argument.isCalled("filter") && Set.of("", "*").contains(text.value())
          || argument.isCalled("where") && text.value().isBlank();
    }
    return argument.value() instanceof JsonNumber rows
        && rows.doubleValue() > 1
        && ROWS.stream().anyMatch(argument::isCalled);
  }

  private static long cents(Argument argument) {
    List<String> words = argument.words();
    if (!(argument.value() instanceof JsonNumber amount)) {
      return 0;
    }
    if (!words.isEmpty() && words.get(words.size() - 1).equals("cents")) {
      return cents(amount, 0);
    }
    return words.contains("amount") ? cents(amount, 2) : 0;
  }

  /** Negative amounts move nothing; what is beyond every sum counts as the largest. */
  private static long cents(JsonNumber amount, int decimals) {
    double rough = amount.doubleValue();
    if (!(rough > 0)) {
      return 0;
    }
    if (rough >= MAX_CENTS) {
      return MAX_CENTS;
    }
    BigDecimal cents = amount.toBigDecimal().movePointRight(decimals);
    return Math.min(MAX_CENTS, cents.setScale(0, RoundingMode.CEILING).longValue());
  }

  /** How far it reaches: {@code single} or {@code bulk}. */
  public String scope() {
    return bulk ? "bulk" : "single";
  }

  /** One sentence for whoever decides. */
  public String blastRadius() {
    String on = resource.isEmpty() ? "the target" : resource;
    String money = magnitudeCents > 0 ? ", moving " + magnitudeCents + " cents" : "";
    String back = reversible ? "" : ", and cannot be taken back";
    return operation + " on " + on + " (" + scope() + " scope)" + money + back + ".";
  }
}
