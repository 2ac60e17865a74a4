package app.intentgate.rego.builtin;

import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.regex.StepBudget;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * What {@code regex.globs_match} takes: characters, dots and sets, each once, or any number of
 * times.
 *
 * @param items from the first to the last
 */
record PlainGlob(List<Item> items) implements Sized {
  private static final int RANGES_PER_STEP = 16;
  private static final int BYTES_PER_ITEM = 64;
  private static final int BYTES_PER_RANGE = 32;

  @Override
  public long bytes() {
    long sum = 0;
    for (Item item : items) {
      sum += BYTES_PER_ITEM + (long) BYTES_PER_RANGE * item.ranges().size();
    }
    return sum;
  }

  /**
   * A kind of characters.
   *
   * @param ranges ascending and apart
   * @param many whether there may be any number of them, or exactly one
   */
  record Item(List<Range> ranges, boolean many) {
    boolean overlaps(Item other, StepBudget budget) {
      int i = 0;
      int j = 0;
      while (i < ranges.size() && j < other.ranges.size()) {
        Range a = ranges.get(i);
        Range b = other.ranges.get(j);
        if (a.first() <= b.last() && b.first() <= a.last()) {
          return true;
        }
        if (a.last() < b.first()) {
          i++;
        } else {
          j++;
        }
      }
      budget.spend((i + j) / RANGES_PER_STEP);
      return false;
    }
  }

  /** An inclusive range of code points. */
  record Range(int first, int last) {}

  /**
   * Whether some text that is not empty matches both; two empty globs intersect as well, as in OPA.
   * Takes time in the product of the sizes.
   */
  boolean intersects(PlainGlob other, StepBudget budget) {
    int width = other.items.size() + 1;
    int goal = items.size() * width + other.items.size();
    if (goal == 0) {
      return true;
    }
    // Places in both globs after some characters; before any, only those that need none to reach.
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    List<Integer> starts = new java.util.ArrayList<>();
    reach(0, width, other, seen, starts, budget);
    seen.clear();
    for (int start : starts) {
      step(start, width, other, seen, open, budget);
    }
    while (!open.isEmpty()) {
      budget.spend(1);
      int at = open.pop();
      if (at == goal) {
        return true;
      }
      skip(at, width, other, seen, open);
      step(at, width, other, seen, open, budget);
    }
    return false;
  }

  /** All places that can be reached without a character. */
  private void reach(
      int from, int width, PlainGlob other, BitSet seen, List<Integer> out, StepBudget budget) {
    Deque<Integer> open = new ArrayDeque<>();
    visit(from, seen, open);
    while (!open.isEmpty()) {
      budget.spend(1);
      int at = open.pop();
      out.add(at);
      skip(at, width, other, seen, open);
    }
  }

  private void skip(int at, int width, PlainGlob other, BitSet seen, Deque<Integer> open) {
    int i = at / width;
    int j = at % width;
    if (i < items.size() && items.get(i).many()) {
      visit(at + width, seen, open);
    }
    if (j < other.items.size() && other.items.get(j).many()) {
      visit(at + 1, seen, open);
    }
  }

  private void step(
      int at, int width, PlainGlob other, BitSet seen, Deque<Integer> open, StepBudget budget) {
    int i = at / width;
    int j = at % width;
    if (i == items.size() || j == other.items.size()) {
      return;
    }
    Item mine = items.get(i);
    Item theirs = other.items.get(j);
    if (mine.overlaps(theirs, budget)) {
      visit(at + (mine.many() ? 0 : width) + (theirs.many() ? 0 : 1), seen, open);
    }
  }

  private static void visit(int at, BitSet seen, Deque<Integer> open) {
    if (!seen.get(at)) {
      seen.set(at);
      open.push(at);
    }
  }
}
