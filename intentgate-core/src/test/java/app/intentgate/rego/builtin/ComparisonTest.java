package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.set;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of values of all types: one order, total, and at one with equality. */
class ComparisonTest {
  private static final JsonValue TRUE = JsonValue.of(true);

  @Expressions(
      """
      null < false => true
      false < true => true
      true < -1000 => true
      1e300 < "" => true
      "zzz" < [] => true
      [[[]]] < {} => true
      {"z": 9} < set() => true
      1 < 1.5 => true
      1.0 < 1 => false
      1.0 <= 1 => true
      -0.0 == 0 => true
      -0.0 < 0 => false
      1e2 == 100 => true
      0.1 == 0.10 => true
      100000000000000000000 == 1e20 => true
      9007199254740993 > 9007199254740992 => true
      9007199254740993.0 == 9007199254740992 => false
      "a" < "b" => true
      "a" < "ab" => true
      "Z" < "a" => true
      "é" > "z" => true
      "\\uffff" < "😀" => true
      "1" == 1 => false
      [1] < [1, 0] => true
      [2] > [1, 9] => true
      [] < [null] => true
      [1, 2] == [1.0, 2.0] => true
      {1} < {2} => true
      {1, 3} < {2} => true
      {1} < {1, 2} => true
      {"a": 1} < {"b": 0} => true
      {"a": 1} < {"a": 2} => true
      {"a": 1} < {"a": 1, "b": 0} => true
      {"b": 1, "a": 2} == {"a": 2, "b": 1} => true
      {1, 2, 2.0} == {2, 1} => true
      {1: 2} == {1.0: 2} => true
      [1] == {1} => false
      {} == set() => false
      null == false => false
      input.a != [1, 2] => false
      input.a != [2, 1] => true
      input.missing != 1 => undefined
      """)
  void values_are_ordered_by_type_and_then_by_content(ExpressionTable.Line line) {
    line.check();
  }

  private static JsonValue random(Random random, int depth) {
    int kinds = depth > 0 ? 8 : 5;
    switch (random.nextInt(kinds)) {
      case 0:
        return JsonNull.NULL;
      case 1:
        return JsonValue.of(random.nextBoolean());
      case 2:
        return num(
            List.of("0", "-0.0", "1", "1.0", "10e-1", "1.5", "-2", "1e20").get(random.nextInt(8)));
      case 3, 4:
        return JsonValue.of(List.of("", "a", "ab", "b", "\uffff", "😀").get(random.nextInt(6)));
      case 5:
        {
          JsonArray.Builder items = JsonArray.builder();
          for (int i = random.nextInt(3); i > 0; i--) {
            items.add(random(random, depth - 1));
          }
          return items.build();
        }
      case 6:
        {
          JsonSet.Builder items = JsonSet.builder();
          for (int i = random.nextInt(3); i > 0; i--) {
            items.add(random(random, depth - 1));
          }
          return items.build();
        }
      default:
        {
          JsonObject.Builder members = JsonObject.builder();
          for (int i = random.nextInt(3); i > 0; i--) {
            members.put(random(random, depth - 1), random(random, depth - 1));
          }
          return members.build();
        }
    }
  }

  private static boolean holds(String operator, JsonValue a, JsonValue b) throws Exception {
    return TRUE.equals(call(operator, a, b));
  }

  @Test
  void exactly_one_of_less_equal_and_more_holds_and_equal_values_are_one_key() throws Exception {
    Random random = new Random(71);
    int equal = 0;
    for (int i = 0; i < 20_000; i++) {
      JsonValue a = random(random, 2);
      JsonValue b = random(random, 2);
      boolean less = holds("lt", a, b);
      boolean same = holds("equal", a, b);
      boolean more = holds("gt", a, b);
      assertThat((less ? 1 : 0) + (same ? 1 : 0) + (more ? 1 : 0)).as("%s, %s", a, b).isEqualTo(1);
      assertThat(holds("gt", b, a)).as("%s, %s", a, b).isEqualTo(less);
      assertThat(holds("lte", a, b)).isEqualTo(less || same);
      assertThat(holds("gte", a, b)).isEqualTo(more || same);
      assertThat(holds("neq", a, b)).isEqualTo(!same);
      assertThat(set(a, b).size()).as("%s, %s", a, b).isEqualTo(same ? 1 : 2);
      equal += same ? 1 : 0;
    }
    assertThat(equal).isGreaterThan(500);
  }

  @Test
  void what_is_less_than_less_is_less() throws Exception {
    Random random = new Random(72);
    int chains = 0;
    for (int i = 0; i < 20_000; i++) {
      JsonValue a = random(random, 2);
      JsonValue b = random(random, 2);
      JsonValue c = random(random, 2);
      if (holds("lte", a, b) && holds("lte", b, c)) {
        assertThat(holds("lte", a, c)).as("%s, %s, %s", a, b, c).isTrue();
        chains++;
      }
    }
    assertThat(chains).isGreaterThan(1_000);
  }

  @Test
  void sorting_gives_the_same_whatever_came_first_and_so_does_a_set() throws Exception {
    Random random = new Random(73);
    for (int i = 0; i < 500; i++) {
      List<JsonValue> values = new ArrayList<>();
      for (int n = random.nextInt(12); n > 0; n--) {
        values.add(random(random, 1));
      }
      JsonSet set = JsonSet.copyOf(values);
      JsonArray sorted = (JsonArray) call("sort", set);
      Collections.shuffle(values, random);
      assertThat(call("sort", JsonSet.copyOf(values))).isEqualTo(sorted);
      JsonArray all = (JsonArray) call("sort", JsonArray.copyOf(values));
      assertThat(all.size()).isEqualTo(values.size());
      for (int k = 1; k < all.size(); k++) {
        assertThat(holds("lte", all.get(k - 1), all.get(k))).as("%s", all).isTrue();
      }
      if (!set.isEmpty()) {
        assertThat(call("max", set)).isEqualTo(sorted.get(sorted.size() - 1));
      }
    }
  }

  @Test
  void equal_values_stay_in_the_order_in_which_they_came() throws Exception {
    JsonValue sorted =
        call("sort", JsonArray.of(num("2"), num("1.0"), num("1"), num("10e-1"), num("0")));
    assertThat(String.valueOf(sorted)).isEqualTo("[0,1.0,1,10e-1,2]");
  }
}
