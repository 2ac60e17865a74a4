package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes arguments that mostly fit a signature, and tells whether a value is of a type. */
final class RandomArguments {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "ab",
          "😀é",
          ".",
          ",",
          "%d %s",
          "%v",
          "[a-z]+",
          "(a",
          "a.*b",
          "*.b",
          "{a,b}",
          "10",
          "-1.5e3",
          "0x1f",
          "10Ki",
          "5MB",
          "1.2.3",
          "1.2.3-rc.1",
          "10.0.0.0/8",
          "10.1.2.3",
          "::1/64",
          "2024-02-29T00:00:00Z",
          "2006-01-02",
          "1h30m",
          "UTC",
          "America/New_York",
          "RFC3339",
          "a/b",
          "/a/0",
          "{\"a\": [1]}",
          "[1,",
          "YQ==",
          "6162",
          "a=b&c=d",
          "https://a.test/b?c#d",
          "x: 1",
          "00000000-0000-4000-8000-000000000000",
          "{a{b}}",
          "HS256",
          "eyJhbGciOiJIUzI1NiJ9.e30.x",
          "add",
          "op",
          "path",
          "value",
          "\u0000",
          "\ufffd");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "-1",
          "10",
          "16",
          "0.5",
          "-2.5",
          "1e3",
          "1.0",
          "9223372036854775808",
          "1709164800000000000",
          "1e400",
          "-0");

  private final Random random;

  RandomArguments(long seed) {
    random = new Random(seed);
  }

  /** Arguments for a call; about one in six is of any type. */
  JsonValue[] of(BuiltinSignature signature) {
    return signature.arguments().stream()
        .map(type -> random.nextInt(6) == 0 ? any(2) : of(type, 3))
        .toArray(JsonValue[]::new);
  }

  private JsonValue of(RegoType type, int depth) {
    if (type instanceof RegoType.Scalar scalar) {
      return switch (scalar) {
        case NULL -> JsonNull.NULL;
        case BOOLEAN -> JsonValue.of(random.nextBoolean());
        case NUMBER -> Calls.num(NUMBERS.get(random.nextInt(NUMBERS.size())));
        case STRING -> JsonString.of(TEXTS.get(random.nextInt(TEXTS.size())));
      };
    } else if (type instanceof RegoType.Array array) {
      JsonArray.Builder items = JsonArray.builder();
      array.items().forEach(item -> items.add(of(item, depth - 1)));
      RegoType rest = array.rest();
      for (int n = rest == null || depth <= 0 ? 0 : random.nextInt(4); n > 0 && rest != null; n--) {
        items.add(of(rest, depth - 1));
      }
      return items.build();
    } else if (type instanceof RegoType.Set set) {
      JsonSet.Builder items = JsonSet.builder();
      for (int n = depth <= 0 ? 0 : random.nextInt(4); n > 0; n--) {
        items.add(of(set.of(), depth - 1));
      }
      return items.build();
    } else if (type instanceof RegoType.Obj object) {
      JsonObject.Builder members = JsonObject.builder();
      object.members().forEach((k, v) -> members.put(k, of(v, depth - 1)));
      for (int n = depth <= 0 ? 0 : random.nextInt(4); n > 0; n--) {
        RegoType key = object.key();
        RegoType value = object.value();
        if (key != null && value != null) {
          members.put(of(key, depth - 1), of(value, depth - 1));
        }
      }
      return members.build();
    } else if (type instanceof RegoType.Union union && !union.of().isEmpty()) {
      return of(union.of().get(random.nextInt(union.of().size())), depth);
    }
    return any(depth);
  }

  private JsonValue any(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> JsonNull.NULL;
      case 1 -> of(RegoType.Scalar.BOOLEAN, 0);
      case 2 -> of(RegoType.Scalar.NUMBER, 0);
      case 3, 4 -> of(RegoType.Scalar.STRING, 0);
      case 5 -> of(RegoType.arrayOf(RegoType.ANY), depth);
      case 6 -> of(RegoType.setOf(RegoType.ANY), depth);
      default -> of(RegoType.objectOf(RegoType.Scalar.STRING, RegoType.ANY), depth);
    };
  }

  /** Whether a value is of a type. */
  static boolean fits(JsonValue value, RegoType type) {
    if (type instanceof RegoType.Scalar scalar) {
      return Operands.typeName(value).equals(scalar.toString());
    } else if (type instanceof RegoType.Array array) {
      if (!(value instanceof JsonArray items) || items.size() < array.items().size()) {
        return false;
      }
      for (int i = 0; i < items.size(); i++) {
        RegoType item = i < array.items().size() ? array.items().get(i) : array.rest();
        if (item == null || !fits(items.get(i), item)) {
          return false;
        }
      }
      return true;
    } else if (type instanceof RegoType.Set set) {
      return value instanceof JsonSet items
          && IntStream.range(0, items.size()).allMatch(i -> fits(items.get(i), set.of()));
    } else if (type instanceof RegoType.Obj object) {
      return value instanceof JsonObject members && fits(members, object);
    }
    RegoType.Union union = (RegoType.Union) type;
    return union.of().isEmpty() || union.of().stream().anyMatch(t -> fits(value, t));
  }

  private static boolean fits(JsonObject members, RegoType.Obj type) {
    for (Map.Entry<JsonValue, RegoType> known : type.members().entrySet()) {
      JsonValue value = members.get(known.getKey());
      if (value == null || !fits(value, known.getValue())) {
        return false;
      }
    }
    for (int i = 0; i < members.size(); i++) {
      if (!type.members().containsKey(members.keyAt(i))) {
        RegoType key = type.key();
        RegoType value = type.value();
        if (key == null
            || value == null
            || !fits(members.keyAt(i), key)
            || !fits(members.valueAt(i), value)) {
          return false;
        }
      }
    }
    return true;
  }
}
