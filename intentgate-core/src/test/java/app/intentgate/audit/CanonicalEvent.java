package app.intentgate.audit;

/**
 * The bytes of an event that its hash covers: the members of runtime contract 5.2 in its order, and
 * for schema {@code "8"} every other stored member after them (B58), zero values left out. {@code
 * docs/audit-format.md} describes it. Stateless and thread-safe.
 */
final class CanonicalEvent {
  private CanonicalEvent() {}

  /**
   * The canonical form of an event with a number in its chain.
   *
   * @param seq the number; left out for schema {@code "7"} and when it is 0
   */
  static byte[] bytes(AuditEvent event, long seq) {
    EventMembers members = new EventMembers();
    members.encode(event);
    members.setSeq(seq);
    ByteBuilder out = new ByteBuilder(1024);
    members.canonical(out);
    return out.toByteArray();
  }
}
