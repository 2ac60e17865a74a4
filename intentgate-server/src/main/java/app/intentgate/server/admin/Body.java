package app.intentgate.server.admin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object in the body of an operator's request: strict, no member that the route does not
 * know, null as good as absent.
 */
final class Body {
  private static final String STRICT = "invalid JSON: ";

  private final JsonObject object;
  private final String prefix;

  private Body(JsonObject object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /**
   * Reads a body.
   *
   * @param max the most bytes
   * @param members the members the route knows
   * @throws AdminException 400 when it is not that
   */
  static Body read(InputStream in, int max, Set<String> members) throws IOException {
    byte[] bytes = bytes(in, max, STRICT);
    if (bytes.length == 0) {
      throw AdminException.badRequest(STRICT + "EOF");
    }
    return parse(bytes, max, members);
  }

  /** Reads a body that may be missing: then no member is there. */
  static Body readOrEmpty(InputStream in, int max, Set<String> members) throws IOException {
    byte[] bytes = bytes(in, max, STRICT);
    return bytes.length == 0 ? new Body(JsonObject.EMPTY, STRICT) : parse(bytes, max, members);
  }

  /**
   * Reads a body whose unknown members are ignored.
   *
   * @param prefix what the messages about a bad body start with
   */
  static Body lenient(InputStream in, int max, String prefix) throws IOException {
    byte[] bytes = bytes(in, max, prefix);
    if (bytes.length == 0) {
      throw AdminException.badRequest(prefix + "EOF");
    }
    return new Body(object(bytes, max, prefix), prefix);
  }

  private static byte[] bytes(InputStream in, int max, String prefix) throws IOException {
    byte[] bytes = in.readNBytes(max + 1);
    if (bytes.length > max) {
      throw AdminException.badRequest(prefix + "body exceeds " + max + " bytes");
    }
    return bytes;
  }

  private static Body parse(byte[] bytes, int max, Set<String> members) {
    JsonObject object = object(bytes, max, STRICT);
    for (int i = 0; i < object.size(); i++) {
      if (!members.contains(object.nameAt(i))) {
        throw AdminException.badRequest(
            STRICT + "json: unknown field \"" + object.nameAt(i) + "\"");
      }
    }
    return new Body(object, STRICT);
  }

  private static JsonObject object(byte[] bytes, int max, String prefix) {
    JsonValue value;
    try {
      value = JsonReader.parse(bytes, JsonLimits.ofDefaults().withMaxBytes(max));
    } catch (JsonParseException e) {
      throw AdminException.badRequest(prefix + e.getMessage());
    }
    if (!(value instanceof JsonObject object)) {
      throw AdminException.badRequest(prefix + "expected an object");
    }
    return object;
  }

  /** A member as it is; null when absent. */
  @Nullable JsonValue value(String member) {
    JsonValue value = object.get(member);
    return value instanceof JsonNull ? null : value;
  }

  private AdminException wrong(String member, String wanted) {
    return AdminException.badRequest(prefix + member + " must be " + wanted);
  }

  /** A text, empty when absent. */
  String text(String member) {
    JsonValue value = value(member);
    if (value == null) {
      return "";
    }
    if (value instanceof JsonString text) {
      return text.value();
    }
    throw wrong(member, "a string");
  }

  /** A list of texts without the blank ones, stripped; empty when absent. */
  List<String> texts(String member) {
    JsonValue value = value(member);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw wrong(member, "an array of strings");
    }
    List<String> out = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString text)) {
        throw wrong(member, "an array of strings");
      }
      if (!text.value().isBlank()) {
        out.add(text.value().strip());
      }
    }
    return out;
  }

  /** True or false; false when absent. */
  boolean flag(String member) {
    JsonValue value = value(member);
    if (value == null) {
      return false;
    }
    if (value instanceof JsonBoolean flag) {
      return flag.value();
    }
    throw wrong(member, "true or false");
  }

  /** Whether the member is there and not null. */
  boolean has(String member) {
    return value(member) != null;
  }

  /** A whole number that fits 64 bits; 0 when absent. */
  long whole(String member) {
    JsonValue value = value(member);
    if (value == null) {
      return 0;
    }
    if (value instanceof JsonNumber number && number.isInteger() && number.fitsLong()) {
      return number.longValue();
    }
    throw wrong(member, "a whole number");
  }

  /** A whole number from 0 to a limit; 0 when absent. */
  long count(String member, long max) {
    JsonValue value = value(member);
    if (value == null) {
      return 0;
    }
    if (!(value instanceof JsonNumber number) || !number.isInteger()) {
      throw wrong(member, "a whole number");
    }
    if (number.signum() < 0) {
      throw AdminException.badRequest(member + " must be >= 0");
    }
    if (!number.fitsLong() || number.longValue() > max) {
      throw AdminException.badRequest(member + " must be from 0 to " + max);
    }
    return number.longValue();
  }
}
