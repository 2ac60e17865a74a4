package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Some expressions over the variables x, y and z, and their solutions, found by trying every value
 * for each. Every variable has an expression that binds it; where that stands is up to chance.
 */
final class RandomConjunction {
  private static final String NAMES = "xyz";

  private final Random random;
  private final SmallWorld world;
  private final List<Literal> literals = new ArrayList<>();

  /**
   * An expression.
   *
   * @param text what Rego reads
   * @param binds the variables that it finds values for by itself
   * @param holds what it says, for values of x, y and z
   */
  private record Literal(String text, Set<Integer> binds, Predicate<List<JsonValue>> holds) {}

  RandomConjunction(Random random, SmallWorld world) {
    this.random = random;
    this.world = world;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      literals.add(literal());
    }
    Set<Integer> bound = new TreeSet<>();
    literals.forEach(l -> bound.addAll(l.binds));
    for (int v = 0; v < 3; v++) {
      if (!bound.contains(v)) {
        literals.add(new Literal("data.domain[_] = " + name(v), Set.of(v), values -> true));
      }
    }
    Collections.shuffle(literals, random);
  }

  private static char name(int variable) {
    return NAMES.charAt(variable);
  }

  private Literal literal() {
    int a = random.nextInt(3);
    int b = random.nextInt(3);
    JsonValue constant = SmallWorld.any(random);
    String c = RegoText.of(constant);
    String x = String.valueOf(name(a));
    String y = String.valueOf(name(b));
    return switch (random.nextInt(20)) {
      case 0 -> binding("data.pairs[_] = [" + x + ", " + y + "]", a, b, linked(a, b));
      case 1 -> binding("data.p.edges[[" + x + ", " + y + "]]", a, b, linked(a, b));
      case 2 -> binding("data.names[" + x + "] = " + y, a, b, named(a, b));
      case 3 -> binding("data.p.owner[" + x + "] = " + y, a, b, named(a, b));
      case 4 -> {
        int d = random.nextInt(3);
        String text = "data.grid[" + x + "][" + y + "] = " + name(d);
        yield new Literal(
            text,
            new TreeSet<>(List.of(a, b, d)),
            v -> v.get(d).equals(world.at(v.get(a), v.get(b))));
      }
      case 5 ->
          binding(
              "data.p.flags[" + x + "]",
              a,
              a,
              v -> world.listed(v.get(a)) && SmallWorld.holds(v.get(a)));
      case 6 -> binding("[" + x + ", " + c + "] = [" + c + ", " + c + "]", a, a, is(a, constant));
      case 7 -> test("[" + x + ", 1] = [" + y + ", 1]", v -> v.get(a).equals(v.get(b)));
      case 8 -> test("{\"k\": " + x + "} == {\"k\": " + y + "}", v -> v.get(a).equals(v.get(b)));
      case 9 -> test(x + " != " + y, v -> !v.get(a).equals(v.get(b)));
      case 10 -> test(x + " < " + y, v -> JsonValue.compare(v.get(a), v.get(b)) < 0);
      case 11 -> test(x + " >= " + c, v -> JsonValue.compare(v.get(a), constant) >= 0);
      case 12 -> test(x, v -> SmallWorld.holds(v.get(a)));
      case 13 -> test("not " + x, v -> !SmallWorld.holds(v.get(a)));
      case 14 -> test("not data.p.edges[[" + x + ", " + y + "]]", linked(a, b).negate());
      case 15 -> test("not data.p.linked(" + x + ", " + y + ")", linked(a, b).negate());
      case 16 -> test("data.p.named(" + x + ") = " + y, named(a, b));
      case 17 -> test(x + " in data.p.flags", v -> world.listed(v.get(a)));
      case 18 ->
          test("count({w | data.p.edges[[" + x + ", w]]}) > 1", v -> world.linksFrom(v.get(a)) > 1);
      default -> test("every w in data.list { w != " + x + " }", v -> !world.listed(v.get(a)));
    };
  }

  private static Literal binding(String text, int a, int b, Predicate<List<JsonValue>> holds) {
    return new Literal(text, new TreeSet<>(List.of(a, b)), holds);
  }

  private static Literal test(String text, Predicate<List<JsonValue>> holds) {
    return new Literal(text, Set.of(), holds);
  }

  private Predicate<List<JsonValue>> linked(int a, int b) {
    return v -> world.linked(v.get(a), v.get(b));
  }

  private Predicate<List<JsonValue>> named(int a, int b) {
    return v -> v.get(b).equals(world.named(v.get(a)));
  }

  private static Predicate<List<JsonValue>> is(int a, JsonValue constant) {
    return v -> v.get(a).equals(constant);
  }

  /** The expressions, in an order that depends on the seed only. */
  String body(long seed) {
    List<Literal> order = new ArrayList<>(literals);
    Collections.shuffle(order, new Random(seed));
    return order.stream().map(Literal::text).collect(Collectors.joining("; "));
  }

  /** Every {@code [x, y, z]} for which all of it holds. */
  JsonSet solutions() {
    return allBut(false);
  }

  /** Every {@code [x, y, z]} for which some of it does not hold. */
  JsonSet rest() {
    return allBut(true);
  }

  private JsonSet allBut(boolean wanted) {
    List<JsonValue> found = new ArrayList<>();
    for (JsonValue x : SmallWorld.DOMAIN) {
      for (JsonValue y : SmallWorld.DOMAIN) {
        for (JsonValue z : SmallWorld.DOMAIN) {
          List<JsonValue> values = List.of(x, y, z);
          if (literals.stream().allMatch(l -> l.holds.test(values)) != wanted) {
            found.add(JsonArray.copyOf(values));
          }
        }
      }
    }
    return JsonSet.copyOf(found);
  }
}
