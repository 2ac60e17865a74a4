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
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record MemberSlot(int index, AuditField field, byte[] prefix) {
  /** All members, in wire order. */
  static final List<MemberSlot> WIRE;

  private static final Map<AuditField, MemberSlot> BY_FIELD = new EnumMap<>(AuditField.class);
  private static final MemberSlot[] HASHED_7;
  private static final MemberSlot[] HASHED_8;

  static {
    AuditField[] fields = AuditField.values();
    for (int i = 0; i < fields.length; i++) {
      byte[] prefix = ('"' + fields[i].wireName() + "\":").getBytes(StandardCharsets.US_ASCII);
      BY_FIELD.put(fields[i], new MemberSlot(i, fields[i], prefix));
    }
    WIRE = List.copyOf(BY_FIELD.values());
    HASHED_7 = slots(AuditField.hashed(AuditEvent.SCHEMA_7));
    HASHED_8 = slots(AuditField.hashed(AuditEvent.SCHEMA_8));
  }

  private static MemberSlot[] slots(List<AuditField> fields) {
    return fields.stream().map(MemberSlot::of).toArray(MemberSlot[]::new);
  }

  static MemberSlot of(AuditField field) {
    MemberSlot slot = BY_FIELD.get(field);
    if (slot == null) {
      throw new IllegalStateException("no slot for " + field);
    }
    return slot;
  }

  /** The hashed members of a schema, in the order they are hashed; not to be changed. */
  static MemberSlot[] hashed(boolean schema8) {
    return schema8 ? HASHED_8 : HASHED_7;
  }
}
