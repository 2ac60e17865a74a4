package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire JSON of events: exact member order, escapes of runtime contract 1.2, {@code prev_hash}
 * and {@code hash} last. What is read is kept exactly or refused: an event that was read is written
 * again as the same bytes if it was in this form. Stateless and thread-safe.
 */
public final class EventJson {
  /** What a store has taken must be readable, whatever an embedder put into the arguments. */
  static final JsonLimits LIMITS = new JsonLimits(Lines.MAX_LINE, JsonLimits.GREATEST_DEPTH);

  private EventJson() {}

  /** The JSON of an event that is in no chain. */
  public static byte[] bytes(AuditEvent event) {
    EventMembers members = new EventMembers();
    members.encode(event);
    ByteBuilder out = new ByteBuilder(1024);
    members.openWire(out);
    return out.add('}').toByteArray();
  }

  /** The JSON of a stored event, with its number and hashes. */
  public static byte[] bytes(StoredEvent stored) {
    ByteBuilder out = new ByteBuilder(1024);
    EventMembers members = new EventMembers();
    members.encode(stored.event());
    members.setSeq(stored.seq());
    ChainHasher.wire(members, stored, out);
    return out.toByteArray();
  }

  /** The JSON of a stored event as text. */
  public static String text(StoredEvent stored) {
    return new String(bytes(stored), StandardCharsets.UTF_8);
  }

  /**
   * Reads a stored event from its JSON. Members may come in any order and with white space.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when it is no event: no JSON
   *     object, a member no rule hashes, a value of another type than the member's, a time in
   *     another form, a required member missing
   */
  public static StoredEvent read(byte[] json) {
    JsonValue value;
    try {
      value = JsonReader.parse(json, LIMITS);
    } catch (JsonParseException e) {
      throw unreadable("not JSON: " + e.getMessage());
    }
    if (!(value instanceof JsonObject object)) {
      throw unreadable("not a JSON object");
    }
    AuditEventBuilder builder = AuditEvent.builder();
    long seq = 0;
    String prevHash = "";
    String hash = "";
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      AuditField field = AuditField.named(name);
      if (field == null) {
        throw unreadable("member \"" + name + "\" is covered by no hash");
      }
      Object read = value(field, object.valueAt(i));
      switch (field) {
        case SEQ -> seq = (Long) read;
        case PREV_HASH -> prevHash = (String) read;
        case HASH -> hash = (String) read;
        case DECISION -> builder.stored(field, AuditDecision.of((String) read).wireName());
        default -> builder.stored(field, read);
      }
    }
    for (AuditField field : AuditField.values()) {
      if (field.isAlwaysWritten() && object.get(field.wireName()) == null) {
        throw unreadable("member \"" + field.wireName() + "\" is missing");
      }
    }
    AuditEvent event = builder.build();
    event.phase();
    return new StoredEvent(event, seq, prevHash, hash);
  }

  private static Object value(AuditField field, JsonValue value) {
    Object read =
        switch (field.kind()) {
          case TIME -> value instanceof JsonString s ? time(s.value()) : null;
          case TEXT -> value.asText();
          case INT -> value instanceof JsonNumber n && n.fitsLong() ? n.longValue() : null;
          case FLAG -> value instanceof JsonBoolean b ? b.value() : null;
          case TEXTS -> value instanceof JsonArray a ? texts(a) : null;
          case OBJECT -> value instanceof JsonObject o ? o : null;
        };
    if (read == null) {
      throw unreadable("member \"" + field.wireName() + "\" has a value of another type");
    }
    return read;
  }

  private static Instant time(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Rfc3339.read(bytes, 0, bytes.length);
  }

  private static @Nullable List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>(array.size());
    for (JsonValue item : array) {
      String text = item.asText();
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * The items of a list member.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when it is no list of texts
   */
  static List<String> textsOf(JsonValue value) {
    List<String> texts = value instanceof JsonArray array ? texts(array) : null;
    if (texts == null) {
      throw unreadable("a list has a value of another type");
    }
    return texts;
  }

  private static AuditException unreadable(String why) {
    return new AuditException(AuditException.Code.UNREADABLE, why);
  }
}
