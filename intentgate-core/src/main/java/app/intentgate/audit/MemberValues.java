package app.intentgate.audit;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of an event's members, packed: a place for each that is there, in wire order. Events
 * are kept by the thousand and have half of the members at the most. Not thread-safe while it
 * changes.
 */
final class MemberValues {
  /** Enough for the decision of a call. */
  private static final int USUAL = 24;

  /** A bit for each member that is there, by its place on the wire. */
  private long present;

  private @Nullable Object[] packed;

  MemberValues() {
    packed = new Object[USUAL];
  }

  private MemberValues(long present, @Nullable Object[] packed) {
    this.present = present;
    this.packed = packed;
  }

  /** The same values, to be changed apart. */
  MemberValues copy() {
    return new MemberValues(present, packed.clone());
  }

  private static long bit(AuditField field) {
    return 1L << field.ordinal();
  }

  private int place(long bit) {
    return Long.bitCount(present & (bit - 1));
  }

  @Nullable Object get(AuditField field) {
    long bit = bit(field);
    return (present & bit) == 0 ? null : packed[place(bit)];
  }

  void put(AuditField field, Object value) {
    long bit = bit(field);
    int at = place(bit);
    if ((present & bit) == 0) {
      int size = Long.bitCount(present);
      if (size == packed.length) {
        packed = Arrays.copyOf(packed, size + 8);
      }
      System.arraycopy(packed, at, packed, at + 1, size - at);
      present |= bit;
    }
    packed[at] = value;
  }

  void remove(AuditField field) {
    long bit = bit(field);
    if ((present & bit) != 0) {
      int at = place(bit);
      int last = Long.bitCount(present) - 1;
      System.arraycopy(packed, at + 1, packed, at, last - at);
      packed[last] = null;
      present &= ~bit;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof MemberValues v) || v.present != present) {
      return false;
    }
    int size = Long.bitCount(present);
    return Arrays.equals(packed, 0, size, v.packed, 0, size);
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(present);
    for (int i = 0; i < Long.bitCount(present); i++) {
      hash = 31 * hash + Objects.hashCode(packed[i]);
    }
    return hash;
  }
}
