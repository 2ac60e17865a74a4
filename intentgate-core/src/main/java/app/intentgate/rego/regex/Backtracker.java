package app.intentgate.rego.regex;

import java.util.Arrays;

/**
 * Finds the leftmost-first match by trying one way after the other, never the same instruction at
 * the same place twice; so linear as well, but in memory too, and therefore for short texts. Not
 * for use by several threads.
 */
final class Backtracker {
  /** Pairs of instruction and place that may be remembered: 128 KiB of bits. */
  private static final long MAX_BITS = 1 << 20;

  private final Program program;
  private final int wordsPerPlace;
  private long[] seen = new long[0];
  private int placesCleared;
  private int[] jobs = new int[64];
  private int top;

  Backtracker(Program program) {
    this.program = program;
    this.wordsPerPlace = (program.size() + 63) >>> 6;
  }

  static boolean fits(Program program, int textLength) {
    return (program.size() + 63L) / 64 * 64 * (textLength + 1L) <= MAX_BITS;
  }

  /**
   * Looks for the first match that starts at or after a place.
   *
   * @param slots receives the places; as many as it is long are noted
   */
  boolean find(String text, int from, int[] slots, Meter meter) {
    int needed = wordsPerPlace * (text.length() - from + 1);
    if (seen.length < needed) {
      seen = new long[needed];
    }
    placesCleared = 0;
    for (int at = from; at <= text.length(); at++) {
      Arrays.fill(slots, -1);
      if (matchAt(text, from, at, slots, meter)) {
        return true;
      }
      if (program.anchored()) {
        return false;
      }
      if (at < text.length()) {
        at += Characters.width(Characters.at(text, at)) - 1;
      }
    }
    return false;
  }

  private boolean matchAt(String text, int from, int start, int[] slots, Meter meter) {
    top = 0;
    push(program.start(), start);
    while (top > 0) {
      int place = jobs[--top];
      int pc = jobs[--top];
      if (pc < 0) {
        slots[~pc] = place;
      } else if (follow(text, from, pc, place, slots, meter)) {
        return true;
      }
    }
    return false;
  }

  /** Follows the preferred way from a point until it matches or ends. */
  private boolean follow(
      String text, int from, int startPc, int startPlace, int[] slots, Meter meter) {
    int pc = startPc;
    int place = startPlace;
    int steps = 0;
    while (firstVisit(pc, place - from)) {
      steps++;
      switch (program.op(pc)) {
        case Program.FORK -> {
          push(program.argument(pc), place);
          pc = program.next(pc);
        }
        case Program.MARK -> {
          int slot = program.argument(pc);
          if (slot < slots.length) {
            push(~slot, slots[slot]);
            slots[slot] = place;
          }
          pc = program.next(pc);
        }
        case Program.ASSERT -> {
          if ((holding(text, place) & program.argument(pc)) == 0) {
            meter.add(steps);
            return false;
          }
          pc = program.next(pc);
        }
        case Program.MATCH -> {
          meter.add(steps);
          return true;
        }
        default -> {
          int c = place < text.length() ? Characters.at(text, place) : Characters.NONE;
          if (c == Characters.NONE || !program.takes(pc, c)) {
            meter.add(steps);
            return false;
          }
          place += Characters.width(c);
          pc = program.next(pc);
        }
      }
    }
    meter.add(steps + 1L);
    return false;
  }

  private static int holding(String text, int place) {
    int after = place < text.length() ? Characters.at(text, place) : Characters.NONE;
    return Assertion.holding(Characters.before(text, place), after);
  }

  private boolean firstVisit(int pc, int place) {
    if (place >= placesCleared) {
      Arrays.fill(seen, placesCleared * wordsPerPlace, (place + 1) * wordsPerPlace, 0);
      placesCleared = place + 1;
    }
    int word = place * wordsPerPlace + (pc >>> 6);
    long bit = 1L << pc;
    boolean first = (seen[word] & bit) == 0;
    seen[word] |= bit;
    return first;
  }

  private void push(int pc, int place) {
    if (top + 2 > jobs.length) {
      jobs = Arrays.copyOf(jobs, jobs.length * 2);
    }
    jobs[top++] = pc;
    jobs[top++] = place;
  }
}
