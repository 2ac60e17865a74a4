package app.intentgate.rego.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether there is a match, one table lookup per code point. States are sets of instructions
 * and are made when first needed, up to a bound; beyond it the caller is told to use another
 * engine. Reading needs no lock: states are immutable but for their table of successors, whose
 * entries only ever change from null to the one right state.
 */
final class Dfa {
  /** What all states may take in the heap. */
  private static final long MAX_BYTES = 2 << 20;

  /** What a state takes beside its tables: itself, the heads of the tables, an entry of a map. */
  private static final int STATE_BYTES = 100;

  private static final int CHUNK = 4096;

  /** The outcome of a run. */
  enum Answer {
    MATCH,
    NO_MATCH,
    TOO_MANY_STATES
  }

  /** What has been read last, as far as assertions care. */
  private enum Before {
    OTHER(0, ' '),
    NOTHING(1, Characters.NONE),
    NEWLINE(2, '\n'),
    WORD(3, 'a');

    final int number;
    final int example;

    Before(int number, int example) {
      this.number = number;
      this.example = example;
    }
  }

  private static final class State {
    final int[] members;
    final Before before;
    final @Nullable State[] successors;

    State(int[] members, Before before, int classes) {
      this.members = members;
      this.before = before;
      this.successors = new State[classes];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof State s && before == s.before && Arrays.equals(members, s.members);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(members) * 31 + before.number;
    }
  }

  private final Program program;
  private final Alphabet alphabet;
  private final State matched;
  private final State dead;
  private final @Nullable State[] starts = new State[Before.values().length];

  // Guarded by this object's lock, as is everything that makes states.
  private final Map<State, State> states = new HashMap<>();
  private final int[] stack;
  private final int[] seen;
  private int round;
  private volatile long bytes;

  Dfa(Program program) {
    this.program = program;
    this.alphabet = Alphabet.of(program);
    this.matched = new State(new int[0], Before.OTHER, 0);
    this.dead = new State(new int[0], Before.OTHER, 0);
    this.stack = new int[2 * program.size() + 2];
    this.seen = new int[program.size()];
  }

  /** What the states take in the heap. */
  long bytes() {
    return bytes;
  }

  Answer run(String text, int from, Meter meter) {
    Alphabet classes = alphabet;
    State state = start(Characters.before(text, from));
    int length = text.length();
    int i = from;
    while (i < length) {
      int begin = i;
      int stop = Math.min(length, i + CHUNK);
      while (i < stop) {
        int c = Characters.at(text, i);
        i += Characters.width(c);
        int codeClass = classes.of(c);
        State next = state.successors[codeClass];
        if (next == null) {
          next = successor(state, codeClass, meter);
        }
        if (next == null) {
          return Answer.TOO_MANY_STATES;
        }
        if (next.successors.length == 0) {
          meter.add(i - begin);
          return next == matched ? Answer.MATCH : Answer.NO_MATCH;
        }
        state = next;
      }
      meter.add(i - begin);
    }
    State last = state.successors[classes.end()];
    if (last == null) {
      last = successor(state, classes.end(), meter);
    }
    return last == null ? Answer.TOO_MANY_STATES : last == matched ? Answer.MATCH : Answer.NO_MATCH;
  }

  private Before kind(int c) {
    int used = program.assertions();
    if (c == Characters.NONE) {
      int begin = Assertion.BEGIN_TEXT.bit() | Assertion.BEGIN_LINE.bit();
      return (used & begin) != 0 ? Before.NOTHING : Before.OTHER;
    }
    if (c == '\n') {
      return (used & Assertion.BEGIN_LINE.bit()) != 0 ? Before.NEWLINE : Before.OTHER;
    }
    int word = Assertion.WORD_BOUNDARY.bit() | Assertion.NO_WORD_BOUNDARY.bit();
    return (used & word) != 0 && Characters.isWord(c) ? Before.WORD : Before.OTHER;
  }

  private State start(int before) {
    Before kind = kind(before);
    State known = starts[kind.number];
    if (known != null) {
      return known;
    }
    State made = new State(new int[] {program.start()}, kind, alphabet.size());
    synchronized (this) {
      State same = states.putIfAbsent(made, made);
      made = same == null ? made : same;
      starts[kind.number] = made;
    }
    return made;
  }

  /** The state after one more code point of a class; null when there is no room for it. */
  private synchronized @Nullable State successor(State state, int codeClass, Meter meter) {
    State known = state.successors[codeClass];
    if (known != null) {
      return known;
    }
    State made = make(state, codeClass, meter);
    if (made != null) {
      state.successors[codeClass] = made;
    }
    return made;
  }

  private @Nullable State make(State state, int codeClass, Meter meter) {
    int c = alphabet.example(codeClass);
    int holding = Assertion.holding(state.before.example, c);
    int[] members = new int[state.members.length + 8];
    int count = 0;
    int top = 0;
    round++;
    for (int pc : state.members) {
      stack[top++] = pc;
      while (top > 0) {
        int at = stack[--top];
        if (seen[at] == round) {
          continue;
        }
        seen[at] = round;
        meter.add(1);
        switch (program.op(at)) {
          case Program.FORK -> {
            stack[top++] = program.argument(at);
            stack[top++] = program.next(at);
          }
          case Program.MARK -> stack[top++] = program.next(at);
          case Program.ASSERT -> {
            if ((holding & program.argument(at)) != 0) {
              stack[top++] = program.next(at);
            }
          }
          case Program.MATCH -> {
            return matched;
          }
          default -> {
            if (c != Characters.NONE && program.takes(at, c)) {
              if (count == members.length) {
                members = Arrays.copyOf(members, count * 2);
              }
              members[count++] = program.next(at);
            }
          }
        }
      }
    }
    if (c == Characters.NONE) {
      return dead;
    }
    if (!program.anchored()) {
      members = Arrays.copyOf(members, count + 1);
      members[count++] = program.start();
    }
    return count == 0 ? dead : intern(distinct(members, count), kind(c));
  }

  private @Nullable State intern(int[] members, Before before) {
    State made = new State(members, before, alphabet.size());
    State same = states.get(made);
    if (same != null) {
      return same;
    }
    long sum = bytes + STATE_BYTES + 4L * (alphabet.size() + members.length);
    if (sum > MAX_BYTES) {
      return null;
    }
    bytes = sum;
    states.put(made, made);
    return made;
  }

  /** The first so many values, sorted in place, without those that are there before. */
  static int[] distinct(int[] values, int count) {
    Arrays.sort(values, 0, count);
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (n == 0 || values[n - 1] != values[i]) {
        values[n++] = values[i];
      }
    }
    return Arrays.copyOf(values, n);
  }
}
