package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonPropertyTest {
  private static final int ROUNDS = 20_000;

  @Test
  void whatIsWrittenIsReadAsTheSameValue() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      JsonValue value = RandomJson.value(random, 4);
      assertThat(JsonReader.parse(JsonWriter.toBytes(value))).isEqualTo(value);
      assertThat(JsonReader.parse(JsonWriter.goBytes(value))).isEqualTo(value);
      assertThat(JsonReader.parse(JsonWriter.toText(value))).isEqualTo(value);
      assertThat(JsonReader.parse(JsonOutput.ascii().value(value).toByteArray())).isEqualTo(value);
      assertThat(JsonReader.parse(JsonWriter.toSortedBytes(value))).isEqualTo(value);
    }
  }

  @Test
  void whatIsReadIsWrittenByteForByteIfItWasCompact() {
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = JsonWriter.toBytes(RandomJson.value(random, 4));
      assertThat(JsonWriter.toBytes(JsonReader.parse(text))).isEqualTo(text);
      assertThat(JsonWriter.toText(JsonReader.parse(RandomJson.spaced(text, random))))
          .isEqualTo(new String(text, StandardCharsets.UTF_8));
    }
  }

  @Test
  void damagedTextIsReadOrRefusedButNeverBreaksAnything() {
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = JsonWriter.toBytes(RandomJson.value(random, 4));
      byte[] damaged = RandomJson.damaged(text, random);
      refused += readsTheSameEveryWay(damaged) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void randomBytesAreReadOrRefusedButNeverBreakAnything() {
    Random random = new Random(4);
    byte[] alphabet = "{}[]\",:\\ntrufalsexdD089.-+eE \n\u0000é".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5 * ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = alphabet[random.nextInt(alphabet.length)];
      }
      readsTheSameEveryWay(bytes);
    }
  }

  /** Whether a text is JSON, which the reader, the cursor and a reread must agree on. */
  private static boolean readsTheSameEveryWay(byte[] text) {
    JsonValue value = null;
    String problem = null;
    try {
      value = JsonReader.parse(text);
      assertThat(JsonReader.parse(JsonWriter.toBytes(value))).isEqualTo(value);
    } catch (JsonParseException e) {
      problem = e.getMessage();
      assertThat(e.line()).isPositive();
      assertThat(e.column()).isPositive();
    }
    try {
      assertThat(walk(text)).isEqualTo(value);
    } catch (JsonParseException e) {
      assertThat(e.getMessage()).isEqualTo(problem);
    }
    try {
      JsonReader.parseRego(text);
    } catch (JsonParseException e) {
      assertThat(problem).isNotNull();
    }
    return value != null;
  }

  private static JsonValue walk(byte[] text) {
    byte[] longer = java.util.Arrays.copyOf(text, text.length + 3);
    JsonCursor cursor = JsonCursor.over(longer, text.length, JsonLimits.ofDefaults());
    JsonValue value = walk(cursor);
    cursor.end();
    return value;
  }

  private static JsonValue walk(JsonCursor in) {
    switch (in.peek()) {
      case OBJECT:
        JsonObject.Builder object = JsonObject.builder();
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
          object.put(name, walk(in));
        }
        return object.build();
      case ARRAY:
        List<JsonValue> items = new ArrayList<>();
        in.beginArray();
        while (in.nextItem()) {
          items.add(walk(in));
        }
        return JsonArray.copyOf(items);
      case STRING:
        return JsonString.of(in.string());
      default:
        return in.value();
    }
  }

  @Test
  void numbersKeepTheirTextAndCompareByValue() {
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS; i++) {
      String a = RandomJson.number(random);
      String b = RandomJson.number(random);
      JsonNumber x = (JsonNumber) JsonReader.parse(a);
      JsonNumber y = JsonNumber.parse(b);
      assertThat(x.text()).isEqualTo(a);
      int expected = new BigDecimal(a).compareTo(new BigDecimal(b));
      assertThat(Integer.signum(x.compareTo(y))).as(a + " and " + b).isEqualTo(expected);
      assertThat(x.equals(y)).isEqualTo(expected == 0);
      if (expected == 0) {
        assertThat(x).hasSameHashCodeAs(y);
      }
      assertThat(x.toBigDecimal()).isEqualByComparingTo(new BigDecimal(a));
      assertThat(x.doubleValue()).isEqualTo(Double.parseDouble(a));
    }
  }

  @Test
  void theOrderOfValuesIsTotal() {
    Random random = new Random(6);
    for (int i = 0; i < ROUNDS; i++) {
      JsonValue a = RandomJson.value(random, 2);
      JsonValue b = RandomJson.value(random, 2);
      JsonValue c = RandomJson.value(random, 2);
      int ab = JsonValue.compare(a, b);
      assertThat(JsonValue.compare(b, a)).isEqualTo(-ab);
      assertThat(ab == 0).isEqualTo(a.equals(b));
      if (a.equals(b)) {
        assertThat(a).hasSameHashCodeAs(b);
      }
      if (ab <= 0 && JsonValue.compare(b, c) <= 0) {
        assertThat(JsonValue.compare(a, c)).isLessThanOrEqualTo(0);
      }
    }
  }
}
