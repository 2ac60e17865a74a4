package app.intentgate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final Set<String> KNOWN =
      Set.of("allow", "reason", "escalate", "requires_step_up", "cost_cents", "pii_filter");

  @ParameterizedTest
  @CsvSource({
    "alow, allow",
    "allows, allow",
    "Allow, allow",
    "requiresStepUp, requires_step_up",
    "requires-step-up, requires_step_up",
    "costcent, cost_cents",
    "reson, reason",
    "raeson, reason",
    "escalated, escalate",
  })
  void a_misspelt_name_is_told_the_one_it_was_meant_to_be(String name, String meant) {
    assertThat(Nearest.to(name, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"allow", "al", "a", "zzz", "treatise", "esc", "cost", "alloooow", "''"})
  void a_known_name_and_one_that_is_like_none_are_told_nothing(String name) {
    assertThat(Nearest.to(name, KNOWN)).isEmpty();
  }

  @Test
  void a_name_is_compared_up_to_forty_characters() {
    String forty = "a".repeat(40);

    assertThat(Nearest.to(forty, List.of(forty + "b"))).contains(forty + "b");
    assertThat(Nearest.to(forty + "a", List.of(forty))).isEmpty();
  }

  @Test
  void of_two_names_as_near_the_first_of_the_alphabet_is_told() {
    assertThat(Nearest.to("toals", List.of("tools", "totals", "goals"))).contains("goals");
  }

  @Test
  void what_is_near_is_what_a_slow_count_of_changes_says() {
    Random random = new Random(23);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = word(random);
      String candidate = word(random);
      int most = Math.min(2, Math.max(1, name.length() / 3));
      boolean near = !name.equals(candidate) && changes(plain(name), plain(candidate)) <= most;

      Optional<String> nearest = Nearest.to(name, List.of(candidate));

      assertThat(nearest.isPresent()).as("%s for %s", candidate, name).isEqualTo(near);
      found += near ? 1 : 0;
    }
    assertThat(found).isBetween(500, 19_000);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      word.append("abA_".charAt(random.nextInt(4)));
    }
    return word.toString();
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** How many characters are to be added, left out or replaced, by trying each. */
  private static int changes(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String restA = a.substring(1);
    String restB = b.substring(1);
    if (a.charAt(0) == b.charAt(0)) {
      return changes(restA, restB);
    }
    return 1 + Math.min(changes(restA, restB), Math.min(changes(restA, b), changes(a, restB)));
  }
}
