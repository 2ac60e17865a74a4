package app.intentgate.rego.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.fuzz.FuzzContract;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Patterns compile or are refused as such; a match takes steps in proportion to pattern and text;
 * the three engines find the same, which is also what the JDK finds where the two languages mean
 * the same. An input is a pattern, a line feed, and the text.
 */
class RegexFuzzTest extends FuzzContract {
  /** What RE2 and the JDK read alike, in ASCII. */
  private static final Pattern COMMON =
      Pattern.compile(
          "([A-Za-z0-9 ,:_/-]|\\\\[dwDW.]|\\.|\\||\\)|\\((?!\\?)|\\(\\?:|\\^"
              + "|(?<=[A-Za-z0-9 ,:_/.\\])dwDW-])([*+?]|\\{[0-9](,[0-9]?)?})\\??"
              + "|\\[\\^?([a-z0-9 ]|[a-c]-[x-z]|[0-2]-[7-9])+])*+");

  private static final int STEPS_OF_THE_JDK = 100_000;

  RegexFuzzTest() {
    super("regex");
  }

  @Override
  protected List<String> words() {
    return List.of(
        "(?:",
        "(?i)",
        "(?m)",
        "(?s)",
        "(?U)",
        "(?P<a>",
        "(?<b>",
        "[[:alpha:]]",
        "[^a-z]",
        "\\pL",
        "\\p{Greek}",
        "\\PN",
        "\\Q",
        "\\E",
        "\\b",
        "\\B",
        "\\A",
        "\\z",
        "\\x{10FFFF}",
        "\\d",
        "\\S",
        "{0,2}",
        "{3}",
        "{2,}?",
        "*?",
        "+?",
        "??",
        "(|a)",
        "(a*)*",
        "\u00e9",
        "\ud83d\ude00",
        "\u017f",
        "\u212a");
  }

  @Override
  protected void tryInput(byte[] input) {
    String whole = new String(input, UTF_8);
    int end = whole.indexOf('\n');
    String pattern = end < 0 ? whole : whole.substring(0, end);
    String text = end < 0 ? "" : whole.substring(end + 1);
    Regex regex;
    try {
      regex = Regex.compile(pattern);
    } catch (RegexSyntaxException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    RegexParser.Result parsed = RegexParser.parse(pattern);
    int groups = parsed.groupNames().size() - 1;
    Program program = ProgramCompiler.compile(pattern, parsed.tree(), groups);
    int @Nullable [] found = enginesAgree(program, text);
    RegexMatch match = regex.find(text);
    assertThat(match == null ? null : places(match)).isEqualTo(found);
    assertThat(regex.matches(text)).isEqualTo(found != null);
    piecesFit(regex, text);
    assertThat(Regex.compile(Regex.quote(text)).find(text)).isNotNull();
    if (COMMON.matcher(pattern).matches()
        && text.chars().allMatch(c -> c < 0x80)
        && !repeatsNothing(parsed.tree())) {
      agreesWithTheJdk(pattern, text, found);
    }
  }

  private static int[] places(RegexMatch match) {
    return RegexPropertyTest.places(match).stream().mapToInt(x -> x).toArray();
  }

  private static int @Nullable [] enginesAgree(Program program, String text) {
    long steps = 64L + 4L * program.size() * (text.length() + 1L);
    int[] slots = new int[program.slots()];
    boolean found = new PikeMachine(program).find(text, 0, slots, meter(steps));
    assertThat(new Dfa(program).run(text, 0, meter(steps)))
        .isIn(Dfa.Answer.TOO_MANY_STATES, found ? Dfa.Answer.MATCH : Dfa.Answer.NO_MATCH);
    if (Backtracker.fits(program, text.length())) {
      int[] others = new int[program.slots()];
      assertThat(new Backtracker(program).find(text, 0, others, meter(steps))).isEqualTo(found);
      if (found) {
        assertThat(others).isEqualTo(slots);
      }
    }
    return found ? slots : null;
  }

  private static Meter meter(long allowed) {
    long[] left = {allowed};
    return new Meter(
        steps -> {
          left[0] -= steps;
          assertThat(left[0]).as("steps left of %d", allowed).isNotNegative();
        });
  }

  /** Matches stand in order and apart; what is between them and they themselves are the text. */
  private static void piecesFit(Regex regex, String text) {
    List<RegexMatch> all = regex.findAll(text, -1);
    int last = 0;
    for (RegexMatch match : all) {
      assertThat(match.start()).isBetween(last, match.end());
      last = match.end();
    }
    assertThat(last).isLessThanOrEqualTo(text.length());
    assertThat(regex.findAll(text, 1)).hasSize(Math.min(1, all.size()));
    assertThat(regex.replaceAll(text, "${0}")).isEqualTo(text);
    assertThat(String.join("", regex.split(text, -1)).length()).isLessThanOrEqualTo(text.length());
  }

  /** The two differ in how a loop ends whose turn took nothing. */
  private static boolean repeatsNothing(RegexNode node) {
    if (node instanceof RegexNode.Repeat r) {
      return ProgramCompiler.canBeEmpty(r.body()) || repeatsNothing(r.body());
    } else if (node instanceof RegexNode.Group g) {
      return repeatsNothing(g.body());
    } else if (node instanceof RegexNode.Concat c) {
      return c.parts().stream().anyMatch(RegexFuzzTest::repeatsNothing);
    }
    return node instanceof RegexNode.Alternate a
        && a.choices().stream().anyMatch(RegexFuzzTest::repeatsNothing);
  }

  private static void agreesWithTheJdk(String pattern, String text, int @Nullable [] found) {
    Matcher matcher =
        Pattern.compile(pattern, Pattern.UNIX_LINES).matcher(new Counted(text, new int[1]));
    int[] theirs = null;
    try {
      if (matcher.find()) {
        theirs = new int[2 * (matcher.groupCount() + 1)];
        for (int g = 0; g <= matcher.groupCount(); g++) {
          theirs[2 * g] = matcher.start(g);
          theirs[2 * g + 1] = matcher.end(g);
        }
      }
    } catch (TooLongException e) {
      return; // it backtracks without end
    }
    assertThat(found == null ? null : Arrays.copyOf(found, 2))
        .as("%s on %s", pattern, text)
        .isEqualTo(theirs == null ? null : Arrays.copyOf(theirs, 2));
  }

  private static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that is read so often and not more. */
  private record Counted(String text, int[] reads) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads[0] > STEPS_OF_THE_JDK) {
        throw new TooLongException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
