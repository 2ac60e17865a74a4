package app.intentgate.rego.regex;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.regex.RegexNode.Alternate;
import app.intentgate.rego.regex.RegexNode.Assert;
import app.intentgate.rego.regex.RegexNode.Concat;
import app.intentgate.rego.regex.RegexNode.Group;
import app.intentgate.rego.regex.RegexNode.OneOf;
import app.intentgate.rego.regex.RegexNode.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All engines against a slow and obvious one that backtracks over the tree. */
class RegexPropertyTest {
  private static final String[] ATOMS = {
    "a", "b", ".", "[ab]", "[^a]", "^", "$", "", "\\b", "\\B", "(?i)A", "(?m)^", "\\pL", "é", "😀"
  };
  private static final String[] QUANTIFIERS = {
    "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{2,3}?", "{0}", "{2,}?"
  };

  private final Random random = new Random(42);

  private String pattern(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(8);
    return switch (kind) {
      case 0, 1 -> ATOMS[random.nextInt(ATOMS.length)];
      case 2, 3 -> pattern(depth - 1) + pattern(depth - 1);
      case 4 -> pattern(depth - 1) + "|" + pattern(depth - 1);
      case 5 -> "(" + pattern(depth - 1) + ")";
      case 6 -> "(" + pattern(depth - 1) + ")" + QUANTIFIERS[random.nextInt(QUANTIFIERS.length)];
      default -> "(?:" + pattern(depth - 1) + ")" + QUANTIFIERS[random.nextInt(QUANTIFIERS.length)];
    };
  }

  private String text() {
    String[] letters = {"a", "a", "b", "b", " ", "\n", "é", "😀", "A"};
    StringBuilder b = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      b.append(letters[random.nextInt(letters.length)]);
    }
    return b.toString();
  }

  static List<Integer> places(RegexMatch match) {
    List<Integer> out = new ArrayList<>();
    for (int g = 0; g <= match.groupCount(); g++) {
      out.add(match.start(g));
      out.add(match.end(g));
    }
    return out;
  }

  @Test
  void everyEngineFindsTheLeftmostFirstMatch() {
    int matched = 0;
    for (int i = 0; i < 30_000; i++) {
      String pattern = pattern(1 + random.nextInt(4));
      String text = text();
      RegexParser.Result parsed = RegexParser.parse(pattern);
      int groups = parsed.groupNames().size() - 1;
      Program program = ProgramCompiler.compile(pattern, parsed.tree(), groups);
      int[] expected = new Obvious(text, groups).find(parsed.tree());
      String what = pattern + " on " + text;
      // How a loop goes on after a turn that takes nothing is the program's affair, so there only
      // whether there is a match is compared; Go's recorded answers cover the rest.
      int compared = loopsOnNothing(parsed.tree()) ? 0 : program.slots();
      Meter meter = new Meter(StepBudget.UNLIMITED);
      int @Nullable [] slots = new int[program.slots()];
      boolean found = new Backtracker(program).find(text, 0, slots, meter);
      assertSame(what, expected, found ? slots : null, compared);
      slots = new int[program.slots()];
      found = new PikeMachine(program).find(text, 0, slots, meter);
      assertSame(what, expected, found ? slots : null, compared);
      assertThat(new Dfa(program).run(text, 0, meter))
          .as(what)
          .isEqualTo(expected == null ? Dfa.Answer.NO_MATCH : Dfa.Answer.MATCH);
      Regex regex = Regex.compile(pattern);
      RegexMatch match = regex.find(text);
      slots = match == null ? null : places(match).stream().mapToInt(x -> x).toArray();
      assertSame(what, expected, slots, compared);
      assertThat(regex.matches(text)).as(what).isEqualTo(expected != null);
      matched += expected == null ? 0 : 1;
    }
    assertThat(matched).isBetween(5_000, 29_000);
  }

  private static void assertSame(
      String what, int @Nullable [] expected, int @Nullable [] got, int compared) {
    assertThat(got == null ? null : Arrays.copyOf(got, compared))
        .as(what)
        .isEqualTo(expected == null ? null : Arrays.copyOf(expected, compared));
  }

  private static boolean loopsOnNothing(RegexNode node) {
    if (node instanceof Repeat r) {
      boolean here = r.max() == RegexNode.UNBOUNDED && ProgramCompiler.canBeEmpty(r.body());
      return here || loopsOnNothing(r.body());
    } else if (node instanceof Group g) {
      return loopsOnNothing(g.body());
    } else if (node instanceof Concat c) {
      return c.parts().stream().anyMatch(RegexPropertyTest::loopsOnNothing);
    }
    return node instanceof Alternate a
        && a.choices().stream().anyMatch(RegexPropertyTest::loopsOnNothing);
  }

  /** Tries everything in order of preference. Exponential, and plainly so. */
  private static final class Obvious {
    private final String text;
    private final int[] slots;

    Obvious(String text, int groups) {
      this.text = text;
      this.slots = new int[2 * (groups + 1)];
    }

    int @Nullable [] find(RegexNode tree) {
      for (int at = 0; at <= text.length(); at = text.offsetByCodePoints(at, 1)) {
        Arrays.fill(slots, -1);
        int[] found = new int[slots.length];
        int start = at;
        boolean matched =
            match(
                tree,
                at,
                end -> {
                  System.arraycopy(slots, 0, found, 0, slots.length);
                  found[0] = start;
                  found[1] = end;
                  return true;
                });
        if (matched) {
          return found;
        }
        if (at == text.length()) {
          break;
        }
      }
      return null;
    }

    private boolean match(RegexNode node, int at, IntPredicate rest) {
      if (node instanceof OneOf one) {
        if (at == text.length() || !one.set().contains(text.codePointAt(at))) {
          return false;
        }
        return rest.test(text.offsetByCodePoints(at, 1));
      } else if (node instanceof Assert a) {
        int before = at == 0 ? Characters.NONE : text.codePointBefore(at);
        int after = at == text.length() ? Characters.NONE : text.codePointAt(at);
        return (Assertion.holding(before, after) & a.assertion().bit()) != 0 && rest.test(at);
      } else if (node instanceof Group g) {
        return group(g, at, rest);
      } else if (node instanceof Concat c) {
        return sequence(c.parts(), 0, at, rest);
      } else if (node instanceof Alternate a) {
        return a.choices().stream().anyMatch(choice -> match(choice, at, rest));
      }
      Repeat r = (Repeat) node;
      return repeat(r, 0, at, rest);
    }

    private boolean group(Group g, int at, IntPredicate rest) {
      int first = 2 * g.number();
      int oldStart = slots[first];
      slots[first] = at;
      boolean matched =
          match(
              g.body(),
              at,
              end -> {
                int oldEnd = slots[first + 1];
                slots[first + 1] = end;
                boolean ok = rest.test(end);
                slots[first + 1] = oldEnd;
                return ok;
              });
      slots[first] = oldStart;
      return matched;
    }

    private boolean sequence(List<RegexNode> parts, int i, int at, IntPredicate rest) {
      return i == parts.size()
          ? rest.test(at)
          : match(parts.get(i), at, end -> sequence(parts, i + 1, end, rest));
    }

    private boolean repeat(Repeat r, int done, int at, IntPredicate rest) {
      boolean more = r.max() == RegexNode.UNBOUNDED || done < r.max();
      boolean enough = done >= r.min();
      // A turn without progress ends an unbounded loop: what follows comes next, not another turn.
      IntPredicate next =
          end ->
              end == at && done + 1 >= r.min() && r.max() == RegexNode.UNBOUNDED
                  ? rest.test(end)
                  : repeat(r, done + 1, end, rest);
      if (enough && !r.greedy() && rest.test(at)) {
        return true;
      }
      if (more && match(r.body(), at, next)) {
        return true;
      }
      return enough && r.greedy() && rest.test(at);
    }
  }
}
