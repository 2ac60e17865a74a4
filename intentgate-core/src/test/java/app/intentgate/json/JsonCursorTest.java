package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading step by step: what a reader asks for, and what it is told when that is not there. */
class JsonCursorTest {
  private static JsonCursor over(String text) {
    return over(text, JsonLimits.ofDefaults());
  }

  private static JsonCursor over(String text, JsonLimits limits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return JsonCursor.over(bytes, bytes.length, limits);
  }

  private static void refused(String text, String message, Consumer<JsonCursor> reading) {
    assertThatThrownBy(() -> reading.accept(over(text)))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_document_is_read_member_by_member() {
    JsonCursor in = over(" {\"a\" : [1, -2 ] ,\"b\":{\"c\":\"x\\n\"},\"d\":[]} ");
    in.beginObject();
    assertThat(in.nextName()).isEqualTo("a");
    in.beginArray();
    assertThat(in.nextItem()).isTrue();
    assertThat(in.wholeNumber()).isEqualTo(1);
    assertThat(in.nextItem()).isTrue();
    assertThat(in.wholeNumber()).isEqualTo(-2);
    assertThat(in.nextItem()).isFalse();
    assertThat(in.nextName()).isEqualTo("b");
    in.beginObject();
    assertThat(in.nextName()).isEqualTo("c");
    assertThat(in.string()).isEqualTo("x\n");
    assertThat(in.nextName()).isNull();
    assertThat(in.nextName()).isEqualTo("d");
    in.beginArray();
    assertThat(in.nextItem()).isFalse();
    assertThat(in.nextName()).isNull();
    in.end();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | OBJECT",
        "[] | ARRAY",
        "\"\" | STRING",
        "0 | NUMBER",
        "-1 | NUMBER",
        "true | BOOLEAN",
        "false | BOOLEAN",
        "null | NULL"
      })
  void what_comes_next_is_known_before_it_is_read(String text, JsonCursor.Kind kind) {
    JsonCursor in = over(" \r\n\t" + text);
    assertThat(in.peek()).isEqualTo(kind);
    assertThat(in.peek()).isEqualTo(kind);
    assertThat(in.value()).isEqualTo(JsonReader.parse(text));
    in.end();
  }

  @Test
  void something_else_than_was_asked_for_is_refused() {
    refused("[]", "expected an object", JsonCursor::beginObject);
    refused("{}", "expected an array", JsonCursor::beginArray);
    refused("1", "expected a string", JsonCursor::string);
    refused("null", "expected a string", JsonCursor::word);
    refused("\"1\"", "expected a number", JsonCursor::wholeNumber);
    refused("", "expected a value", JsonCursor::peek);
    refused("x", "expected a value", JsonCursor::peek);
    refused(
        "1 2",
        "expected nothing after the value",
        in -> {
          assertThat(in.wholeNumber()).isEqualTo(1);
          in.end();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"[,1]", "[1,]", "[1 2]", "[1", "[", "[}", "[1}"})
  void an_array_that_is_none_is_refused_where_it_goes_wrong(String text) {
    assertThatThrownBy(
            () -> {
              JsonCursor in = over(text);
              in.beginArray();
              while (in.nextItem()) {
                in.wholeNumber();
              }
              in.end();
            })
        .isInstanceOf(JsonParseException.class)
        .hasMessage(message(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{,\"a\":1}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1",
        "{1:1}",
        "{\"a\":1]"
      })
  void an_object_that_is_none_is_refused_where_it_goes_wrong(String text) {
    assertThatThrownBy(
            () -> {
              JsonCursor in = over(text);
              in.beginObject();
              while (in.nextName() != null) {
                in.wholeNumber();
              }
              in.end();
            })
        .isInstanceOf(JsonParseException.class)
        .hasMessage(message(text));
  }

  private static String message(String text) {
    try {
      return "no error, but " + JsonReader.parse(text);
    } catch (JsonParseException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "1.0",
        "1e0",
        "10E-1",
        "0.5",
        "1e99"
      })
  void only_whole_numbers_of_64_bits_written_as_such_are_whole_numbers(String number) {
    refused(
        "  " + number,
        "unexpected number, expected a whole number of at most 64 bits (line 1, column 3)",
        JsonCursor::wholeNumber);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999_999L})
  void whole_numbers_are_read_up_to_their_limits(long number) {
    assertThat(over(Long.toString(number)).wholeNumber()).isEqualTo(number);
  }

  @Test
  void minus_zero_is_zero() {
    assertThat(over("-0").wholeNumber()).isZero();
  }

  @Test
  void a_name_may_come_once_in_each_object_and_again_in_others() {
    JsonCursor in = over("{\"a\":{\"a\":{\"a\":1},\"b\":2},\"b\":3}");
    in.beginObject();
    in.nextName();
    in.beginObject();
    in.nextName();
    in.beginObject();
    assertThat(in.nextName()).isEqualTo("a");
    assertThat(in.wholeNumber()).isEqualTo(1);
    assertThat(in.nextName()).isNull();
    assertThat(in.nextName()).isEqualTo("b");
    assertThat(in.wholeNumber()).isEqualTo(2);
    assertThat(in.nextName()).isNull();
    assertThat(in.nextName()).isEqualTo("b");
    assertThat(in.wholeNumber()).isEqualTo(3);
    assertThat(in.nextName()).isNull();
    in.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\\ud83d\\ude00\":1,\"\ud83d\ude00\":2}",
        "{\"a\":{\"x\":1},\"b\":[],\"a\":2}"
      })
  void a_name_that_comes_again_is_refused_however_it_is_spelled(String text) {
    assertThatThrownBy(
            () -> {
              JsonCursor in = over(text);
              in.beginObject();
              while (in.nextName() != null) {
                in.value();
              }
            })
        .isInstanceOfSatisfying(
            JsonParseException.class,
            e -> assertThat(e.problem()).isEqualTo(JsonParseException.Problem.DUPLICATE_MEMBER));
  }

  @Test
  void levels_are_counted_across_steps_and_values() {
    JsonLimits three = JsonLimits.ofDefaults().withMaxDepth(3);
    JsonCursor in = over("[[[1]],[[[1]]]]", three);
    in.beginArray();
    assertThat(in.nextItem()).isTrue();
    assertThat(in.value()).hasToString("[[1]]");
    assertThat(in.nextItem()).isTrue();
    assertThatThrownBy(in::value)
        .isInstanceOfSatisfying(
            JsonParseException.class,
            e -> assertThat(e.problem()).isEqualTo(JsonParseException.Problem.TOO_DEEP));
  }

  @Test
  void half_a_character_is_noticed_but_not_a_whole_one() {
    JsonCursor whole = over("\"\ud83d\ude00\"");
    assertThat(whole.string()).isEqualTo("\ud83d\ude00");
    assertThat(whole.mayHoldLoneSurrogates()).isFalse();
    JsonCursor half = over("\"\\ud83d\"");
    assertThat(half.string()).isEqualTo("\ud83d");
    assertThat(half.mayHoldLoneSurrogates()).isTrue();
  }

  @Test
  void bytes_behind_the_length_are_not_looked_at() {
    byte[] bytes = "[1]2]".getBytes(StandardCharsets.UTF_8);
    JsonCursor in = JsonCursor.over(bytes, 3, JsonLimits.ofDefaults());
    assertThat(in.value()).hasToString("[1]");
    in.end();
    assertThatThrownBy(
            () -> JsonCursor.over(bytes, 5, JsonLimits.ofDefaults().withMaxBytes(4)).peek())
        .hasMessageContaining("document too large");
  }
}
