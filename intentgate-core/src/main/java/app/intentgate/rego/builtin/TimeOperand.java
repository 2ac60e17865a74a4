package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.time.TimeSyntaxException;
import app.intentgate.rego.time.ZoneNames;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The operand of most functions of {@code time}: nanoseconds, or an array of these, a zone and a
 * layout. OPA calls every part of it the first operand.
 */
final class TimeOperand {
  private static final long NANOS = 1_000_000_000L;

  private TimeOperand() {}

  static ZonedDateTime time(JsonValue value) throws BuiltinException {
    JsonValue number = value;
    ZoneId zone = ZoneOffset.UTC;
    if (value instanceof JsonArray array && !array.isEmpty()) {
      number = array.get(0);
      if (!(number instanceof JsonNumber)) {
        throw Operands.wrongType(new JsonValue[] {number}, 0, "number");
      }
      zone = zone(array);
    }
    if (!(number instanceof JsonNumber n)) {
      String need = "either number (ns) or [number (ns), string (tz)]";
      throw Operands.wrongType(new JsonValue[] {value}, 0, need);
    }
    if (!n.fitsLong()) {
      throw BuiltinException.of("timestamp too big");
    }
    long nanos = n.longValue();
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
        .atZone(zone);
  }

  private static ZoneId zone(JsonArray array) throws BuiltinException {
    try {
      return ZoneNames.zone(text(array, 1));
    } catch (TimeSyntaxException e) {
      throw BuiltinException.of(String.valueOf(e.getMessage()));
    }
  }

  /** The layout of an operand; empty when it has none. */
  static String layout(JsonValue value) throws BuiltinException {
    return value instanceof JsonArray array ? text(array, 2) : "";
  }

  private static String text(JsonArray array, int index) throws BuiltinException {
    return index < array.size() ? Operands.string(new JsonValue[] {array.get(index)}, 0) : "";
  }
}
