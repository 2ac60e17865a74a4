package app.intentgate.rego.compile.types;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Computing with types, written as signatures have them. */
class TypesTableTest {
  private static RegoType type(String text) {
    return java.util.Objects.requireNonNull(BuiltinSignature.parse("f(): " + text).result());
  }

  private static String text(@Nullable RegoType type) {
    return type == null ? "none" : type.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "number ; number => number",
        "number ; string => any<number, string>",
        "string ; number => any<number, string>",
        "number ; any => any",
        "any ; number => any",
        "string | number ; number => any<number, string>",
        "string | number ; number | null => any<null, number, string>",
        "array[number] ; array[string] => any<array[number], array[string]>",
        "array[number] ; array<number> => any<array<number>, array[number]>",
        "set[any] ; object[any: any] => any<object[any: any], set[any]>",
        "object<b: number> ; object<a: number> => any<object<a: number>, object<b: number>>",
        "array<string> ; array<number> => any<array<number>, array<string>>",
        "array<string, string> ; array<string> => any<array<string>, array<string, string>>",
        "set[string] ; set[number] => any<set[number], set[string]>",
      })
  void either_of_two_types_lists_them_in_order(String both, String expected) {
    String[] types = both.split(" ; ");
    RegoType a = type(types[0].strip());
    RegoType b = type(types[1].strip());
    assertThat(text(Types.or(a, b))).isEqualTo(expected.strip());
    assertThat(Types.or(b, a)).isEqualTo(Types.or(a, b));
    assertThat(Types.or(null, a)).isEqualTo(a);
    assertThat(Types.or(a, null)).isEqualTo(a);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "number ; number => true",
        "number ; string => false",
        "any ; string => true",
        "string | number ; number => true",
        "string | number ; null => false",
        "array[number] ; array<number, number> => true",
        "array[number] ; array<number, string> => false",
        "array<number> ; array<number, number> => false",
        "array[any] ; set[any] => false",
        "set[number] ; set[string] => false",
        "set[number | string] ; set[string] => true",
        "object<a: number> ; object<a: number> => true",
        "object<a: number> ; object<b: number> => false",
        "object<a: number> ; object<a: number, b: number> => false",
        "object<a: number> ; object[string: number] => true",
        "object<a: number> ; object[string: string] => false",
        "object<a: number> ; object[number: number] => false",
        "object<a: number>[string: any] ; object<a: number, b: string> => true",
        "object[string: number] ; object[string: string] => false",
        "object[any: any] ; object<a: null> => true",
      })
  void two_types_fit_when_a_value_could_have_both(String both, boolean expected) {
    String[] types = both.split(" ; ");
    RegoType a = type(types[0].strip());
    RegoType b = type(types[1].strip());
    assertThat(Types.unify(a, b)).isEqualTo(expected);
    assertThat(Types.unify(b, a)).isEqualTo(expected);
    assertThat(Types.unify(a, a)).isTrue();
    assertThat(Types.unify(a, null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "array<number, string> ; 0 => number",
        "array<number, string> ; 1 => string",
        "array<number, string> ; 2 => none",
        "array<number>[string] ; 7 => string",
        "array[number] ; 7 => number",
        "array[number] ; -1 => number",
        "array[number] ; 0.5 => none",
        "array[number] ; \"0\" => none",
        "set[number] ; 1 => number",
        "set[number] ; \"a\" => none",
        "set[any] ; \"a\" => string",
        "object<a: number> ; \"a\" => number",
        "object<a: number> ; \"b\" => none",
        "object<a: number>[string: null] ; \"b\" => null",
        "object<a: number>[string: null] ; \"a\" => number",
        "object[number: null] ; \"a\" => none",
        "array[number] | object[string: null] ; 0 => number",
        "array[number] | object[any: null] ; 0 => any<null, number>",
        "any ; 0 => any",
        "string ; 0 => none",
      })
  void an_element_has_the_type_of_its_place(String typeAndKey, String expected) {
    String[] parts = typeAndKey.split(" ; ");
    RegoType found = Types.select(type(parts[0].strip()), JsonReader.parseRego(parts[1].strip()));
    assertThat(text(found)).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "array[string] => number ; string",
        "array<string, null> => number ; any<null, string>",
        "array<string>[number] => number ; any<number, string>",
        "set[string] => string ; string",
        "object<a: number> => string ; number",
        "object<a: number, b: string> => string ; any<number, string>",
        "object<a: number>[number: null] => any<number, string> ; any<null, number>",
        "object[any: any] => any ; any",
        "array[number] | set[string] => any<number, string> ; any<number, string>",
        "any => any ; any",
        "string => none ; none",
        "null | number => none ; none",
      })
  void a_collection_has_keys_and_values(String collection, String keysAndValues) {
    RegoType type = type(collection.strip());
    assertThat(text(Types.keys(type)) + " ; " + text(Types.values(type)))
        .isEqualTo(keysAndValues.strip());
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  /** The same alternatives give the same type, in whatever order they come. */
  @ParameterizedTest
  @MethodSource("seeds")
  void the_order_in_which_types_come_does_not_matter(int seed) {
    Random random = new Random(seed);
    List<RegoType> types = new ArrayList<>();
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      types.add(random(random, 2));
    }
    RegoType first = union(types);
    Collections.shuffle(types, random);
    RegoType second = union(types);
    assertThat(second).isEqualTo(first).hasToString(first.toString());
    for (RegoType t : types) {
      assertThat(Types.or(first, t)).isEqualTo(first);
      assertThat(Types.unify(first, t)).isTrue();
    }
  }

  private static RegoType union(List<RegoType> types) {
    RegoType union = null;
    for (RegoType t : types) {
      union = Types.or(union, t);
    }
    return java.util.Objects.requireNonNull(union);
  }

  private static RegoType random(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 8)) {
      case 0 -> RegoType.Scalar.NULL;
      case 1 -> RegoType.Scalar.BOOLEAN;
      case 2 -> RegoType.Scalar.NUMBER;
      case 3 -> RegoType.Scalar.STRING;
      case 4 -> RegoType.arrayOf(random(random, depth - 1));
      case 5 -> new RegoType.Array(List.of(random(random, depth - 1)), null);
      case 6 -> RegoType.setOf(random(random, depth - 1));
      default ->
          type("object<k: number>[string: " + (random.nextBoolean() ? "null" : "string") + "]");
    };
  }
}
