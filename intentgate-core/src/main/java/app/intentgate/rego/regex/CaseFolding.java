package app.intentgate.rego.regex;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Simple case folding: which code points are one letter when case does not count. {@code k}, {@code
 * K} and the Kelvin sign are such a group. Built from the JDK's case mappings; the Turkish dotted I
 * and dotless i, whose mappings depend on the language, fold with nothing.
 */
final class CaseFolding {
  private static final int DOTTED_I = 0x130;
  private static final int DOTLESS_I = 0x131;

  /** Beyond this no letter has a case. */
  private static final int LAST_CASED = 0x1FFFF;

  /** Code points that fold with others, ascending, and their whole group beside each. */
  private static final int[] MEMBERS;

  private static final int[][] GROUPS;

  static {
    Map<Integer, Set<Integer>> groups = new TreeMap<>();
    for (int c = 0; c <= LAST_CASED; c++) {
      if (c != DOTTED_I && c != DOTLESS_I) {
        join(groups, c, Character.toLowerCase(c));
        join(groups, c, Character.toUpperCase(c));
      }
    }
    MEMBERS = groups.keySet().stream().mapToInt(Integer::intValue).toArray();
    GROUPS = groups.values().stream().map(CaseFolding::toArray).toArray(int[][]::new);
  }

  private CaseFolding() {}

  private static int[] toArray(Set<Integer> group) {
    return group.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void join(Map<Integer, Set<Integer>> groups, int a, int b) {
    if (a == b) {
      return;
    }
    Set<Integer> union = groups.computeIfAbsent(a, x -> new TreeSet<>());
    union.add(a);
    union.add(b);
    Set<Integer> other = groups.get(b);
    if (other != null) {
      union.addAll(other);
    }
    for (Integer member : union) {
      groups.put(member, union);
    }
  }

  /** The code point and all that fold with it. */
  static CodePointSet of(int c) {
    int at = Arrays.binarySearch(MEMBERS, c);
    return at < 0 ? CodePointSet.of(c) : CodePointSet.of(GROUPS[at]);
  }

  /** How many code points of a range fold with others. */
  static int members(int first, int last) {
    return firstAtOrAfter(last + 1) - firstAtOrAfter(first);
  }

  /** The set and all that fold with one of its members. */
  static CodePointSet of(CodePointSet set) {
    CodePointSet.Builder out = new CodePointSet.Builder().addAll(set);
    for (int r = 0; r < set.rangeCount(); r++) {
      int first = set.first(r);
      int last = set.last(r);
      for (int i = firstAtOrAfter(first); i < MEMBERS.length && MEMBERS[i] <= last; i++) {
        for (int c : GROUPS[i]) {
          if (c < first || c > last) {
            out.add(c, c);
          }
        }
      }
    }
    return out.build();
  }

  private static int firstAtOrAfter(int c) {
    int at = Arrays.binarySearch(MEMBERS, c);
    return at < 0 ? -at - 1 : at;
  }
}
