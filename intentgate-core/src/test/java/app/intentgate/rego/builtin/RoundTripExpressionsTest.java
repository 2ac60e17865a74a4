package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one function writes another reads, and both ways lead back to the start. */
class RoundTripExpressionsTest {
  private static final int[] LETTERS = {
    'a', 'Z', '0', ' ', '"', '\\', '/', '<', '>', '&', '%', '+', '=', ';', '\n', '\t', 0, 0x7f,
    0xe9, 0x3bb, 0x2028, 0xfffd, 0x1f600, 0x10ffff
  };

  private static String randomText(Random random, int most) {
    StringBuilder b = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      b.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return b.toString();
  }

  private static JsonValue randomJson(Random random, int depth) {
    switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0:
        return JsonNull.NULL;
      case 1:
        return JsonValue.of(random.nextBoolean());
      case 2:
        return num(
            List.of("0", "-1", "1.50", "1e21", "0.1", "12345678901234567890")
                .get(random.nextInt(6)));
      case 3, 4:
        return JsonString.of(randomText(random, 6));
      case 5:
        {
          JsonArray.Builder items = JsonArray.builder();
          for (int n = random.nextInt(4); n > 0; n--) {
            items.add(randomJson(random, depth - 1));
          }
          return items.build();
        }
      default:
        {
          JsonObject.Builder members = JsonObject.builder();
          for (int n = random.nextInt(4); n > 0; n--) {
            members.put(JsonString.of(randomText(random, 4)), randomJson(random, depth - 1));
          }
          return members.build();
        }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "base64.encode, base64.decode",
    "base64url.encode, base64url.decode",
    "base64url.encode_no_pad, base64url.decode",
    "hex.encode, hex.decode",
    "urlquery.encode, urlquery.decode",
    "strings.reverse, strings.reverse"
  })
  void texts_come_back(String encode, String decode) throws Exception {
    Random random = new Random(31);
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(random, 9);
      JsonValue encoded = Objects.requireNonNull(call(encode, text));
      assertThat(call(decode, encoded))
          .as("%s of %s", encode, encoded)
          .hasToString(String.valueOf(JsonString.of(text)));
    }
  }

  @Test
  void encoded_texts_have_only_the_letters_that_their_encoding_has() throws Exception {
    Random random = new Random(32);
    for (int i = 0; i < 1_000; i++) {
      String text = randomText(random, 9);
      assertThat(string("base64.encode", text)).matches("[A-Za-z0-9+/]*={0,2}");
      assertThat(string("base64url.encode", text)).matches("[A-Za-z0-9_-]*={0,2}");
      assertThat(string("base64url.encode_no_pad", text)).matches("[A-Za-z0-9_-]*");
      assertThat(string("hex.encode", text)).matches("([0-9a-f]{2})*");
      assertThat(string("urlquery.encode", text)).matches("([A-Za-z0-9+_.~-]|%[0-9A-F]{2})*");
      assertThat(call("base64.is_valid", string("base64.encode", text))).hasToString("true");
    }
  }

  private static String string(String name, Object... arguments) throws Exception {
    return String.valueOf(Objects.requireNonNull(call(name, arguments)).asText());
  }

  @Test
  void json_comes_back_with_its_numbers_as_written() throws Exception {
    Random random = new Random(33);
    for (int i = 0; i < 3_000; i++) {
      JsonValue value = randomJson(random, 3);
      String written = string("json.marshal", value);
      assertThat(call("json.is_valid", written)).hasToString("true");
      assertThat(call("json.unmarshal", written)).as(written).isEqualTo(value);
      assertThat(string("json.marshal", call("json.unmarshal", written))).isEqualTo(written);
      assertThat(written).doesNotContain("<", ">", "&", "\u2028");
    }
  }

  @Test
  void json_with_any_indent_is_the_same_json() throws Exception {
    Random random = new Random(34);
    for (int i = 0; i < 500; i++) {
      JsonValue value = randomJson(random, 3);
      Map<String, Object> options =
          Map.of("pretty", true, "indent", " ".repeat(random.nextInt(4)), "prefix", "");
      assertThat(call("json.unmarshal", string("json.marshal_with_options", value, options)))
          .isEqualTo(value);
    }
  }

  @Test
  void what_is_split_is_joined_again() throws Exception {
    Random random = new Random(35);
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(random, 10);
      String separator = i % 3 == 0 ? "" : randomText(random, 1) + "a";
      JsonValue parts = Objects.requireNonNull(call("split", text, separator));
      assertThat(string("concat", separator, parts)).isEqualTo(text);
      if (!separator.isEmpty()) {
        assertThat(((JsonArray) parts).size())
            .isEqualTo(Integer.parseInt(text("strings.count", text, separator)) + 1);
      }
    }
  }

  @Test
  void a_text_is_found_where_it_was_cut_from() throws Exception {
    Random random = new Random(36);
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(random, 12);
      int length = text.codePointCount(0, text.length());
      assertThat(text("count", text)).isEqualTo(String.valueOf(length));
      if (length > 0) {
        int from = random.nextInt(length);
        String part = string("substring", text, from, 1 + random.nextInt(length - from));
        int at = Integer.parseInt(text("indexof", text, part));
        assertThat(at).as("%s in %s", part, text).isBetween(0, from);
        assertThat(string("substring", text, at, Integer.parseInt(text("count", part))))
            .isEqualTo(part);
      }
    }
  }

  @Test
  void whole_numbers_come_back_from_every_base() throws Exception {
    Random random = new Random(37);
    for (int i = 0; i < 1_000; i++) {
      BigInteger number = new BigInteger(1 + random.nextInt(120), random);
      number = random.nextBoolean() ? number : number.negate();
      for (int base : new int[] {2, 8, 10, 16}) {
        String written = string("format_int", number, base);
        assertThat(new BigInteger(written, base)).isEqualTo(number);
      }
      if (number.bitLength() < 60) {
        assertThat(call("to_number", string("format_int", number, 10)))
            .isEqualTo(JsonNumber.parse(number.toString()));
      }
    }
  }

  @Test
  void times_come_back_from_their_text_in_any_zone() throws Exception {
    Random random = new Random(38);
    List<String> zones =
        List.of("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "");
    for (int i = 0; i < 1_000; i++) {
      long nanos =
          random.nextLong(-2_000_000_000L, 4_000_000_000L) * 1_000_000_000L
              + random.nextInt(1_000_000_000);
      String zone = zones.get(random.nextInt(zones.size()));
      String written =
          string("time.format", List.of(nanos, zone, "2006-01-02T15:04:05.999999999Z07:00"));
      if (!written.matches(".*[+-]\\d\\d:\\d\\d") || nanos > 0) {
        assertThat(text("time.parse_rfc3339_ns", written))
            .as("%s in %s", written, zone)
            .isEqualTo(String.valueOf(nanos));
      }
    }
  }

  @Test
  void bits_obey_the_laws_of_logic() throws Exception {
    Random random = new Random(39);
    for (int i = 0; i < 2_000; i++) {
      BigInteger a = new BigInteger(100, random).subtract(BigInteger.ONE.shiftLeft(99));
      BigInteger b = new BigInteger(100, random).subtract(BigInteger.ONE.shiftLeft(99));
      JsonValue notBoth = call("bits.negate", call("bits.and", a, b));
      assertThat(notBoth)
          .isEqualTo(call("bits.or", call("bits.negate", a), call("bits.negate", b)));
      assertThat(call("bits.xor", call("bits.xor", a, b), b)).hasToString(a.toString());
      int shift = random.nextInt(80);
      assertThat(call("bits.rsh", call("bits.lsh", a, shift), shift)).hasToString(a.toString());
    }
  }

  @Test
  void queries_of_addresses_come_back_as_lists() throws Exception {
    Random random = new Random(40);
    for (int i = 0; i < 500; i++) {
      JsonObject.Builder expected = JsonObject.builder();
      for (int n = random.nextInt(4); n > 0; n--) {
        List<JsonValue> values = new ArrayList<>();
        for (int m = 1 + random.nextInt(2); m > 0; m--) {
          values.add(JsonString.of(randomText(random, 4)));
        }
        expected.put(JsonString.of("k" + randomText(random, 3)), JsonArray.copyOf(values));
      }
      JsonObject object = expected.build();
      assertThat(call("urlquery.decode_object", string("urlquery.encode_object", object)))
          .isEqualTo(object);
    }
  }
}
