package app.intentgate.rego;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an agent may send within one MiB, made to cost a policy that reads it much more. */
final class HostileInputs {
  private HostileInputs() {}

  static JsonObject all() {
    JsonObject.Builder all =
        JsonObject.builder()
            .put("tiny", numbers("1e-99999", 110_000))
            .put("large", numbers("1e20000", 120_000))
            .put("long", numbers("9".repeat(30_000), 30))
            .put("huge", JsonNumber.parse("9".repeat(1_000_000)))
            .put("far", JsonNumber.parse("1e3000000000"))
            .put("nines", JsonString.of("9".repeat(1_000_000)))
            .put("thousands", JsonString.of("1" + "0".repeat(29_999)))
            .put("half", JsonString.of("x".repeat(500_000)))
            .put("strings", JsonString.of("%[1]s".repeat(100_000)))
            .put("digits", JsonString.of("%[1]d".repeat(100_000)))
            .put("groups", JsonString.of("$0".repeat(500_000)))
            .put("hay", JsonString.of("a".repeat(700_000)))
            .put("needle", JsonString.of("a".repeat(349_999) + "b"))
            .put("middle", JsonString.of("a".repeat(150_000) + "b" + "a".repeat(150_000)))
            .put("pattern", JsonString.of("a".repeat(65_000) + "b"))
            .put("letters", JsonString.of("b".repeat(349_999) + "a"))
            .put("doubling", doubling())
            .put("undone", undone())
            .put("wildcards", JsonString.of("*?".repeat(30_000)))
            .put("delimiters", texts(30_000, i -> Character.toString(0x4e00 + i % 20_000)))
            .put("folding", JsonString.of("(?i)[" + "!-\ud83c\udfff".repeat(16_000) + "]"))
            .put("foldings", JsonString.of("(?i)" + "[!-\ud83c\udfff]".repeat(10_000)))
            .put("negations", JsonString.of("(?i)[" + "\\PL\\pN".repeat(10_000) + "]"))
            .put("classes", JsonString.of("(" + "\\pL".repeat(90) + "){1000}"))
            .put("templates", JsonString.of("<a>".repeat(20_000)))
            .put("evens", globs(0))
            .put("odds", globs(1))
            .put("multiples", numbers("1e99999", 110_000))
            .put("items", numbers("0", 400_000))
            .put("copies", JsonArray.of(wide(), wide()));
    HostileTexts.addTo(all);
    return all.build();
  }

  private static JsonArray numbers(String text, int count) {
    JsonArray.Builder numbers = JsonArray.builder(count);
    for (int i = 0; i < count; i++) {
      numbers.add(JsonNumber.parse(text));
    }
    return numbers.build();
  }

  private static JsonArray texts(int count, IntFunction<String> text) {
    return JsonArray.copyOf(
        IntStream.range(0, count).mapToObj(i -> JsonString.of(text.apply(i))).toList());
  }

  /** A patch that puts the document into itself, again and again, and then finds it wrong. */
  private static JsonArray doubling() {
    List<JsonValue> operations = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      operations.add(operation("copy", "/a" + i).put("from", "").build());
    }
    operations.add(operation("test", "").put("value", 1).build());
    return JsonArray.copyOf(operations);
  }

  /** A patch that takes away very much, and then puts something there that was not. */
  private static JsonArray undone() {
    List<JsonValue> operations = new ArrayList<>();
    operations.add(operation("add", "/a").put("value", JsonObject.EMPTY).build());
    for (int i = 0; i < 10_000; i++) {
      operations.add(operation("add", "/a/b").put("value", i).build());
      operations.add(operation("remove", "/a/b").build());
    }
    return JsonArray.copyOf(operations);
  }

  private static JsonObject.Builder operation(String name, String path) {
    return JsonObject.builder().put("op", name).put("path", path);
  }

  /** Sets of 5,000 characters each that have none in common with those of the other parity. */
  private static JsonString globs(int parity) {
    String set =
        IntStream.range(0, 5_000)
            .mapToObj(i -> Character.toString(0x4e00 + 2 * i + parity))
            .collect(Collectors.joining("", "[", "]*"));
    return JsonString.of(set.repeat(60));
  }

  private static JsonObject wide() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < 20_000; i++) {
      members.put("k" + i, JsonArray.of(JsonNumber.of(i)));
    }
    return members.build();
  }
}
