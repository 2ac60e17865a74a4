package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.fuzz.FuzzContract;
import app.intentgate.json.JsonParseException.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes are JSON or are refused with a place; what is JSON is the same value to every reader and
 * after every writer, and the limits hold to the byte and the level.
 */
class JsonFuzzTest extends FuzzContract {
  JsonFuzzTest() {
    super("json");
  }

  @Override
  protected List<String> words() {
    return List.of(
        "true",
        "false",
        "null",
        "\\ud83d\\ude00",
        "\\u0000",
        "\\ud800",
        "\\\"",
        "\\/",
        "1e308",
        "-0.0",
        "1E-400",
        "9007199254740993",
        "{\"a\":",
        "[[",
        "]]",
        "\"a\":1,",
        "\u00e9",
        "\u2028",
        "\ud83d\ude00",
        "1e999999999999999999");
  }

  @Override
  protected void tryInput(byte[] input) {
    JsonValue value = parsed(input);
    assertThat(walked(input)).as("a cursor's value").isEqualTo(value);
    if (value == null) {
      return;
    }
    isRead(value, JsonWriter.toBytes(value));
    isRead(value, bytes(JsonWriter.toText(value)));
    isRead(value, JsonWriter.goBytes(value));
    isRead(value, JsonWriter.toSortedBytes(value));
    assertThat(JsonWriter.toSortedBytes(JsonReader.parse(JsonWriter.toSortedBytes(value))))
        .as("sorted twice")
        .isEqualTo(JsonWriter.toSortedBytes(value));
    limitsHold(input, depth(value));
    // Lone surrogates are the one thing that Rego's reader changes.
    JsonValue rego = JsonReader.parseRego(input);
    assertThat(JsonReader.parseRego(JsonWriter.toBytes(value))).isEqualTo(rego);
    assertThat(rego.equals(value) || holdsEscapes(input)).isTrue();
  }

  private static @Nullable JsonValue parsed(byte[] input) {
    try {
      return JsonReader.parse(input);
    } catch (JsonParseException e) {
      assertThat(e.line()).isBetween(1, input.length + 1);
      assertThat(e.column()).isBetween(1, input.length + 1);
      assertThat(e).hasMessageContaining(e.expected());
      return null;
    }
  }

  private static @Nullable JsonValue walked(byte[] input) {
    try {
      JsonCursor cursor = JsonCursor.over(input, input.length, JsonLimits.ofDefaults());
      JsonValue value = cursor.value();
      cursor.end();
      return value;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static void isRead(JsonValue value, byte[] written) {
    JsonValue again = JsonReader.parse(written);
    assertThat(again).isEqualTo(value).hasSameHashCodeAs(value);
    assertThat(JsonValue.compare(again, value)).isZero();
  }

  private static void limitsHold(byte[] input, int depth) {
    JsonLimits exact =
        JsonLimits.ofDefaults().withMaxBytes(input.length).withMaxDepth(Math.max(1, depth));
    JsonReader.parse(input, exact);
    if (depth > 1) {
      assertThat(problem(input, exact.withMaxDepth(depth - 1))).isEqualTo(Problem.TOO_DEEP);
    }
    if (input.length > 1) {
      assertThat(problem(input, exact.withMaxBytes(input.length - 1))).isEqualTo(Problem.TOO_LARGE);
    }
  }

  private static Problem problem(byte[] input, JsonLimits limits) {
    JsonParseException e =
        catchThrowableOfType(JsonParseException.class, () -> JsonReader.parse(input, limits));
    return e.problem();
  }

  private static int depth(JsonValue value) {
    int inside = 0;
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        inside = Math.max(inside, depth(item));
      }
      return inside + 1;
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        inside = Math.max(inside, depth(object.valueAt(i)));
      }
      return inside + 1;
    }
    return 0;
  }

  private static boolean holdsEscapes(byte[] input) {
    for (byte b : input) {
      if (b == '\\') {
        return true;
      }
    }
    return false;
  }
}
