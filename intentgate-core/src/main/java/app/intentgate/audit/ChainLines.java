package app.intentgate.audit;

import app.intentgate.audit.BrokenEvent.Break;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one chain from the lines that a store keeps, oldest first, without reading what they
 * say; for stores that know which line is of which chain and remember every chain's exact end. Not
 * thread-safe.
 */
public final class ChainLines {
  private final String chain;
  private final TimeWindow window;
  private final EventMembers row = new EventMembers();
  private final ChainWalk walk;
  private List<ChainHead> wanted = List.of();
  private byte[] line = new byte[0];
  private boolean readable;
  private long seq;

  /** Starts before the first line of a chain; times as {@link AuditStore#verify} has them. */
  public ChainLines(String chain, @Nullable Instant from, @Nullable Instant to) {
    this.chain = chain;
    this.window = new TimeWindow(from, to);
    this.walk = new ChainWalk(chain, new ChainHasher(), window);
  }

  /** Starts after a head that something vouches for, said in the report; before the first line. */
  public ChainLines startingAfter(ChainHead head, String why) {
    walk.continuing(head, why);
    return this;
  }

  /** Wants these heads of the chain in it; before the first line. */
  public ChainLines remembering(Collection<ChainHead> heads) {
    wanted = List.copyOf(heads);
    walk.remembering(wanted);
    return this;
  }

  /**
   * The text that a value has where it stands in a line between its quotes.
   *
   * @param text any text
   */
  public static String escaped(String text) {
    ByteBuilder out = new ByteBuilder(text.length() + 2).string(text);
    return new String(out.array(), 1, out.size() - 2, StandardCharsets.UTF_8);
  }

  /** Verifies the next line, stored under a number. */
  public void line(long storedSeq, byte[] json) {
    line(storedSeq, json, 0, json.length);
  }

  /** Verifies the next line, stored under a number, which lies in a part of an array. */
  public void line(long storedSeq, byte[] source, int from, int to) {
    line = source;
    seq = storedSeq;
    readable = EventLine.scan(source, from, to, row);
    if (!readable) {
      broken(Break.UNREADABLE, "it is not in the form that events are stored in");
      return;
    }
    walk.row(row, 0);
    if (isInWindow() && !isStoredUnderItsOwn()) {
      broken(Break.CHANGED, "it is stored under another number or chain than it says");
    }
  }

  private boolean isStoredUnderItsOwn() {
    try {
      long own = row.number(MemberSlot.of(AuditField.SEQ));
      return (own == seq || (own == 0 && !row.isSchema8()))
          && AuditChain.keyOf(row.text(MemberSlot.of(AuditField.TENANT))).equals(chain);
    } catch (AuditException e) {
      return false;
    }
  }

  private boolean isInWindow() {
    try {
      return window.contains(row);
    } catch (AuditException e) {
      return true;
    }
  }

  /** Compares what the store keeps beside the line with the line that was verified last. */
  public void beside(AuditField field, byte[] stored) {
    beside(field, stored, 0, stored.length);
  }

  /** Compares what the store keeps beside the line, which lies in a part of an array. */
  public void beside(AuditField field, byte[] source, int start, int end) {
    MemberSlot slot = MemberSlot.of(field);
    if (!readable) {
      return;
    }
    int from = row.has(slot) ? row.valueFrom(slot) + 1 : 0;
    int to = row.has(slot) ? row.valueTo(slot) - 1 : 0;
    if (!Arrays.equals(line, from, to, source, start, end) && isInWindow()) {
      broken(Break.CHANGED, "its column " + field.wireName() + " does not say what the event says");
    }
  }

  /** Compares the time the store keeps beside the line, in microseconds since 1970. */
  public void besideTime(long micros) {
    if (readable && isInWindow()) {
      try {
        Instant at = row.time();
        if (at.getEpochSecond() * 1_000_000 + at.getNano() / 1000 != micros) {
          broken(Break.CHANGED, "its column ts does not say what the event says");
        }
      } catch (AuditException e) {
        broken(Break.UNREADABLE, String.valueOf(e.getMessage()));
      }
    }
  }

  /** Says that something the store keeps about the chain does not hold, from a number on. */
  public void broken(Break how, String detail) {
    walk.unreadable(new BrokenEvent(how, seq, 0, null, "", "", detail));
  }

  /** Where no row is left, the tip is what a checkpoint vouches for, and its time is another. */
  private static boolean isEnd(@Nullable ChainHead tip, @Nullable ChainHead head, long verified) {
    return verified == 0 && tip != null && head != null
        ? tip.seq() == head.seq() && tip.hash().equals(head.hash())
        : Objects.equals(tip, head);
  }

  /**
   * What was found.
   *
   * @param head the exact end that the store remembers; null when it remembers none
   */
  public VerificationReport report(@Nullable ChainHead head) {
    List<ChainHead> all = new ArrayList<>(wanted);
    if (head != null) {
      all.add(head);
    }
    walk.remembering(all);
    VerificationReport found = walk.report();
    ChainHead tip = found.head();
    if (!found.ok() || window.hasEnd() || isEnd(tip, head, found.verified())) {
      return found;
    }
    long at = tip == null ? 0 : tip.seq();
    String detail =
        head == null
            ? "the store remembers no end of this chain"
            : "the store remembers the end of this chain as event " + head.seq() + ", otherwise";
    BrokenEvent broken =
        new BrokenEvent(
            Break.HEAD_MISMATCH, at, 0, null, tip == null ? "" : tip.hash(), "", detail);
    return new VerificationReport(
        found.chain(), found.verified(), found.unhashed(), broken, found.start(), tip);
  }
}
