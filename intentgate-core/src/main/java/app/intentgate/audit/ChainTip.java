package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The newest row of a chain that is walked, kept without making objects. Not thread-safe. */
final class ChainTip {
  private static final MemberSlot TS = MemberSlot.of(AuditField.TS);

  private final byte[] hash = new byte[ChainHasher.HASH_LENGTH];
  private byte[] time = new byte[40];
  private int timeLength;
  private int hashLength;
  private long seq;

  void set(ChainHead head) {
    seq = head.seq();
    hash(head.hash().getBytes(StandardCharsets.US_ASCII), 0, head.hash().length());
    time = Rfc3339.text(head.at()).getBytes(StandardCharsets.US_ASCII);
    timeLength = time.length;
  }

  /** Takes a row's place; one without a number (schema 7) counts from the row before. */
  void set(EventMembers row, long rowSeq, MemberSlot hashSlot) {
    seq = rowSeq == 0 ? seq + 1 : rowSeq;
    hash(
        row.source(),
        row.valueFrom(hashSlot) + 1,
        row.has(hashSlot) ? row.valueTo(hashSlot) - 1 : 0);
    timeLength = Math.max(0, row.valueTo(TS) - row.valueFrom(TS) - 2);
    if (time.length < timeLength) {
      time = new byte[timeLength];
    }
    System.arraycopy(row.source(), row.valueFrom(TS) + 1, time, 0, timeLength);
  }

  private void hash(byte[] source, int from, int to) {
    hashLength = to - from == hash.length ? hash.length : 0;
    if (hashLength > 0) {
      System.arraycopy(source, from, hash, 0, hashLength);
    }
  }

  boolean hashIs(byte[] source, int from, int to) {
    return Arrays.equals(source, from, to, hash, 0, hashLength);
  }

  byte[] hash() {
    return hash;
  }

  int hashLength() {
    return hashLength;
  }

  String hashText() {
    return new String(hash, 0, hashLength, StandardCharsets.US_ASCII);
  }

  long seq() {
    return seq;
  }

  /** The row as a head; null when there was none or its time cannot be read. */
  @Nullable ChainHead head(String chain) {
    if (seq == 0) {
      return null;
    }
    try {
      Instant at = Rfc3339.read(time, 0, timeLength);
      return new ChainHead(chain, seq, hashText(), at);
    } catch (AuditException e) {
      return null;
    }
  }
}
