package app.intentgate.rego.regex;

import java.util.Arrays;

/**
 * Finds the leftmost-first match by following all ways at once, in order of preference: time is
 * program size times text length, memory does not grow with the text. Not for use by several
 * threads.
 */
final class PikeMachine {
  /** Ways that are alive at one place, most preferred first, each with the places it noted. */
  private final class Ways {
    final int[] pcs = new int[program.size()];
    final int[][] slots = new int[program.size()][];
    int count;

    void add(int pc, int[] noted) {
      int[] own = slots[count];
      if (own == null || own.length != noted.length) {
        slots[count] = noted.clone();
      } else {
        System.arraycopy(noted, 0, own, 0, noted.length);
      }
      pcs[count++] = pc;
    }
  }

  private final Program program;
  private Ways current;
  private Ways following;
  private final int[] seen;
  private int round;
  private int[] jobs = new int[64];
  private int top;

  PikeMachine(Program program) {
    this.program = program;
    this.current = new Ways();
    this.following = new Ways();
    this.seen = new int[program.size()];
  }

  /**
   * Looks for the first match that starts at or after a place.
   *
   * @param slots receives the places; as many as it is long are noted
   */
  boolean find(String text, int from, int[] slots, Meter meter) {
    boolean matched = false;
    int[] noted = new int[slots.length];
    int place = from;
    int before = Characters.before(text, from);
    int c = from < text.length() ? Characters.at(text, from) : Characters.NONE;
    current.count = 0;
    round++;
    while (true) {
      if (!matched && (place == 0 || !program.anchored())) {
        Arrays.fill(noted, -1);
        enter(current, program.start(), place, Assertion.holding(before, c), noted, meter);
      }
      if (current.count == 0 && (matched || program.anchored())) {
        break;
      }
      int nextPlace = c == Characters.NONE ? place : place + Characters.width(c);
      int after = nextPlace < text.length() ? Characters.at(text, nextPlace) : Characters.NONE;
      int holding = Assertion.holding(c, after);
      following.count = 0;
      round++;
      for (int i = 0; i < current.count; i++) {
        int pc = current.pcs[i];
        if (program.op(pc) == Program.MATCH) {
          System.arraycopy(current.slots[i], 0, slots, 0, slots.length);
          matched = true;
          break;
        }
        if (c != Characters.NONE && program.takes(pc, c)) {
          System.arraycopy(current.slots[i], 0, noted, 0, noted.length);
          enter(following, program.next(pc), nextPlace, holding, noted, meter);
        }
      }
      meter.add(current.count + 1L);
      if (c == Characters.NONE) {
        break;
      }
      Ways swap = current;
      current = following;
      following = swap;
      before = c;
      c = after;
      place = nextPlace;
    }
    return matched;
  }

  /** Adds every way from an instruction that needs a character or matches. */
  private void enter(Ways ways, int start, int place, int holding, int[] noted, Meter meter) {
    top = 0;
    push(start, 0);
    int steps = 0;
    while (top > 0) {
      int value = jobs[--top];
      int pc = jobs[--top];
      if (pc < 0) {
        noted[~pc] = value;
        continue;
      }
      if (seen[pc] == round) {
        continue;
      }
      seen[pc] = round;
      steps++;
      switch (program.op(pc)) {
        case Program.FORK -> {
          push(program.argument(pc), 0);
          push(program.next(pc), 0);
        }
        case Program.MARK -> {
          int slot = program.argument(pc);
          if (slot < noted.length) {
            push(~slot, noted[slot]);
            noted[slot] = place;
          }
          push(program.next(pc), 0);
        }
        case Program.ASSERT -> {
          if ((holding & program.argument(pc)) != 0) {
            push(program.next(pc), 0);
          }
        }
        case Program.FAIL -> {}
        default -> ways.add(pc, noted);
      }
    }
    meter.add(steps);
  }

  private void push(int pc, int value) {
    if (top + 2 > jobs.length) {
      jobs = Arrays.copyOf(jobs, jobs.length * 2);
    }
    jobs[top++] = pc;
    jobs[top++] = value;
  }
}
