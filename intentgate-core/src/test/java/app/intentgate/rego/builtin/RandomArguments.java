package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Arguments of a type, mostly at the edges of what functions take. */
final class RandomArguments {
  private static final int MAX_DEPTH = 4;

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "2",
          "3",
          "10",
          "16",
          "64",
          "1.0",
          "0.5",
          "-1.5",
          "1e3",
          "1e-7",
          "255",
          "2147483647",
          "-2147483648",
          "4294967296",
          "9223372036854775807",
          "-9223372036854775808",
          "18446744073709551616",
          "1e19",
          "1e308",
          "1e400",
          "-1e400",
          "1e-400",
          "1e99999",
          "1e100001",
          "1e1000000000",
          "1e-1000000000",
          "1e999999999999999999",
          "123456789012345678901234567890.5",
          "1700000000000000000",
          "0.1",
          "100",
          "1000000");

  private static final List<String> TEXTS = texts();

  private final Random random;

  private static List<String> texts() {
    try (InputStream in = RandomArguments.class.getResourceAsStream("edge-texts.json")) {
      JsonValue texts =
          JsonReader.parseRego(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      List<String> all = new ArrayList<>();
      ((JsonArray) texts).forEach(text -> all.add(Objects.requireNonNull(text.asText())));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RandomArguments(long seed) {
    random = new Random(seed);
  }

  JsonValue of(RegoType type) {
    return of(type, 0);
  }

  private JsonValue of(RegoType type, int depth) {
    if (random.nextInt(25) == 0) {
      return any(depth);
    }
    if (type instanceof RegoType.Scalar scalar) {
      return switch (scalar) {
        case NULL -> JsonNull.NULL;
        case BOOLEAN -> JsonValue.of(random.nextBoolean());
        case NUMBER -> number();
        case STRING -> text();
      };
    } else if (type instanceof RegoType.Array array) {
      JsonArray.Builder items = JsonArray.builder(4);
      array.items().forEach(item -> items.add(of(item, depth + 1)));
      for (int n = array.rest() == null ? 0 : random.nextInt(5); n > 0; n--) {
        items.add(of(array.rest(), depth + 1));
      }
      return items.build();
    } else if (type instanceof RegoType.Set set) {
      return JsonSet.copyOf(
          IntStream.range(0, random.nextInt(5)).mapToObj(i -> of(set.of(), depth + 1)).toList());
    } else if (type instanceof RegoType.Obj object) {
      JsonObject.Builder members = JsonObject.builder();
      object.members().forEach((key, value) -> members.put(key, of(value, depth + 1)));
      for (int n = object.key() == null ? 0 : random.nextInt(5); n > 0; n--) {
        members.put(of(object.key(), depth + 1), of(object.value(), depth + 1));
      }
      return members.build();
    } else if (type instanceof RegoType.Union union && !union.of().isEmpty()) {
      return of(union.of().get(random.nextInt(union.of().size())), depth);
    }
    return any(depth);
  }

  private JsonValue any(int depth) {
    return switch (random.nextInt(depth < MAX_DEPTH ? 9 : 5)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonValue.of(random.nextBoolean());
      case 2 -> number();
      case 3, 4 -> text();
      case 5, 6 -> of(RegoType.arrayOf(RegoType.ANY), depth + 1);
      case 7 -> of(RegoType.setOf(RegoType.ANY), depth + 1);
      default -> of(RegoType.objectOf(RegoType.ANY, RegoType.ANY), depth + 1);
    };
  }

  private JsonNumber number() {
    return random.nextInt(4) == 0
        ? JsonNumber.of(random.nextLong() >> random.nextInt(64))
        : JsonNumber.parse(NUMBERS.get(random.nextInt(NUMBERS.size())));
  }

  private JsonString text() {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return JsonString.of(
        switch (random.nextInt(8)) {
          case 0 -> text + TEXTS.get(random.nextInt(TEXTS.size()));
          case 1 -> text.repeat(random.nextInt(4));
          case 2 -> changed(text);
          case 3 -> encoded(text);
          default -> text;
        });
  }

  private String changed(String text) {
    int[] points = text.codePoints().toArray();
    for (int n = Math.min(points.length, 1 + random.nextInt(3)); n > 0; n--) {
      points[random.nextInt(points.length)] = random.nextInt(random.nextBoolean() ? 128 : 0x3000);
    }
    return Arrays.stream(points).mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(GoBytes.of(text));
  }
}
