package app.intentgate.rego.regex;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of code points a program cannot tell apart, numbered from 0, and one more for the end
 * of the text.
 */
final class Alphabet {
  /** The first code point of each class, ascending; classes are ranges. */
  private final int[] firsts;

  private final int[] ascii = new int[128];

  private Alphabet(int[] firsts) {
    this.firsts = firsts;
    for (int c = 0; c < ascii.length; c++) {
      ascii[c] = search(c);
    }
  }

  static Alphabet of(Program program) {
    IntStream.Builder firsts = IntStream.builder();
    firsts.add(0);
    Set<CodePointSet> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int pc = 0; pc < program.size(); pc++) {
      if (program.op(pc) == Program.CHAR) {
        split(firsts, program.argument(pc), program.argument(pc));
      } else if (program.op(pc) == Program.SET && seen.add(program.set(pc))) {
        split(firsts, program.set(pc));
      }
    }
    int used = program.assertions();
    if ((used & (Assertion.BEGIN_LINE.bit() | Assertion.END_LINE.bit())) != 0) {
      split(firsts, '\n', '\n');
    }
    if ((used & (Assertion.WORD_BOUNDARY.bit() | Assertion.NO_WORD_BOUNDARY.bit())) != 0) {
      split(firsts, NamedSets.WORD);
    }
    int[] all = firsts.build().toArray();
    return new Alphabet(Dfa.distinct(all, all.length));
  }

  private static void split(IntStream.Builder firsts, CodePointSet set) {
    for (int r = 0; r < set.rangeCount(); r++) {
      split(firsts, set.first(r), set.last(r));
    }
  }

  private static void split(IntStream.Builder firsts, int first, int last) {
    firsts.add(first);
    if (last < Characters.MAX) {
      firsts.add(last + 1);
    }
  }

  int of(int c) {
    return c < 128 ? ascii[c] : search(c);
  }

  private int search(int c) {
    int at = Arrays.binarySearch(firsts, c);
    return at >= 0 ? at : -at - 2;
  }

  /** The number of classes, with the one for the end of the text. */
  int size() {
    return firsts.length + 1;
  }

  /** The class that stands for the end of the text. */
  int end() {
    return firsts.length;
  }

  /** A code point of a class; {@link Characters#NONE} for the end of the text. */
  int example(int codeClass) {
    return codeClass == firsts.length ? Characters.NONE : firsts[codeClass];
  }
}
