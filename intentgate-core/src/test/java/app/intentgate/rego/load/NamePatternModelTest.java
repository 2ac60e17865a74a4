package app.intentgate.rego.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns against a matcher that tries every length for every star. */
class NamePatternModelTest {
  private static final String[] PIECES = {
    "a", "b", "é", "😀", "*", "?", "[ab]", "[^a]", "[a-b]", "[é-😀]", "[^😀]", "\\*", "\\a",
    "[\\]]", "[\\-a]", "[]", "[", "]", "-", "\\", "[-a]", "[a-]", "[^]", "[b-a]", "[a^]", "[*?]"
  };
  private static final String[] LETTERS = {"a", "b", "é", "😀", "*", "]", "-", "^"};

  private static String some(Random random, String[] of, int most) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      out.append(of[random.nextInt(of.length)]);
    }
    return out.toString();
  }

  @Test
  void a_pattern_matches_what_the_slow_matcher_says() {
    Random random = new Random(7);
    int matched = 0;
    for (int i = 0; i < 60_000; i++) {
      String pattern = some(random, PIECES, 5);
      String name = some(random, LETTERS, 5);
      boolean expected = wellFormed(pattern) && matches(pattern, name);
      assertThat(NamePattern.matches(pattern, name))
          .as("%s on %s", pattern, name)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "?.rego, 😀.rego, true",
    "??.rego, 😀.rego, false",
    "[😀😁].rego, 😁.rego, true",
    "[^a].rego, 😀.rego, true",
    "[😀-😂].rego, 😁.rego, true",
    "[😀-😂].rego, 😃.rego, false",
    "*😀*, x😀y, true",
  })
  void a_character_is_one_however_many_chars_it_takes(
      String pattern, String name, boolean expected) {
    assertThat(NamePattern.matches(pattern, name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]a]", "[-a]", "[a-]", "[^]a]", "a\\", "*\\", "[a\\", "[a-\\", "[^"})
  void a_malformed_pattern_matches_nothing(String pattern) {
    for (String name : new String[] {"a", "]", "-", "^", "\\", "a\\", pattern}) {
      assertThat(NamePattern.matches(pattern, name)).as(name).isFalse();
    }
  }

  @Test
  void many_stars_take_time_in_proportion_to_the_lengths() {
    String pattern = "*a".repeat(2_000) + "b";
    assertThat(NamePattern.matches(pattern, "a".repeat(4_000))).isFalse();
    assertThat(NamePattern.matches(pattern, "a".repeat(4_000) + "b")).isTrue();
  }

  /** A class has members, none of them a bare hyphen or bracket; an escape has what it escapes. */
  private static boolean wellFormed(String pattern) {
    return pattern.matches(
        "(?s)(?:[^\\[\\\\]|\\\\.|\\[\\^?+(?:(?:[^\\\\\\]-]|\\\\.)(?:-(?:[^\\\\\\]-]|\\\\.))?)+\\])*");
  }

  /** Whether a pattern that is well-formed matches: recursion on the first piece. */
  private static boolean matches(String pattern, String name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    if (pattern.startsWith("*")) {
      for (int from = 0; from <= name.length(); from++) {
        if (matches(pattern.substring(1), name.substring(from))) {
          return true;
        }
      }
      return false;
    }
    if (name.isEmpty()) {
      return false;
    }
    int c = name.codePointAt(0);
    String rest = name.substring(Character.charCount(c));
    int first = pattern.codePointAt(0);
    if (first == '?') {
      return matches(pattern.substring(1), rest);
    }
    if (first == '[') {
      int end = 1;
      while (pattern.charAt(end) != ']') {
        end += pattern.charAt(end) == '\\' ? 2 : 1;
      }
      return inClass(pattern.substring(1, end), c) && matches(pattern.substring(end + 1), rest);
    }
    String from = first == '\\' ? pattern.substring(1) : pattern;
    return from.codePointAt(0) == c
        && matches(from.substring(Character.charCount(from.codePointAt(0))), rest);
  }

  private static boolean inClass(String members, int c) {
    boolean negated = members.startsWith("^");
    int[] all = members.substring(negated ? 1 : 0).codePoints().toArray();
    boolean found = false;
    int i = 0;
    while (i < all.length) {
      i += all[i] == '\\' ? 1 : 0;
      int low = all[i++];
      int high = low;
      if (i < all.length && all[i] == '-') {
        i += all[i + 1] == '\\' ? 2 : 1;
        high = all[i++];
      }
      found |= low <= c && c <= high;
    }
    return found != negated;
  }
}
