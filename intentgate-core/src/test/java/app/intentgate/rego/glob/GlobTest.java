package app.intentgate.rego.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "'*.github.com', '.', api.github.com, true",
    "'*.github.com', '.', api.cdn.github.com, false",
    "'*.github.com', '', api.cdn.github.com, true",
    "'api.**.com', '.', api.cdn.github.com, true",
    "'?at', '', fat, true",
    "'?at', 'f', fat, false",
    "'?', '', '', true",
    "'a?', '', a, false",
    "'?', '', '😀', true",
    "'[abc]at', '.', cat, true",
    "'[!abc]at', '.', cat, false",
    "'[!abc]at', '.', .at, true",
    "'[a-c]at', '.', bat, true",
    "'{cat,b?t,[fr]at}', '', bit, true",
    "'{cat,b?t,[fr]at}', '', rat, true",
    "'{cat,b?t,[fr]at}', '', cat2, false",
    "'{a,{b,c}d}e', '', cde, true",
    "'{a,b', '', b, true",
    "'a,b}]', '', 'a,b}]', true",
    "'\\*\\{a', '', '*{a', true",
    "'a\\', '', a, true",
    "'[a\\-z\\]]', '', ']', true",
    "'[a\\-z\\]]', '', b, false",
    "'/v1/*/x', '/', /v1/a.b/x, true",
    "'/v1/*/x', '/', /v1/a/b/x, false",
    "'a.c', '', abc, false",
    "'**', '.', 'a\nb', true"
  })
  void aGlobMatchesTheWholeTextOrNot(String glob, String delimiters, String text, boolean matches) {
    assertThat(Glob.compile(glob, delimiters).matches(text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "'[a', unexpected end of input",
    "'[', unexpected end of input",
    "'[]', could not parse range",
    "'[!]a]', could not parse range",
    "'[a-cx]', expected close range character",
    "'[z-a]', hi character 'a' should be greater than lo 'z'",
    "'a\ufffd', could not read rune"
  })
  void aWrongGlobIsRefused(String glob, String message) {
    assertThatThrownBy(() -> Glob.compile(glob, "."))
        .isInstanceOf(GlobSyntaxException.class)
        .hasMessage(message);
  }

  @Test
  void aQuotedTextMatchesItselfOnly() {
    String text = "*.{a,b}[c-d]?\\e";
    assertThat(Glob.quote("*.github.com")).isEqualTo("\\*.github.com");
    assertThat(Glob.compile(Glob.quote(text), ".").matches(text)).isTrue();
    assertThat(Glob.compile(Glob.quote(text), "").matches(text + "x")).isFalse();
  }

  @Test
  void workIsLinearInTheText() {
    Glob glob = Glob.compile("*a*a*a*a*a*a*a*b", "");
    AtomicLong steps = new AtomicLong();
    String text = "a".repeat(50_000);
    assertThat(glob.matches(text, steps::addAndGet)).isFalse();
    assertThat(steps.get()).isLessThan(100L * text.length());
  }

  @Test
  void nothingButTheSyntaxErrorIsThrown() {
    assertThatThrownBy(() -> Glob.compile("{a,b".repeat(9_000), ""))
        .isInstanceOf(GlobSyntaxException.class);
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      String glob = random(random, "*?[]{}!-,\\ab.\ud800é", 10);
      try {
        Glob.compile(glob, ".").matches(random(random, "ab.é\ud800", 5));
      } catch (GlobSyntaxException e) {
        assertThat(e).hasMessageNotContaining("regexp");
      }
    }
  }

  @Test
  void anObviousMatcherAgrees() {
    Random random = new Random(11);
    int matched = 0;
    for (int i = 0; i < 30_000; i++) {
      String glob = pattern(random, 3);
      String delimiters = random.nextBoolean() ? "." : "";
      String text = random(random, "aab.", 6);
      boolean expected = obvious(glob, text, delimiters);
      assertThat(Glob.compile(glob, delimiters).matches(text))
          .as("%s on %s without %s", glob, text, delimiters)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(1_000);
  }

  private static String random(Random random, String letters, int most) {
    StringBuilder b = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      b.append(letters.charAt(random.nextInt(letters.length())));
    }
    return b.toString();
  }

  private static String pattern(Random random, int depth) {
    String[] atoms = {"a", "b", ".", "*", "**", "?", "[ab]", "[!a]", "[a-b]", "\\*"};
    StringBuilder b = new StringBuilder();
    for (int n = random.nextInt(4); n >= 0; n--) {
      if (depth > 0 && random.nextInt(5) == 0) {
        b.append('{').append(pattern(random, depth - 1)).append(',');
        b.append(pattern(random, depth - 1)).append('}');
      } else {
        b.append(atoms[random.nextInt(atoms.length)]);
      }
    }
    return b.toString();
  }

  /** Writes out the first alternatives, then tries every length of every wildcard. */
  private static boolean obvious(String glob, String text, String delimiters) {
    if (glob.equals("?") && text.isEmpty()) {
      // As OPA has it: a lone question mark, and only that, matches the empty text too.
      return true;
    }
    int open = glob.indexOf('{');
    if (open < 0) {
      return simple(glob, text, delimiters);
    }
    int depth = 0;
    int start = open + 1;
    int close = open;
    java.util.List<String> choices = new java.util.ArrayList<>();
    for (int i = open; depth > 0 || i == open; i++) {
      char c = glob.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth == 1 || depth == 0) {
        choices.add(glob.substring(start, i));
        start = i + 1;
      }
      close = i;
    }
    for (String choice : choices) {
      // Bars keep a star in front of a choice and one in it from becoming a double star.
      String written = glob.substring(0, open) + "|" + choice + "|" + glob.substring(close + 1);
      if (obvious(written, text, delimiters)) {
        return true;
      }
    }
    return false;
  }

  private static boolean simple(String glob, String text, String delimiters) {
    if (glob.isEmpty()) {
      return text.isEmpty();
    }
    if (glob.startsWith("|")) {
      return simple(glob.substring(1), text, delimiters);
    }
    if (glob.startsWith("*")) {
      boolean any = glob.startsWith("**");
      String rest = glob.substring(any ? 2 : 1);
      for (int n = 0; n <= text.length(); n++) {
        if (simple(rest, text.substring(n), delimiters)) {
          return true;
        }
        if (n < text.length() && !any && delimiters.indexOf(text.charAt(n)) >= 0) {
          return false;
        }
      }
      return false;
    }
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    int width = glob.charAt(0) == '[' ? glob.indexOf(']') + 1 : glob.charAt(0) == '\\' ? 2 : 1;
    boolean fits =
        switch (glob.substring(0, width)) {
          case "?" -> delimiters.indexOf(c) < 0;
          case "[ab]", "[a-b]" -> c == 'a' || c == 'b';
          case "[!a]" -> c != 'a';
          case "\\*" -> c == '*';
          default -> c == glob.charAt(0);
        };
    return fits && simple(glob.substring(width), text.substring(1), delimiters);
  }
}
