package app.intentgate.audit;

import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.VerificationReport.Start;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one chain from row to row, oldest first, and keeps the first break. Not thread-safe.
 *
 * <p>With a time window, rows before the first one inside it are passed over, and a break behind
 * the last one inside does not count; what lies between is verified whatever its time says, because
 * order is by number and clocks jump.
 */
final class ChainWalk {
  private static final MemberSlot SEQ = MemberSlot.of(AuditField.SEQ);
  private static final MemberSlot PREV = MemberSlot.of(AuditField.PREV_HASH);
  private static final MemberSlot HASH = MemberSlot.of(AuditField.HASH);
  private static final MemberSlot BUNDLE_ID = MemberSlot.of(AuditField.BUNDLE_ID);
  private static final MemberSlot BUNDLE_DIGEST = MemberSlot.of(AuditField.BUNDLE_DIGEST);
  private static final String REMEMBERED = "a head of that number is remembered";

  private final String chain;
  private final ChainHasher hasher;
  private final TimeWindow window;
  private @Nullable String trustFirst;
  private WantedHeads wanted = new WantedHeads(List.of());

  private final ChainTip tip = new ChainTip();
  private boolean schema8Seen;

  /** Whether the tip's number is one; in a window, rows of schema 7 are counted from nowhere. */
  private boolean numbered;

  private long verified;
  private long unhashed;
  private @Nullable Start start;
  private @Nullable BrokenEvent broken;
  private @Nullable BrokenEvent tentative;
  private long firstMissing;

  ChainWalk(String chain, ChainHasher hasher, TimeWindow window) {
    this.chain = chain;
    this.hasher = hasher;
    this.window = window;
    if (window.hasStart()) {
      trustFirst = "the time window starts there";
    }
  }

  /** Takes the first row's link as it stands, and says why in the report. */
  ChainWalk trustingFirst(String why) {
    trustFirst = why;
    return this;
  }

  /** Goes on from a head that was verified before. */
  ChainWalk continuing(ChainHead head) {
    return continuing(head, "verified up to there before");
  }

  /** Goes on from a head that something vouches for, and says what in the report. */
  ChainWalk continuing(ChainHead head, String why) {
    tip.set(head);
    numbered = true;
    start = new Start(false, head.seq() + 1, head.hash(), why);
    return this;
  }

  /** Wants rows of these numbers and hashes in the chain. */
  ChainWalk remembering(Collection<ChainHead> heads) {
    wanted = new WantedHeads(window.hasEnd() ? List.of() : heads);
    ChainHead from = start == null ? null : tip.head(chain);
    ChainHead other = from == null ? null : wanted.contradicted(from.seq(), from.hash());
    if (from != null && other != null && broken == null) {
      broken =
          new BrokenEvent(
              Break.HEAD_MISMATCH, from.seq(), 0, from.at(), from.hash(), other.hash(), REMEMBERED);
    }
    return this;
  }

  /** Verifies the next row. */
  void row(EventMembers row, long line) {
    if (broken != null) {
      after(row);
      return;
    }
    BrokenEvent found = null;
    boolean inside;
    try {
      inside = window.contains(row);
      if (start == null && !inside) {
        passOver(row);
        return;
      }
      if (tentative == null) {
        found = check(row, line);
      }
    } catch (AuditException e) {
      inside = true;
      found = broken(Break.UNREADABLE, 0, line, null, String.valueOf(e.getMessage()));
    }
    if (found != null) {
      tentative = found;
    } else if (tentative == null && inside) {
      verified++;
    }
    if (inside) {
      broken = tentative;
    }
    after(row);
  }

  /** Remembers a row before the window, so that a window behind all rows is not a chain cut off. */
  private void passOver(EventMembers row) {
    tip.set(row, row.number(SEQ), HASH);
  }

  /** Says that a row which must be of this chain cannot be read. */
  void unreadable(BrokenEvent row) {
    if (broken == null) {
      broken = row;
    }
  }

  private @Nullable BrokenEvent check(EventMembers row, long line) {
    AuditField uncovered = row.uncovered();
    boolean schema8 = row.isSchema8();
    long seq = row.number(SEQ);
    if (uncovered != null || (schema8 && seq < 1)) {
      String why =
          uncovered == null
              ? "it has no number"
              : "member \"" + uncovered.wireName() + "\" stands there and no hash covers it";
      return broken(Break.UNREADABLE, seq, line, row, why);
    }
    if (!row.has(HASH)) {
      return broken(Break.UNHASHED, seq, line, row, "it has no hash");
    }
    int prevFrom = row.has(PREV) ? row.valueFrom(PREV) + 1 : 0;
    int prevTo = row.has(PREV) ? row.valueTo(PREV) - 1 : 0;
    boolean linked = tip.hashIs(row.source(), prevFrom, prevTo);
    byte[] expected = hasher.hash(row.source(), prevFrom, prevTo, row);
    if (!isHash(row, expected)) {
      String expectedText = new String(expected, StandardCharsets.US_ASCII);
      if (!linked && isHash(row, hasher.hash(tip.hash(), 0, tip.hashLength(), row))) {
        return broken(Break.UNLINKED, seq, line, row, "its prev_hash was changed");
      }
      return broken(Break.CHANGED, seq, line, row, changed(row, schema8), expectedText);
    }
    if (start == null) {
      String why = trustFirst;
      boolean genesis = prevTo == prevFrom && (!schema8 || seq == 1);
      String trusted =
          new String(row.source(), prevFrom, prevTo - prevFrom, StandardCharsets.UTF_8);
      if (!genesis && why == null && schema8 && wanted.has(seq - 1, trusted)) {
        why = "the checkpoint of event " + (seq - 1) + " vouches for what was before it";
      }
      if (!genesis && why == null) {
        return broken(
            Break.NOT_GENESIS, seq, line, row, "the chain starts with it, and it is not the first");
      }
      start = new Start(genesis, seq, trusted, genesis || why == null ? "" : why);
      linked = true;
      numbered = genesis;
    } else if (schema8 && numbered && seq != tip.seq() + 1) {
      firstMissing = tip.seq() + 1;
      return seq > firstMissing
          ? broken(Break.MISSING, seq, line, row, "the rows from " + firstMissing + " are missing")
          : broken(Break.REORDERED, seq, line, row, "the row before it is number " + tip.seq());
    }
    if (!linked) {
      return broken(Break.UNLINKED, seq, line, row, "it does not follow row " + tip.seq());
    }
    if (schema8Seen && !schema8) {
      return broken(Break.UNLINKED, seq, line, row, "a row of schema 7 follows one of schema 8");
    }
    schema8Seen = schema8;
    numbered |= schema8;
    // Rows of schema 7 have no number of their own; they count from the first.
    long place = schema8 ? seq : tip.seq() + 1;
    if (numbered && wanted.reach(place)) {
      ChainHead other = wanted.contradicted(place, row.text(HASH));
      if (other != null) {
        return broken(Break.HEAD_MISMATCH, place, line, row, REMEMBERED, other.hash());
      }
    }
    return null;
  }

  /** The reference's exports leave out what its hash covers when a bundle decided. */
  private static String changed(EventMembers row, boolean schema8) {
    return schema8 || row.has(BUNDLE_ID) || row.has(BUNDLE_DIGEST)
        ? "its members have another hash"
        : "its members have another hash; if a policy bundle decided, the export lacks bundle_id"
            + " and bundle_digest, which that hash covers";
  }

  private void after(EventMembers row) {
    if (!row.has(HASH)) {
      unhashed++;
    }
    long seq;
    try {
      seq = row.number(SEQ);
    } catch (AuditException e) {
      return;
    }
    tip.set(row, seq, HASH);
    BrokenEvent first = broken;
    if (first != null && first.how() == Break.MISSING && seq >= firstMissing && seq < first.seq()) {
      String detail = "row " + seq + " comes after it";
      broken =
          new BrokenEvent(
              Break.REORDERED,
              first.seq(),
              first.line(),
              first.at(),
              first.storedHash(),
              "",
              detail);
    }
  }

  private static boolean isHash(EventMembers row, byte[] hash) {
    return Arrays.equals(
        row.source(), row.valueFrom(HASH) + 1, row.valueTo(HASH) - 1, hash, 0, hash.length);
  }

  private static BrokenEvent broken(
      Break how, long seq, long line, @Nullable EventMembers row, String detail) {
    return broken(how, seq, line, row, detail, "");
  }

  private static BrokenEvent broken(
      Break how, long seq, long line, @Nullable EventMembers row, String detail, String expected) {
    String stored = "";
    Instant at = null;
    if (row != null) {
      try {
        stored = row.text(HASH);
        at = row.time();
      } catch (AuditException e) {
        detail += ", and " + e.getMessage();
      }
    }
    return new BrokenEvent(how, seq, line, at, stored, expected, detail);
  }

  /** What was found. */
  VerificationReport report() {
    BrokenEvent found = broken;
    ChainHead head = wanted.beyond(tip.seq());
    if (found == null && head != null) {
      found =
          new BrokenEvent(
              Break.TAIL_CUT,
              tip.seq() + 1,
              0,
              null,
              tip.hashText(),
              head.hash(),
              "the rows from " + (tip.seq() + 1) + " to " + head.seq() + " are missing");
    }
    return new VerificationReport(chain, verified, unhashed, found, start, tip.head(chain));
  }
}
