package app.intentgate.rego.regex;

/**
 * Finds the places of one text in another in time linear in both, whatever they are, where {@link
 * String#indexOf} may compare each with each. Uses the two-way algorithm of Crochemore and Perrin:
 * the part is cut where its right half, compared first, tells how far to move on. Needs no memory.
 * For one search, on one thread.
 */
public final class TextSearch {
  /** So many comparisons at most are left to {@link String#indexOf}, which is fast for most. */
  private static final long FEW = 10_000_000;

  /** Comparisons between two reports to the budget. */
  private static final int REPORT_EVERY = 1 << 14;

  private static final int COMPARISONS_PER_STEP = 16;

  private final String text;
  private final String part;
  private final StepBudget budget;
  private final boolean few;
  private long compared;

  /** Where the right half of the part starts, and how far to move on when it fits. */
  private int cut;

  private int period;

  /** How much of the start of the part is known to fit once it has been moved by the period. */
  private int periodicPrefix;

  private int at;
  private int known;

  /** A search for a part that is not empty. */
  public TextSearch(String text, String part, StepBudget budget) {
    this.text = text;
    this.part = part;
    this.budget = budget;
    this.few = isFew(text.length(), part.length());
    if (!few) {
      factorize();
    }
  }

  /** The first place at or after another; -1 when there is none. */
  public static int indexOf(String text, String part, int from, StepBudget budget) {
    return isFew(text.length() - from, part.length())
        ? text.indexOf(part, from)
        : new TextSearch(text, part, budget).next(from);
  }

  private static boolean isFew(int textLength, int partLength) {
    return partLength > textLength || (long) textLength * partLength <= FEW;
  }

  /**
   * The first place at or after another; -1 when there is none. Places asked from must not go back.
   */
  public int next(int from) {
    if (few) {
      return text.indexOf(part, from);
    }
    if (from > at) {
      at = from;
      known = 0;
    }
    int length = part.length();
    while (at <= text.length() - length) {
      int right = Math.max(cut, known);
      int i = right;
      while (i < length && part.charAt(i) == text.charAt(at + i)) {
        i++;
      }
      count(i - right + 1);
      if (i < length) {
        at += i - cut + 1;
        known = 0;
        continue;
      }
      int j = cut;
      while (j > known && part.charAt(j - 1) == text.charAt(at + j - 1)) {
        j--;
      }
      count(cut - j + 1);
      int place = at;
      boolean found = j <= known;
      at += period;
      known = periodicPrefix;
      if (found) {
        return place;
      }
    }
    return -1;
  }

  private void count(int comparisons) {
    compared += comparisons;
    if (compared >= REPORT_EVERY) {
      long steps = compared / COMPARISONS_PER_STEP;
      compared = 0;
      budget.spend(steps);
    }
  }

  /**
   * Cuts the part before the shorter of two ends: the largest by the order of chars, or its
   * reverse.
   */
  private void factorize() {
    long ascending = largestEnd(1);
    long descending = largestEnd(-1);
    long shorter = ascending >>> 32 > descending >>> 32 ? ascending : descending;
    cut = (int) (shorter >>> 32);
    period = (int) shorter;
    if (part.regionMatches(0, part, period, cut)) {
      periodicPrefix = part.length() - period;
    } else {
      period = Math.max(cut - 1, part.length() - cut) + 1;
    }
  }

  /** Where the largest end of the part starts, in the high half, and its period in the low one. */
  private long largestEnd(int order) {
    int start = -1;
    int candidate = 0;
    int offset = 1;
    int length = 1;
    while (candidate + offset < part.length()) {
      int difference = order * (part.charAt(candidate + offset) - part.charAt(start + offset));
      if (difference == 0) {
        if (offset == length) {
          candidate += length;
          offset = 1;
        } else {
          offset++;
        }
      } else if (difference < 0) {
        candidate += offset;
        offset = 1;
        length = candidate - start;
      } else {
        start = candidate++;
        offset = 1;
        length = 1;
      }
      count(1);
    }
    return (long) (start + 1) << 32 | length;
  }
}
