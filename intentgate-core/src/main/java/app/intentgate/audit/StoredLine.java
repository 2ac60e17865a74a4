package app.intentgate.audit;

import java.util.Arrays;

/**
 * A stored event as the bytes a store keeps it in, which are those that are served and hashed, so
 * that it can be copied without being understood. Whoever reads many uses one for all of them: what
 * it holds is overwritten by the next. Not thread-safe.
 */
public final class StoredLine {
  private static final MemberSlot TS = MemberSlot.of(AuditField.TS);
  private static final MemberSlot TENANT = MemberSlot.of(AuditField.TENANT);

  private final EventMembers members = new EventMembers();
  private byte[] line = new byte[0];
  private int from;
  private int to;

  /** Holds no event yet. */
  public StoredLine() {}

  /** Holds an event that is in no chain, to {@linkplain #isSameEvent compare} others with. */
  public static StoredLine of(AuditEvent event) {
    StoredLine line = new StoredLine();
    byte[] json = EventJson.bytes(event);
    line.set(json, 0, json.length);
    return line;
  }

  /**
   * Goes to the next event, in a part of an array that stays as it is while the event is looked at.
   * False when that is not exactly the form events are stored in; then there is nothing to look at.
   * What the values say is not judged: the hash covers it.
   */
  public boolean set(byte[] array, int start, int end) {
    line = array;
    from = start;
    to = end;
    return EventLine.scan(array, start, end, members);
  }

  /** The array that the event's JSON lies in. */
  public byte[] array() {
    return line;
  }

  /** Where its JSON begins. */
  public int from() {
    return from;
  }

  /** Where its JSON ends. */
  public int to() {
    return to;
  }

  /**
   * The chain the event belongs to.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when its tenant's escapes are no
   *     JSON
   */
  public String chain() {
    return AuditChain.keyOf(members.text(TENANT));
  }

  /** Whether this is the same event, wherever either is chained. */
  public boolean isSameEvent(StoredLine other) {
    if (!Arrays.equals(
        line,
        members.valueFrom(TS),
        members.valueTo(TS),
        other.line,
        other.members.valueFrom(TS),
        other.members.valueTo(TS))) {
      return false;
    }
    try {
      return read().event().equals(other.read().event());
    } catch (AuditException e) {
      return false;
    }
  }

  /**
   * Reads the event, which stays what it is when this goes on.
   *
   * @throws AuditException as {@link EventJson#read} does
   */
  public StoredEvent read() {
    return EventJson.read(Arrays.copyOfRange(line, from, to));
  }

  EventMembers members() {
    return members;
  }
}
