package app.intentgate.rego.plan;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes small policies, and inputs that fit them, from a seed. */
final class RandomPolicy {
  private static final String[] WORDS = {"a", "b", "c", "d"};
  private static final String[] FIELDS = {"tool", "role", "env"};

  private final Random random;
  private final List<Rule> rules = new ArrayList<>();

  /** A rule as the texts it is made of; the order of the literals is free. */
  private record Rule(String head, List<String> body) {}

  RandomPolicy(long seed) {
    random = new Random(seed);
    int count = 4 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      rules.add(rule());
    }
    rules.add(new Rule("helper", List.of("input.tool == \"a\"")));
    rules.add(new Rule("f(\"a\", x) := x", List.of()));
    rules.add(new Rule("f(\"b\", _) := 7", List.of()));
    rules.add(new Rule("f(y, x) := x", List.of("y == \"c\"", "x != \"d\"")));
  }

  private Rule rule() {
    List<String> body = new ArrayList<>();
    int literals = 1 + random.nextInt(4);
    for (int i = 0; i < literals; i++) {
      body.add(literal(i));
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Rule("allow", body);
      case 1 -> new Rule("level := " + random.nextInt(2), body);
      case 2 -> new Rule("tags contains \"" + word() + "\"", body);
      case 3 -> new Rule("scores[\"" + word() + "\"] := " + random.nextInt(3), body);
      case 4 -> {
        body.add("k := input.roles[_]");
        yield new Rule("seen[k].by := \"" + word() + "\"", body);
      }
      default -> {
        body.add("v := input.items[_]");
        yield new Rule("picked contains v", body);
      }
    };
  }

  private String literal(int number) {
    String field = "input." + FIELDS[random.nextInt(FIELDS.length)];
    String v = "v" + number;
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> field + " == \"" + word() + "\"";
      case 4 -> field + " in {\"" + word() + "\", \"" + word() + "\"}";
      case 5 -> "\"" + word() + "\" in input.roles";
      case 6 -> "not " + field + " == \"" + word() + "\"";
      case 7 -> v + " = " + field + "; " + v + " != \"" + word() + "\"";
      case 8 -> "f(" + field + ", \"" + word() + "\") == \"" + word() + "\"";
      case 9 -> "some " + v + " in input.items; " + v + " > " + random.nextInt(3);
      case 10 -> "not helper";
      default -> "every " + v + " in input.items { " + v + " < " + (2 + random.nextInt(4)) + " }";
    };
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /** The policy, with the literals of each body in the order they were made in. */
  String source() {
    return source(null);
  }

  /** The same policy with the literals of each body in another order. */
  String shuffled(long seed) {
    return source(new Random(seed));
  }

  private String source(@org.jspecify.annotations.Nullable Random order) {
    StringBuilder out = new StringBuilder("package p\n\ndefault allow := false\n");
    for (Rule rule : rules) {
      List<String> body = new ArrayList<>(rule.body);
      if (order != null) {
        Collections.shuffle(body, order);
      }
      out.append('\n').append(rule.head);
      if (!body.isEmpty()) {
        out.append(" if {\n\t").append(String.join("\n\t", body)).append("\n}");
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** An input; some members may be missing. */
  JsonObject input() {
    JsonObject.Builder input = JsonObject.builder();
    for (String field : FIELDS) {
      if (random.nextInt(6) > 0) {
        input.put(field, word());
      }
    }
    List<JsonValue> roles = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      roles.add(JsonString.of(word()));
    }
    input.put(JsonString.of("roles"), JsonArray.copyOf(roles));
    List<JsonValue> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(JsonNumber.of(random.nextInt(5)));
    }
    return input.put(JsonString.of("items"), JsonArray.copyOf(items)).build();
  }
}
