package app.intentgate.rego.regex;

import app.intentgate.rego.regex.RegexNode.Alternate;
import app.intentgate.rego.regex.RegexNode.Assert;
import app.intentgate.rego.regex.RegexNode.Concat;
import app.intentgate.rego.regex.RegexNode.Group;
import app.intentgate.rego.regex.RegexNode.OneOf;
import app.intentgate.rego.regex.RegexNode.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a tree out as a program, from the end to the start: what follows a node is known before
 * the node, so nothing needs patching but loops.
 */
final class ProgramCompiler {
  /** Ours; Go allows about thirty times as much. */
  static final int MAX_INSTRUCTIONS = 100_000;

  /** Bounds what the submatch engine may hold: a set of places per instruction. */
  private static final int MAX_PLACES = 1 << 22;

  private final String pattern;
  private byte[] ops = new byte[16];
  private int[] next = new int[16];
  private int[] arguments = new int[16];
  private int size;
  private final List<CodePointSet> sets = new ArrayList<>();
  private final Map<CodePointSet, Integer> setNumbers = new HashMap<>();

  private ProgramCompiler(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles a tree.
   *
   * @param groups the number of groups, without the whole match
   */
  static Program compile(String pattern, RegexNode tree, int groups) {
    return new ProgramCompiler(pattern).compile(tree, groups);
  }

  private Program compile(RegexNode tree, int groups) {
    int slots = 2 * (groups + 1);
    int start = group(0, tree, emit(Program.MATCH, 0, 0));
    if ((long) size * slots > MAX_PLACES) {
      throw tooLarge();
    }
    return new Program(
        Arrays.copyOf(ops, size),
        Arrays.copyOf(next, size),
        Arrays.copyOf(arguments, size),
        sets,
        start,
        slots,
        startsText(tree));
  }

  private RegexSyntaxException tooLarge() {
    return new RegexSyntaxException("expression too large", pattern);
  }

  private int emit(byte op, int following, int argument) {
    if (size == MAX_INSTRUCTIONS) {
      throw tooLarge();
    }
    if (size == ops.length) {
      ops = Arrays.copyOf(ops, size * 2);
      next = Arrays.copyOf(next, size * 2);
      arguments = Arrays.copyOf(arguments, size * 2);
    }
    ops[size] = op;
    next[size] = following;
    arguments[size] = argument;
    return size++;
  }

  /** Writes a node in front of an instruction and returns where it starts. */
  private int node(RegexNode node, int following) {
    if (node instanceof OneOf one) {
      return oneOf(one.set(), following);
    } else if (node instanceof Assert a) {
      return emit(Program.ASSERT, following, a.assertion().bit());
    } else if (node instanceof Group g) {
      return group(g.number(), g.body(), following);
    } else if (node instanceof Repeat r) {
      return repeat(r, following);
    } else if (node instanceof Concat c) {
      int entry = following;
      for (int i = c.parts().size() - 1; i >= 0; i--) {
        entry = node(c.parts().get(i), entry);
      }
      return entry;
    } else if (node instanceof Alternate a) {
      int last = a.choices().size() - 1;
      int entry = node(a.choices().get(last), following);
      for (int i = last - 1; i >= 0; i--) {
        entry = emit(Program.FORK, node(a.choices().get(i), following), entry);
      }
      return entry;
    }
    throw new IllegalStateException("unknown node");
  }

  private int group(int number, RegexNode body, int following) {
    int end = emit(Program.MARK, following, 2 * number + 1);
    return emit(Program.MARK, node(body, end), 2 * number);
  }

  private int oneOf(CodePointSet set, int following) {
    if (set.isEmpty()) {
      return emit(Program.FAIL, 0, 0);
    }
    if (set.single() != Characters.NONE) {
      return emit(Program.CHAR, following, set.single());
    }
    if (set.equals(CodePointSet.ALL)) {
      return emit(Program.ANY, following, 0);
    }
    Integer number = setNumbers.get(set);
    if (number == null) {
      number = sets.size();
      sets.add(set);
      setNumbers.put(set, number);
    }
    return emit(Program.SET, following, number);
  }

  private int fork(boolean greedy, int body, int rest) {
    return greedy ? emit(Program.FORK, body, rest) : emit(Program.FORK, rest, body);
  }

  private int repeat(Repeat r, int following) {
    if (r.max() != RegexNode.UNBOUNDED) {
      int entry = following;
      for (int i = r.min(); i < r.max(); i++) {
        entry = fork(r.greedy(), node(r.body(), entry), following);
      }
      return copies(r.body(), r.min(), entry);
    }
    int loop = emit(Program.FORK, following, following);
    int body = node(r.body(), loop);
    next[loop] = r.greedy() ? body : following;
    arguments[loop] = r.greedy() ? following : body;
    if (r.min() > 0) {
      return copies(r.body(), r.min() - 1, body);
    }
    // A body that can be empty is entered by a fork of its own: coming back to the loop without
    // having moved must still lead on, with the body's priority.
    return canBeEmpty(r.body()) ? fork(r.greedy(), body, following) : loop;
  }

  private int copies(RegexNode body, int count, int following) {
    int entry = following;
    for (int i = 0; i < count; i++) {
      entry = node(body, entry);
    }
    return entry;
  }

  /** Whether a node may match without taking a character. */
  static boolean canBeEmpty(RegexNode node) {
    if (node instanceof OneOf) {
      return false;
    } else if (node instanceof Group g) {
      return canBeEmpty(g.body());
    } else if (node instanceof Repeat r) {
      return r.min() == 0 || canBeEmpty(r.body());
    } else if (node instanceof Concat c) {
      for (RegexNode part : c.parts()) {
        if (!canBeEmpty(part)) {
          return false;
        }
      }
    } else if (node instanceof Alternate a) {
      for (RegexNode choice : a.choices()) {
        if (canBeEmpty(choice)) {
          return true;
        }
      }
      return false;
    }
    return true;
  }

  private static boolean startsText(RegexNode node) {
    if (node instanceof Assert a) {
      return a.assertion() == Assertion.BEGIN_TEXT;
    } else if (node instanceof Group g) {
      return startsText(g.body());
    } else if (node instanceof Repeat r) {
      return r.min() > 0 && startsText(r.body());
    } else if (node instanceof Concat c) {
      return !c.parts().isEmpty() && startsText(c.parts().get(0));
    } else if (node instanceof Alternate a) {
      for (RegexNode choice : a.choices()) {
        if (!startsText(choice)) {
          return false;
        }
      }
      return true;
    }
    return false;
  }
}
