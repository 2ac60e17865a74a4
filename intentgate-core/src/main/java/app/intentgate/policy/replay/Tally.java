package app.intentgate.policy.replay;

import app.intentgate.audit.AuditEvent;
import app.intentgate.policy.replay.Outcome.Word;

/** Counts how calls come out. Not thread-safe. */
final class Tally {
  private static final int WORDS = Word.values().length;

  private final long[][] fromTo = new long[WORDS][WORDS];
  private final long[] to = new long[WORDS];
  private long evaluated;
  private long withValues;
  private long withoutValues;

  /** Counts a made-up input. */
  void add(Word candidate) {
    evaluated++;
    to[candidate.ordinal()]++;
  }

  /** Counts a recorded call. */
  void add(AuditEvent event, Word original, Word candidate) {
    add(candidate);
    fromTo[original.ordinal()][candidate.ordinal()]++;
    if (event.argValues().isEmpty()) {
      withoutValues++;
    } else {
      withValues++;
    }
  }

  long evaluated() {
    return evaluated;
  }

  long withValues() {
    return withValues;
  }

  long withoutValues() {
    return withoutValues;
  }

  DryRunSummary summary() {
    return new DryRunSummary(
        evaluated,
        to[Word.ALLOW.ordinal()],
        to[Word.BLOCK.ordinal()],
        to[Word.ESCALATE.ordinal()],
        to[Word.ERROR.ordinal()],
        count(Word.ALLOW, Word.BLOCK),
        count(Word.ALLOW, Word.ESCALATE),
        count(Word.BLOCK, Word.ALLOW),
        count(Word.BLOCK, Word.ESCALATE),
        count(Word.ESCALATE, Word.ALLOW),
        count(Word.ESCALATE, Word.BLOCK));
  }

  private long count(Word from, Word candidate) {
    return fromTo[from.ordinal()][candidate.ordinal()];
  }
}
