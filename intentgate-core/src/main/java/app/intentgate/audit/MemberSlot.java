package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A member's place in tables that hold one entry per member, and the bytes that introduce it.
 *
 * @param index the place, in wire order
 * @param field the member
 * @param prefix its name in quotes and the colon
 * @param hashedBit the bit of its place in the canonical form; 0 for one that is not hashed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record MemberSlot(int index, AuditField field, byte[] prefix, long hashedBit) {
  /** All members, in wire order. */
  static final List<MemberSlot> WIRE;

  private static final Map<AuditField, MemberSlot> BY_FIELD = new EnumMap<>(AuditField.class);

  /** The hashed members of schema 8 in their order; those of schema 7 are the first of them. */
  private static final int[] HASHED;

  /** The bits of what schema 7 hashes. */
  static final long HASHED_OF_7 = (1L << AuditField.hashed(AuditEvent.SCHEMA_7).size()) - 1;

  static {
    AuditField[] fields = AuditField.values();
    if (fields.length > Long.SIZE) {
      throw new IllegalStateException("more members than a long has bits");
    }
    List<AuditField> hashed = AuditField.hashed(AuditEvent.SCHEMA_8);
    for (int i = 0; i < fields.length; i++) {
      byte[] prefix = ('"' + fields[i].wireName() + "\":").getBytes(StandardCharsets.US_ASCII);
      int place = hashed.indexOf(fields[i]);
      BY_FIELD.put(fields[i], new MemberSlot(i, fields[i], prefix, place < 0 ? 0 : 1L << place));
    }
    WIRE = List.copyOf(BY_FIELD.values());
    HASHED =
        AuditField.hashed(AuditEvent.SCHEMA_8).stream()
            .mapToInt(field -> MemberSlot.of(field).index())
            .toArray();
  }

  static MemberSlot of(AuditField field) {
    MemberSlot slot = BY_FIELD.get(field);
    if (slot == null) {
      throw new IllegalStateException("no slot for " + field);
    }
    return slot;
  }

  /** The index of the hashed member at a place in the canonical form. */
  static int hashedAt(int place) {
    return HASHED[place];
  }
}
