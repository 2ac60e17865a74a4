package app.intentgate.rego.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as instructions, immutable. Instruction {@code pc} has an operation, an argument and
 * the instruction that follows; a {@link #FORK} prefers {@code next} over {@code argument}.
 */
final class Program {
  /** One given code point: the argument. */
  static final byte CHAR = 0;

  /** One code point of a set. */
  static final byte SET = 1;

  /** Any code point. */
  static final byte ANY = 2;

  /** Go on at {@code next}; if that does not lead to a match, at the argument. */
  static final byte FORK = 3;

  /** Note the place in the slot that is the argument. */
  static final byte MARK = 4;

  /** Go on if the assertion with the bit that is the argument holds. */
  static final byte ASSERT = 5;

  static final byte MATCH = 6;
  static final byte FAIL = 7;

  private final byte[] ops;
  private final int[] next;
  private final int[] arguments;
  private final @Nullable CodePointSet[] sets;
  private final int start;
  private final int slots;
  private final boolean anchored;
  private final int assertions;
  private final int ranges;

  Program(
      byte[] ops,
      int[] next,
      int[] arguments,
      List<CodePointSet> setList,
      int start,
      int slots,
      boolean anchored) {
    this.ops = ops;
    this.next = next;
    this.arguments = arguments;
    this.start = start;
    this.slots = slots;
    this.anchored = anchored;
    this.sets = new CodePointSet[ops.length];
    int used = 0;
    for (int pc = 0; pc < ops.length; pc++) {
      if (ops[pc] == SET) {
        sets[pc] = setList.get(arguments[pc]);
      } else if (ops[pc] == ASSERT) {
        used |= arguments[pc];
      }
    }
    this.assertions = used;
    this.ranges = setList.stream().mapToInt(CodePointSet::rangeCount).sum();
  }

  int size() {
    return ops.length;
  }

  int start() {
    return start;
  }

  /** How many ranges of code points its different sets have together. */
  int ranges() {
    return ranges;
  }

  byte op(int pc) {
    return ops[pc];
  }

  int next(int pc) {
    return next[pc];
  }

  int argument(int pc) {
    return arguments[pc];
  }

  /** Places to note: two for the match and two for each group. */
  int slots() {
    return slots;
  }

  /** Whether every match starts at the start of the text. */
  boolean anchored() {
    return anchored;
  }

  /** The bits of all assertions that occur. */
  int assertions() {
    return assertions;
  }

  /** Whether the instruction takes one code point, and takes this one. */
  boolean takes(int pc, int c) {
    return switch (ops[pc]) {
      case CHAR -> arguments[pc] == c;
      case SET -> set(pc).contains(c);
      case ANY -> true;
      default -> false;
    };
  }

  /** The set of a {@link #SET} instruction. */
  CodePointSet set(int pc) {
    CodePointSet set = sets[pc];
    if (set == null) {
      throw new IllegalStateException("no set at instruction " + pc);
    }
    return set;
  }
}
