package app.intentgate.audit;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of one event as text, {@code "name":value} each, wherever that text lies. The wire
 * form and the canonical form are the same texts in two orders, so an event is written once and a
 * stored line need not be understood to be hashed. Reused from event to event; not thread-safe.
 */
final class EventMembers {
  /** An array: a list's iterator took a tenth of the time of a whole decision. */
  private static final MemberSlot[] WIRE = MemberSlot.WIRE.toArray(MemberSlot[]::new);

  private static final MemberSlot SCHEMA = MemberSlot.of(AuditField.SCHEMA_VERSION);
  private static final MemberSlot TS = MemberSlot.of(AuditField.TS);
  private static final MemberSlot SEQ = MemberSlot.of(AuditField.SEQ);
  private static final MemberSlot LAST_OF_7 = MemberSlot.of(AuditField.ELEVATION_ID);

  /** The end of no member, which none can follow. */
  private static final int NONE = -2;

  /** What schema 7 does not hash and what is no link of the chain. */
  private static final long UNCOVERED_7 =
      (-1L << (LAST_OF_7.index() + 1)) & ~(bit(AuditField.PREV_HASH) | bit(AuditField.HASH));

  private static final byte[] SCHEMA_8 = {'"', '8', '"'};
  private static final byte[] SCHEMA_7 = {'"', '7', '"'};

  private final ByteBuilder own = new ByteBuilder(1024);
  private final int[] from = new int[WIRE.length];
  private final int[] to = new int[WIRE.length];

  /** The members there are, a bit for each by its place on the wire. */
  private long present;

  /** Those of them that are hashed, a bit for each by its place in the canonical form. */
  private long ordered;

  private byte[] source = own.array();

  private static long bit(AuditField field) {
    return 1L << MemberSlot.of(field).index();
  }

  /** Forgets all members; those that are set next lie in this array. */
  void begin(byte[] newSource) {
    Arrays.fill(to, 0);
    present = 0;
    ordered = 0;
    source = newSource;
  }

  /** Says where a member lies, its name included. */
  void set(MemberSlot slot, int start, int end) {
    from[slot.index()] = start;
    to[slot.index()] = end;
    present |= 1L << slot.index();
    ordered |= slot.hashedBit();
  }

  /** Takes the members of an event; those that the store sets are added by {@link #setSeq} etc. */
  void encode(AuditEvent event) {
    begin(own.array());
    own.reset();
    for (MemberSlot slot : WIRE) {
      Object value = event.value(slot.field());
      if (value != null || slot.field().isAlwaysWritten()) {
        int start = own.size();
        own.add(slot.prefix());
        encode(slot.field().kind(), value);
        set(slot, start, own.size());
      }
    }
    source = own.array();
  }

  private void encode(AuditField.Kind kind, @Nullable Object value) {
    switch (kind) {
      case TIME -> {
        own.add('"');
        Rfc3339.write((Instant) Objects.requireNonNull(value), own);
        own.add('"');
      }
      case TEXT -> own.string(value == null ? "" : (String) value);
      case INT -> own.number(value == null ? 0 : (Long) value);
      case FLAG -> own.ascii("true");
      case TEXTS -> encodeList((List<?>) Objects.requireNonNull(value));
      case OBJECT -> own.value((JsonObject) Objects.requireNonNull(value));
    }
  }

  private void encodeList(List<?> texts) {
    own.add('[');
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        own.add(',');
      }
      own.string((String) texts.get(i));
    }
    own.add(']');
  }

  /**
   * Sets the number of an event that was {@linkplain #encode encoded}. 0 leaves it out, and so does
   * schema 7, which does not hash it.
   */
  void setSeq(long seq) {
    if (seq != 0 && !is(SCHEMA, SCHEMA_7)) {
      int start = own.size();
      own.add(SEQ.prefix()).number(seq);
      set(SEQ, start, own.size());
      source = own.array();
    }
  }

  boolean has(MemberSlot slot) {
    return to[slot.index()] != 0;
  }

  /** The array the members lie in. */
  byte[] source() {
    return source;
  }

  int valueFrom(MemberSlot slot) {
    return from[slot.index()] + slot.prefix().length;
  }

  int valueTo(MemberSlot slot) {
    return to[slot.index()];
  }

  /**
   * A text member's value, or the empty string.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when its escapes are no JSON
   */
  String text(MemberSlot slot) {
    if (!has(slot)) {
      return "";
    }
    int start = valueFrom(slot);
    int length = valueTo(slot) - start;
    for (int i = start; i < start + length; i++) {
      if (source[i] == '\\') {
        return unescaped(Arrays.copyOfRange(source, start, start + length), slot);
      }
    }
    return new String(source, start + 1, length - 2, StandardCharsets.UTF_8);
  }

  /** A text member's value as it stands there, its escapes left; the empty string without one. */
  String escapedText(MemberSlot slot) {
    if (!has(slot)) {
      return "";
    }
    int start = valueFrom(slot) + 1;
    return new String(source, start, valueTo(slot) - 1 - start, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] json, MemberSlot slot) {
    try {
      return String.valueOf(JsonReader.parse(json, EventJson.LIMITS).asText());
    } catch (JsonParseException e) {
      throw new AuditException(
          AuditException.Code.UNREADABLE, slot.field().wireName() + " is not JSON", e);
    }
  }

  /**
   * A whole-number member's value, or 0.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when it has more than 64 bits
   */
  long number(MemberSlot slot) {
    long value = 0;
    boolean negative = false;
    for (int i = has(slot) ? valueFrom(slot) : valueTo(slot); i < valueTo(slot); i++) {
      if (source[i] == '-') {
        negative = true;
        continue;
      }
      if (value > (Long.MAX_VALUE - 9) / 10) {
        throw new AuditException(
            AuditException.Code.UNREADABLE, slot.field().wireName() + " is too large");
      }
      value = value * 10 + source[i] - '0';
    }
    return negative ? -value : value;
  }

  /** When the event says it was made. */
  Instant time() {
    return Rfc3339.read(source, valueFrom(TS) + 1, valueTo(TS) - 1);
  }

  /** Whether a value is these bytes. */
  boolean is(MemberSlot slot, byte[] value) {
    return has(slot)
        && Arrays.equals(source, valueFrom(slot), valueTo(slot), value, 0, value.length);
  }

  /**
   * Whether the event is hashed by schema 8's rule, and not by 7's.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when it is neither
   */
  boolean isSchema8() {
    if (is(SCHEMA, SCHEMA_8)) {
      return true;
    }
    if (is(SCHEMA, SCHEMA_7)) {
      return false;
    }
    throw new AuditException(
        AuditException.Code.UNREADABLE,
        "schema_version is neither \"7\" nor \"8\": no known rule hashes this event");
  }

  /** The first member that stands there and that no hash covers, or null. */
  @Nullable AuditField uncovered() {
    long found = present & (isSchema8() ? bit(AuditField.SUMMARY) : UNCOVERED_7);
    return found == 0 ? null : WIRE[Long.numberOfTrailingZeros(found)].field();
  }

  /** Adds the canonical form: what the hash covers after the previous hash. */
  void canonical(ByteBuilder out) {
    out.add('{');
    int start = 0;
    int end = NONE;
    long left = isSchema8() ? ordered : ordered & MemberSlot.HASHED_OF_7;
    for (; left != 0; left &= left - 1) {
      int index = MemberSlot.hashedAt(Long.numberOfTrailingZeros(left));
      // Members that follow one another where they lie are taken with the commas between them.
      if (from[index] == end + 1 && source[end] == ',') {
        end = to[index];
        continue;
      }
      if (end != NONE) {
        out.add(source, start, end).add(',');
      }
      start = from[index];
      end = to[index];
    }
    if (end != NONE) {
      out.add(source, start, end);
    }
    out.add('}');
  }

  /** Adds the wire form without its last brace, so that hashes can follow. */
  void openWire(ByteBuilder out) {
    out.add('{');
    boolean comma = false;
    for (MemberSlot slot : WIRE) {
      comma = member(slot, comma, out);
    }
  }

  private boolean member(MemberSlot slot, boolean comma, ByteBuilder out) {
    int end = to[slot.index()];
    if (end == 0) {
      return comma;
    }
    if (comma) {
      out.add(',');
    }
    out.add(source, from[slot.index()], end);
    return true;
  }
}
