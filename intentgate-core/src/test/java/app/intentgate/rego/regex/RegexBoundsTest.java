package app.intentgate.rego.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexBoundsTest {
  /** Steps per character that no pattern below may exceed; backtracking would need 2^50,000. */
  private static final long STEPS_PER_CHARACTER = 100;

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a*)*b", "(x+x+)+y", "(a|aa)+$", "(.*)(.*)(.*)[0-9]"})
  void workIsLinearInTheText(String pattern) {
    Regex regex = Regex.compile(pattern);
    for (String letter : List.of("a", "x")) {
      String text = letter.repeat(50_000) + "!";
      AtomicLong steps = new AtomicLong();
      regex.matches(text, steps::addAndGet);
      regex.find(text, 0, steps::addAndGet);
      assertThat(steps.get()).isLessThan(STEPS_PER_CHARACTER * text.length());
    }
  }

  @Test
  void aBudgetStopsAMatch() {
    Regex regex = Regex.compile("(?:a?){500}(b|c)");
    StepBudget small =
        new StepBudget() {
          private long left = 10_000;

          @Override
          public void spend(long steps) {
            left -= steps;
            if (left < 0) {
              throw new IllegalStateException("spent");
            }
          }
        };
    assertThatThrownBy(() -> regex.find("a".repeat(100_000) + "b", 0, small))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("spent");
    assertThat(regex.find("aab", 0, StepBudget.UNLIMITED)).hasToString("aab");
  }

  @Test
  void tooManyStatesChangeNothingButTheEngine() {
    // The shortest automaton that knows the 18th letter from the end has 2^18 states.
    Regex regex = Regex.compile("a[ab]{17}$");
    StringBuilder b = new StringBuilder();
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 200_000; i++) {
      b.append(random.nextBoolean() ? 'a' : 'b');
    }
    b.append("a").append("b".repeat(17));
    Program program = ProgramCompiler.compile("", RegexParser.parse(regex.pattern()).tree(), 0);
    assertThat(new Dfa(program).run(b.toString(), 0, new Meter(StepBudget.UNLIMITED)))
        .isEqualTo(Dfa.Answer.TOO_MANY_STATES);
    assertThat(regex.matches(b)).isTrue();
    b.setCharAt(b.length() - 18, 'b');
    assertThat(regex.matches(b)).isFalse();
  }

  @Test
  void letters_that_are_looked_up_for_their_other_case_count() {
    String range = "[!-\ud83c\udfff]";
    assertThat(Regex.compile("(?i)" + range.repeat(10)).matches("abcdefghij")).isTrue();
    for (String pattern :
        List.of(range.repeat(10_000), "[" + "!-\ud83c\udfff".repeat(16_000) + "]")) {
      assertThatThrownBy(() -> Regex.compile("(?i)" + pattern))
          .isInstanceOf(RegexSyntaxException.class)
          .hasMessageContaining("expression too large");
    }
  }

  @Test
  void a_replacement_counts_before_it_is_there() {
    AtomicLong steps = new AtomicLong();
    String template = "$0".repeat(10_000);
    assertThatThrownBy(
            () ->
                Regex.compile(".*")
                    .replaceAll(
                        "x".repeat(500_000),
                        template,
                        more -> {
                          if (steps.addAndGet(more) > 1_000_000_000) {
                            throw new IllegalStateException("spent");
                          }
                        }))
        .hasMessage("spent");
    assertThat(Regex.compile("(a)|(b)").replaceAll("abc", "<$2$1$0$$>")).isEqualTo("<aa$><bb$>c");
  }

  @Test
  void threadsShareOnePattern() throws Exception {
    Regex regex = Regex.compile("(\\w+)-(\\d{2,4})|x(a|b)*y");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        results.add(
            pool.submit(
                () -> {
                  int wrong = 0;
                  for (int i = 0; i < 3_000; i++) {
                    String text = "..w" + seed + i + "-" + (1000 + i) + "..";
                    RegexMatch match = regex.find(text);
                    boolean right =
                        match != null && String.valueOf(match.group(2)).equals("" + (1000 + i));
                    wrong += right && regex.matches(text) && !regex.matches("x" + i) ? 0 : 1;
                  }
                  return wrong;
                }));
      }
      for (Future<Integer> r : results) {
        assertThat(r.get()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
