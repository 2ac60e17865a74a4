package app.intentgate.memory;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A word for each slot of a ring of events, with a byte of the hash of each text that a query may
 * ask for. These words lie side by side, so that a search finds quickly which events cannot be
 * meant; looking into ten thousand events for those of one agent is most of a millisecond of cache
 * misses. An event whose word passes is still to be compared.
 *
 * <p>A word also says which lap of the ring it was written in: when two threads a whole lap apart
 * write one slot, event and word may be of different ones, and the word says nothing.
 */
final class EventMarks {
  private static final int BYTE = 8;
  private static final int LAP_SHIFT = 7 * BYTE;

  private final AtomicLongArray words;

  EventMarks(int capacity) {
    words = new AtomicLongArray(capacity);
  }

  private int slot(long position) {
    return (int) (position % words.length());
  }

  private long lap(long position) {
    return position / words.length() << LAP_SHIFT;
  }

  /** Says what an event is; before it is put into its slot, so that no search passes over it. */
  void set(long position, AuditEvent event) {
    long word =
        word(
            mark(event.event()),
            mark(event.agentId()),
            mark(event.tool()),
            mark(event.decision().wireName()),
            mark(event.capabilityTokenId()),
            mark(event.tenant()),
            mark(event.callId()));
    words.set(slot(position), lap(position) | word);
  }

  /** Whether the event at a position may be one that is wanted; most that are not, are not. */
  boolean mayBe(Wanted wanted, long position) {
    long word = words.get(slot(position));
    return (word & wanted.mask) == wanted.bits || (word ^ lap(position)) >>> LAP_SHIFT != 0;
  }

  /** What a query asks of a word: these bits, with these values. */
  record Wanted(long mask, long bits) {
    static Wanted of(AuditQuery query) {
      return new Wanted(
          word(
              mask(query.event()),
              mask(query.agentId()),
              mask(query.tool()),
              mask(query.decision()),
              mask(query.jti()),
              mask(query.tenant()),
              mask(query.callId())),
          word(
              wanted(query.event()),
              wanted(query.agentId()),
              wanted(query.tool()),
              wanted(query.decision()),
              wanted(query.jti()),
              wanted(query.tenant()),
              wanted(query.callId())));
    }

    private static int mask(String filter) {
      return filter.isEmpty() ? 0 : 0xFF;
    }

    private static int wanted(String filter) {
      return filter.isEmpty() ? 0 : mark(filter);
    }
  }

  private static long word(long a, long b, long c, long d, long e, long f, long g) {
    return a << 6 * BYTE
        | b << 5 * BYTE
        | c << 4 * BYTE
        | d << 3 * BYTE
        | e << 2 * BYTE
        | f << BYTE
        | g;
  }

  /** A byte of a text's hash. */
  private static int mark(String text) {
    int hash = text.hashCode();
    hash ^= hash >>> 2 * BYTE;
    return (hash ^ hash >>> BYTE) & 0xFF;
  }
}
