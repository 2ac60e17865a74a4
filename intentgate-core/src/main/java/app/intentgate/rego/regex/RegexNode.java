package app.intentgate.rego.regex;

import java.util.ArrayList;
import java.util.List;

/** The syntax tree of a pattern. Flags are gone: they have become sets, choices and assertions. */
sealed interface RegexNode {
  /** No bound on the number of repetitions. */
  int UNBOUNDED = -1;

  /** The longest way down from here, counted in nodes. */
  default int height() {
    return 1;
  }

  /** How often the most copied part below here is written out when counted repetitions are. */
  default int copies() {
    return 1;
  }

  /** One character of a set; of the empty set, no match. */
  record OneOf(CodePointSet set) implements RegexNode {}

  /** A place, not a character. */
  record Assert(Assertion assertion) implements RegexNode {}

  /** A capturing group, numbered from 1. */
  record Group(int number, RegexNode body, int height, int copies) implements RegexNode {}

  /** A body from min to max times, as often (greedy) or as seldom as possible. */
  record Repeat(RegexNode body, int min, int max, boolean greedy, int height, int copies)
      implements RegexNode {}

  /** One after the other; none of them is a concatenation. */
  record Concat(List<RegexNode> parts, int height, int copies) implements RegexNode {}

  /** The first that leads to a match; none of them is an alternation. */
  record Alternate(List<RegexNode> choices, int height, int copies) implements RegexNode {}

  static RegexNode group(int number, RegexNode body) {
    return new Group(number, body, body.height() + 1, body.copies());
  }

  /** A repetition; {@code copies} is {@code Integer.MAX_VALUE} when it would be larger. */
  static RegexNode repeat(RegexNode body, int min, int max, boolean greedy) {
    long factor = Math.max(1, max == UNBOUNDED ? min : max);
    int copies = max == 0 ? 1 : (int) Math.min(Integer.MAX_VALUE, factor * body.copies());
    return new Repeat(body, min, max, greedy, body.height() + 1, copies);
  }

  static RegexNode concat(List<RegexNode> parts) {
    List<RegexNode> flat = new ArrayList<>(parts.size());
    for (RegexNode p : parts) {
      if (p instanceof Concat c) {
        flat.addAll(c.parts());
      } else {
        flat.add(p);
      }
    }
    return flat.size() == 1
        ? flat.get(0)
        : new Concat(List.copyOf(flat), maxHeight(flat) + 1, maxCopies(flat));
  }

  static RegexNode alternate(List<RegexNode> choices) {
    List<RegexNode> flat = new ArrayList<>(choices.size());
    for (RegexNode c : choices) {
      if (c instanceof Alternate a) {
        flat.addAll(a.choices());
      } else {
        flat.add(c);
      }
    }
    return flat.size() == 1
        ? flat.get(0)
        : new Alternate(List.copyOf(flat), maxHeight(flat) + 1, maxCopies(flat));
  }

  private static int maxHeight(List<RegexNode> nodes) {
    int max = 0;
    for (RegexNode n : nodes) {
      max = Math.max(max, n.height());
    }
    return max;
  }

  private static int maxCopies(List<RegexNode> nodes) {
    int max = 1;
    for (RegexNode n : nodes) {
      max = Math.max(max, n.copies());
    }
    return max;
  }
}
