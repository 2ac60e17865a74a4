package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.text.GoText;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1, 10e-1",
    "1e3, 1000",
    "0, -0.0",
    "0, 0e999999999999999999",
    "1.50, 15E-1",
    "9223372036854775807, 9223372036854775807.0",
    "-9223372036854775808, -9.223372036854775808e18",
    "9223372036854775808, 9.223372036854775808e+18",
    "1e400, 10e399",
    "1e-400, 0.1e-399",
    "1e0000000000000000000000001, 10"
  })
  void spellingsOfOneNumberAreEqualAndHashEqual(String a, String b) {
    JsonNumber x = JsonNumber.parse(a);
    JsonNumber y = JsonNumber.parse(b);
    assertThat(x).isEqualTo(y).hasSameHashCodeAs(y).isEqualByComparingTo(y);
    assertThat(JsonSet.of(x, y).size()).isEqualTo(1);
    assertThat(JsonObject.builder().put(x, y).put(y, x).build().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "-2, -1",
    "-1, 0",
    "1e-999999999999999999, 1e-5",
    "9007199254740992, 9007199254740993",
    "9223372036854775807, 9223372036854775807.1",
    "9223372036854775806.9, 9223372036854775807",
    "9223372036854775807, 9223372036854775808",
    "-9223372036854775809, -9223372036854775808",
    "-9223372036854775808.5, -9223372036854775808",
    "99, 1e999999999999999999",
    "-1e500, -1",
    "0.999, 1",
    "-1, -0.5",
    "0, 1e-999999999999999999",
    "18446744073709551616, 99999999999999999999"
  })
  void numbersAreOrderedWithoutComputingThem(String less, String more) {
    JsonNumber a = JsonNumber.parse(less);
    JsonNumber b = JsonNumber.parse(more);
    assertThat(a).isLessThan(b);
    assertThat(b).isGreaterThan(a);
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void hugeNumbersAreNotComputedWith() {
    for (String huge : new String[] {"1e100001", "1e-100001", "9".repeat(20_001)}) {
      assertThatThrownBy(() -> JsonNumber.parse(huge).toBigDecimal())
          .isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> JsonNumber.parse(huge).toBigInteger())
          .isInstanceOf(ArithmeticException.class);
    }
    assertThat(JsonNumber.parse("1e1000").toBigInteger()).isEqualTo(BigInteger.TEN.pow(1000));
    assertThat(JsonNumber.parse("1e400").doubleValue()).isInfinite();
    assertThat(JsonNumber.parse("1e999999999999999999").isInteger()).isTrue();
    assertThat(JsonNumber.parse("1e999999999999999999").signum()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "01", "1.", ".1", "1e", "1e+", "+1", "1 ", "1e1234567890123456789"})
  void whatIsNoNumberIsRefused(String text) {
    assertThatThrownBy(() -> JsonNumber.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void longsKeepTheirLimits() {
    assertThat(JsonNumber.parse("9223372036854775807").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(JsonNumber.parse("-9223372036854775808").longValue()).isEqualTo(Long.MIN_VALUE);
    assertThat(JsonNumber.parse("9223372036854775808").fitsLong()).isFalse();
    assertThat(JsonNumber.parse("1.5").fitsLong()).isFalse();
    assertThatThrownBy(() -> JsonNumber.parse("1.5").longValue())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void whatABuilderBuiltNeverChanges() {
    for (int size : new int[] {1, 4, 8, 9, 16, 100}) {
      JsonObject.Builder object = JsonObject.builder(size);
      JsonSet.Builder set = JsonSet.builder();
      for (int i = 0; i < size; i++) {
        object.put("k" + i, i);
        set.add(JsonNumber.of(i));
      }
      JsonObject first = object.build();
      JsonSet firstSet = set.build();
      String before = first.toString();
      JsonObject second = object.put("k0", "changed").put("more", true).build();
      set.add(JsonNumber.of(-1));
      assertThat(first).hasToString(before);
      assertThat(first.size()).isEqualTo(size);
      assertThat(first.get("more")).isNull();
      assertThat(second.get("k0")).isEqualTo(JsonString.of("changed"));
      assertThat(second.get("more")).isEqualTo(JsonBoolean.TRUE);
      assertThat(second.size()).isEqualTo(size + 1);
      assertThat(firstSet.size()).isEqualTo(size);
      assertThat(firstSet.contains(JsonNumber.of(-1))).isFalse();
      assertThat(set.build().contains(JsonNumber.of(-1))).isTrue();
    }
  }

  @Test
  void largeObjectsAndSetsFindTheirMembers() {
    JsonObject.Builder object = JsonObject.builder();
    JsonSet.Builder set = JsonSet.builder();
    IntStream.range(0, 10_000).forEach(i -> object.put("k" + i, i));
    IntStream.range(0, 10_000).forEach(i -> set.add(JsonNumber.of(i * 7L)));
    JsonObject built = object.build();
    JsonSet values = set.build();
    for (int i = 0; i < 10_000; i++) {
      assertThat(built.get("k" + i)).isEqualTo(JsonNumber.of(i));
      assertThat(values.contains(JsonNumber.of(i))).isEqualTo(i % 7 == 0);
    }
    assertThat(built.get("k10000")).isNull();
    assertThat(built).isEqualTo(JsonReader.parse(JsonWriter.toText(built)));
  }

  @Test
  void valuesWithOneHashCodeAreStillFoundFast() {
    JsonSet.Builder set = JsonSet.builder();
    long start = System.nanoTime();
    for (long i = 0; i < 20_000; i++) {
      assertThat(set.add(JsonNumber.of(i << 32 | i))).isTrue(); // all of them hash to 0
    }
    JsonSet built = set.build();
    assertThat(built.contains(JsonNumber.of(5L << 32 | 5))).isTrue();
    assertThat(built.contains(JsonNumber.of(5L << 32 | 6))).isFalse();
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void membersKeepTheirOrderAndAreSortedOnRequest() {
    JsonObject object =
        (JsonObject) JsonReader.parse("{\"b\":1,\"\ud83d\ude00\":2,\"\uffff\":3,\"a\":4}");
    assertThat(object).hasToString("{\"b\":1,\"\ud83d\ude00\":2,\"\uffff\":3,\"a\":4}");
    assertThat(
            new String(JsonWriter.toSortedBytes(object), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":4,\"b\":1,\"\uffff\":3,\"\ud83d\ude00\":2}");
    assertThat(object)
        .isEqualTo(JsonReader.parse("{\"a\":4,\"\uffff\":3,\"b\":1,\"\ud83d\ude00\":2}"));
  }

  @Test
  void whatOnlyRegoHasIsWrittenAsJson() {
    JsonObject object =
        JsonObject.builder()
            .put(JsonReader.parse("[1,\"<\"]"), JsonSet.of(JsonNumber.of(2), JsonNumber.of(1)))
            .put(JsonNull.NULL, JsonSet.EMPTY)
            .build();
    assertThat(JsonWriter.toText(object))
        .isEqualTo("{\"[1,\\\"\\\\u003c\\\"]\":[1,2],\"null\":[]}");
    assertThat(object).hasToString("{null: set(), [1, \"<\"]: {1, 2}}");
  }

  @Test
  void namesInMessagesAreQuoted() {
    assertThat(GoText.quote("a\"b\\c\n\u2028é\ud83d\udcb6\u007f\u0001\u00a0\ue000 x\ud800"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\u2028é\ud83d\udcb6\\x7f\\x01\\u00a0\\ue000 x\\ufffd\"");
  }

  @Test
  void bytesThatAreNoUtf8AreWrittenAsReplacements() {
    assertThat(
            JsonOutput.plain()
                .beginArray()
                .string(new byte[] {'a', (byte) 0xff})
                .number(-5)
                .number(Long.MIN_VALUE)
                .bool(true)
                .nullValue()
                .endArray()
                .toText())
        .isEqualTo("[\"a\\ufffd\",-5,-9223372036854775808,true,null]");
  }
}
