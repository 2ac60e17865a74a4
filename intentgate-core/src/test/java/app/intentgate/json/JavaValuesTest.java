package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java values as embedders hand them in. */
class JavaValuesTest {
  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of((byte) -1, "-1"),
        Arguments.of((short) 7, "7"),
        Arguments.of(Integer.MIN_VALUE, "-2147483648"),
        Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(0.1f, "0.1"),
        Arguments.of(0.1, "0.1"),
        Arguments.of(1e100, "1.0E100"),
        Arguments.of(-0.0, "-0.0"),
        Arguments.of(Double.MIN_VALUE, "4.9E-324"),
        Arguments.of(new BigInteger("9223372036854775808"), "9223372036854775808"),
        Arguments.of(new BigDecimal("1.10"), "1.10"),
        Arguments.of(new BigDecimal("1E+3"), "1E+3"),
        Arguments.of(new BigDecimal(BigInteger.ONE, 20), "1E-20"),
        Arguments.of(new AtomicLong(5), "5"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbers_keep_their_value_and_their_digits(Number number, String text) {
    JsonNumber json = (JsonNumber) JavaValues.of(number);
    assertThat(json.text()).isEqualTo(text);
    assertThat(JsonReader.parse(JsonWriter.toText(json))).isEqualTo(json);
  }

  @Test
  void collections_and_maps_keep_their_order() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", Arrays.asList(1, null, true, "x"));
    map.put("a", new LinkedHashSet<>(List.of("q", "p")));
    map.put("", new StringBuilder("text"));
    map.put("json", JsonArray.EMPTY);
    assertThat(JavaValues.of(map))
        .hasToString("{\"z\":[1,null,true,\"x\"],\"a\":[\"q\",\"p\"],\"\":\"text\",\"json\":[]}");
    assertThat(JavaValues.ofMap(map)).isEqualTo(JavaValues.of(map));
  }

  @Test
  void a_value_that_is_json_already_is_taken_as_it_is() {
    JsonValue value = JsonReader.parse("{\"a\":1.50}");
    assertThat(JavaValues.of(value)).isSameAs(value);
  }

  @Test
  void what_changes_later_does_not_change_the_value() {
    List<Object> list = new ArrayList<>(List.of(1));
    JsonValue value = JavaValues.of(Map.of("a", list));
    list.set(0, 2);
    assertThat(value).hasToString("{\"a\":[1]}");
  }

  @Test
  void what_json_cannot_say_is_refused_by_name() {
    assertThatThrownBy(() -> JavaValues.of(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no JSON value for a java.lang.Object");
    assertThatThrownBy(() -> JavaValues.of(new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no JSON value for a ");
    assertThatThrownBy(() -> JavaValues.of('c'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no JSON value for a java.lang.Character");
    assertThatThrownBy(() -> JavaValues.of(Map.of(1, "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a map with keys that are no text has no JSON value");
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    assertThatThrownBy(() -> JavaValues.of(nullKey)).isInstanceOf(IllegalArgumentException.class);
    for (Number n : List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)) {
      assertThatThrownBy(() -> JavaValues.of(n))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("NaN and infinities have no JSON value");
    }
  }

  @Test
  void levels_are_bounded_so_that_a_list_in_itself_ends() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> JavaValues.of(itself))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value is nested deeper than 64");
    Object deep = "x";
    for (int i = 0; i < 64; i++) {
      deep = List.of(deep);
    }
    assertThat(JavaValues.of(deep).toString()).isEqualTo("[".repeat(64) + "\"x\"" + "]".repeat(64));
    Object deeper = List.of(deep);
    assertThatThrownBy(() -> JavaValues.of(deeper)).isInstanceOf(IllegalArgumentException.class);
  }
}
