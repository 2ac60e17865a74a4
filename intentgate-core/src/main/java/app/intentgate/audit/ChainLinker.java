package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Chains events for a store, one after the other, with buffers it reuses. What takes most of the
 * time, {@link #prepare}, needs no knowledge of the chain and so no lock on it. Not thread-safe.
 */
public final class ChainLinker {
  private final ChainHasher hasher = new ChainHasher();
  private final EventMembers members = new EventMembers();
  private final ByteBuilder line = new ByteBuilder(1024);
  private @Nullable AuditEvent prepared;

  /** A linker. */
  public ChainLinker() {}

  /** Writes an event's members; the next {@link #link(long, String)} is for it. */
  public ChainLinker prepare(AuditEvent event) {
    members.encode(event);
    prepared = event;
    return this;
  }

  /**
   * Chains the prepared event; see {@link AuditChain#link}.
   *
   * @throws IllegalStateException when none was prepared since the last
   */
  public StoredEvent link(long seq, String prevHash) {
    AuditEvent event = prepared;
    if (event == null) {
      throw new IllegalStateException("prepare an event first");
    }
    prepared = null;
    members.setSeq(seq);
    byte[] hash = hasher.hash(prevHash, members);
    return new StoredEvent(event, seq, prevHash, new String(hash, StandardCharsets.US_ASCII));
  }

  /** Prepares and chains an event; see {@link AuditChain#link}. */
  public StoredEvent link(AuditEvent event, long seq, String prevHash) {
    return prepare(event).link(seq, prevHash);
  }

  /** The wire form of the event that was chained last, for stores that keep it as it is. */
  public byte[] wire(StoredEvent stored) {
    wire(stored, line.reset());
    return line.toByteArray();
  }

  /** A text member of the event that was chained last, escaped as its wire form has it. */
  public String escapedText(AuditField field) {
    return members.escapedText(MemberSlot.of(field));
  }

  /** Adds the wire form of the event that was chained last. */
  void wire(StoredEvent stored, ByteBuilder out) {
    ChainHasher.wire(members, stored, out);
  }
}
