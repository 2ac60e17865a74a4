package app.intentgate.audit;

import app.intentgate.audit.BrokenEvent.Break;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies lines that hold the rows of any number of chains. Memory grows with the number of
 * chains, not of lines. Not thread-safe.
 */
final class ChainsWalk {
  /** What is said of a line that is too long to be kept, so that nobody knows what it says. */
  static final String TOO_LONG =
      "it is longer than " + Lines.MAX_LINE + " bytes, and was passed over";

  private static final MemberSlot TENANT = MemberSlot.of(AuditField.TENANT);

  private final Map<String, ChainWalk> walks = new HashMap<>();
  private final Map<String, List<ChainHead>> remembered = new HashMap<>();
  private final ChainHasher hasher = new ChainHasher();
  private final EventMembers row = new EventMembers();
  private final boolean exactOnly;
  private @Nullable String onlyChain;
  private TimeWindow window = TimeWindow.ALWAYS;
  private @Nullable BrokenEvent unreadable;
  private byte[] lastTenant = new byte[0];
  private @Nullable ChainWalk lastWalk;
  private boolean lastKnown;
  private long rows;

  /**
   * A walk.
   *
   * @param exactOnly whether a line must be byte for byte in the form events are written in, or may
   *     be any JSON of an event
   */
  ChainsWalk(boolean exactOnly) {
    this.exactOnly = exactOnly;
  }

  /** Looks at one chain only, and one window. */
  ChainsWalk only(String chain, TimeWindow times) {
    onlyChain = chain;
    window = times;
    return this;
  }

  /** Goes on from heads that were verified before. */
  ChainsWalk continuing(Collection<ChainHead> heads) {
    for (ChainHead head : heads) {
      walks.put(head.chain(), walk(head.chain()).continuing(head));
    }
    return this;
  }

  /** Wants these heads in their chains. */
  ChainsWalk remembering(Collection<ChainHead> heads) {
    heads.forEach(
        head -> remembered.computeIfAbsent(head.chain(), c -> new ArrayList<>()).add(head));
    return this;
  }

  /** Verifies the line that a reader is at, which is the one of a number. */
  void line(Lines lines, long number) {
    if (lines.isTooLong()) {
      rows++;
      unreadable(number, TOO_LONG);
    } else {
      line(lines.buffer(), lines.from(), lines.to(), number);
    }
  }

  /** Verifies the next line. */
  void line(byte[] bytes, int from, int to, long number) {
    rows++;
    try {
      if (!EventLine.scan(bytes, from, to, row)) {
        rewrite(bytes, from, to);
      }
      ChainWalk walk = walkOf();
      if (walk != null) {
        walk.row(row, number);
      }
    } catch (AuditException e) {
      unreadable(number, String.valueOf(e.getMessage()));
    }
  }

  /** Brings a line into the form that events are stored in, where that is allowed. */
  private void rewrite(byte[] bytes, int from, int to) {
    if (!exactOnly) {
      byte[] line = EventJson.bytes(EventJson.read(Arrays.copyOfRange(bytes, from, to)));
      if (EventLine.scan(line, 0, line.length, row)) {
        return;
      }
    }
    throw new AuditException(
        AuditException.Code.UNREADABLE, "it is not in the form that events are stored in");
  }

  /** Says that a line is no row of any chain. */
  void unreadable(long number, String why) {
    if (unreadable == null) {
      unreadable = new BrokenEvent(Break.UNREADABLE, 0, number, null, "", "", why);
    }
  }

  private @Nullable ChainWalk walkOf() {
    int start = row.valueFrom(TENANT);
    int end = row.has(TENANT) ? row.valueTo(TENANT) : start;
    if (lastKnown && Arrays.equals(row.source(), start, end, lastTenant, 0, lastTenant.length)) {
      return lastWalk;
    }
    String chain = AuditChain.keyOf(row.text(TENANT));
    lastWalk =
        onlyChain != null && !onlyChain.equals(chain)
            ? null
            : walks.computeIfAbsent(chain, this::walk);
    lastTenant = Arrays.copyOfRange(row.source(), start, end);
    lastKnown = true;
    return lastWalk;
  }

  private ChainWalk walk(String chain) {
    return new ChainWalk(chain, hasher, window)
        .remembering(remembered.getOrDefault(chain, List.of()));
  }

  /** How many lines were seen. */
  long rows() {
    return rows;
  }

  /** What was found in each chain, by name; remembered chains without a row included. */
  List<VerificationReport> reports() {
    for (String chain : remembered.keySet()) {
      if (onlyChain == null || onlyChain.equals(chain)) {
        walks.computeIfAbsent(chain, this::walk);
      }
    }
    BrokenEvent line = unreadable;
    Map<String, VerificationReport> reports = new TreeMap<>();
    walks.forEach(
        (chain, walk) -> {
          if (line != null && onlyChain != null) {
            walk.unreadable(line);
          }
          reports.put(chain, walk.report());
        });
    return List.copyOf(reports.values());
  }

  /** The first line that could not be read, and so is of no known chain; null when all could. */
  @Nullable BrokenEvent unreadable() {
    return unreadable;
  }

  /** The break that comes first in the lines, whatever its chain; null when all holds. */
  @Nullable BrokenEvent firstBreak() {
    BrokenEvent first = unreadable;
    for (VerificationReport report : reports()) {
      BrokenEvent broken = report.broken();
      if (broken != null && (first == null || place(broken) < place(first))) {
        first = broken;
      }
    }
    return first;
  }

  /** A break at the end has no line. */
  private static long place(BrokenEvent broken) {
    return broken.line() == 0 ? Long.MAX_VALUE : broken.line();
  }

  /** The report of the only chain that was looked at. */
  VerificationReport reportOf(String chain) {
    List<VerificationReport> all = reports();
    if (!all.isEmpty()) {
      return all.get(0);
    }
    return new VerificationReport(chain, 0, 0, unreadable, null, null);
  }
}
