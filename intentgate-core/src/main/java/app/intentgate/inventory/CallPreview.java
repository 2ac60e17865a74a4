package app.intentgate.inventory;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
 * @param magnitudeCents the money it moves, in cents; 0 when none is seen
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

  /** What calling a tool with these arguments would probably do. */
  public static CallPreview of(String tool, JsonObject arguments) {
    String operation = operation(tool);
    Long rows = rows(arguments);
    boolean wildcard =
        arguments.get("filter") instanceof JsonString f && Set.of("", "*").contains(f.value())
            || arguments.get("where") instanceof JsonString w && w.value().isBlank();
    return new CallPreview(
        tool,
        operation,
        text(arguments, RESOURCES),
        wildcard || ROWS.stream().anyMatch(name -> isMoreThanOne(arguments.get(name))),
        cents(arguments),
        text(arguments, DESTINATIONS),
        !Set.of("delete", "pay", "send").contains(operation),
        rows);
  }

  private static String operation(String tool) {
    Set<String> words = Set.copyOf(List.of(tool.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
    for (String operation : ORDER) {
      for (String verb : VERBS.getOrDefault(operation, Set.of())) {
        if (words.contains(verb)) {
          return operation;
        }
      }
    }
    return "unknown";
  }

  private static String text(JsonObject arguments, List<String> names) {
    for (String name : names) {
      JsonValue value = arguments.get(name);
      if (value instanceof JsonString text) {
        return text.value();
      }
      if (value instanceof JsonNumber number) {
        return number.text();
      }
    }
    return "";
  }

  private static @Nullable Long rows(JsonObject arguments) {
    for (String name : ROWS) {
      if (arguments.get(name) instanceof JsonNumber n && n.fitsLong()) {
        return n.longValue();
      }
    }
    return null;
  }

  /** Also of a number that is none of rows: what asks for 1e30 wants all there are. */
  private static boolean isMoreThanOne(@Nullable JsonValue rows) {
    return rows instanceof JsonNumber n && n.doubleValue() > 1;
  }

  private static long cents(JsonObject arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.nameAt(i);
      if (arguments.valueAt(i) instanceof JsonNumber amount) {
        if (name.endsWith("_cents")) {
          return cents(amount, 0);
        }
        if (name.equals("amount") || name.startsWith("amount_")) {
          return cents(amount, 2);
        }
      }
    }
    return 0;
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
