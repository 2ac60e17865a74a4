package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON for people's eyes. */
class PrettyJsonTest {
  @Test
  void members_and_items_stand_on_lines_of_their_own() {
    assertThat(PrettyJson.of(JsonReader.parse("{\"a\":[1,{\"b\":null}],\"c\":{}}")))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": null
                }
              ],
              "c": {}
            }\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "\"\"", "0", "-1.50", "true", "null", "\"a\\nb\\u001b\""})
  void what_holds_nothing_stays_on_its_line(String json) {
    assertThat(PrettyJson.of(JsonReader.parse(json))).doesNotContain("\n");
    assertThat(JsonReader.parse(PrettyJson.of(JsonReader.parse(json))))
        .isEqualTo(JsonReader.parse(json));
  }

  @Test
  void whatever_is_printed_reads_as_it_was() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      JsonValue value = value(random, 4);
      assertThat(JsonReader.parse(PrettyJson.of(value))).as("round %d", round).isEqualTo(value);
    }
  }

  private static JsonValue value(Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0:
        return JsonNumber.of(random.nextLong());
      case 1:
        return JsonValue.of(random.nextBoolean());
      case 2:
        return JsonString.of(text(random));
      case 3:
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        return JsonArray.copyOf(items);
      default:
        JsonObject.Builder members = JsonObject.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(i + text(random), value(random, depth - 1));
        }
        return members.build();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(
          random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(50) : random.nextInt(128));
    }
    return text.toString();
  }
}
