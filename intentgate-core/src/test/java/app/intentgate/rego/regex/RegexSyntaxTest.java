package app.intentgate.rego.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      quoteCharacter = '\u0001',
      textBlock =
          """
          a**\tinvalid nested repetition operator: `**`
          a*?*\tinvalid nested repetition operator: `*?*`
          a{2}{3}\tinvalid nested repetition operator: `{2}{3}`
          a?{2}\tinvalid nested repetition operator: `?{2}`
          a$**\tinvalid nested repetition operator: `**`
          a{1001}\tinvalid repeat count: `{1001}`
          a{2,1}\tinvalid repeat count: `{2,1}`
          (a{100}){11}\tinvalid repeat count: `{11}`
          *\tmissing argument to repetition operator: `*`
          (*)\tmissing argument to repetition operator: `*`
          a|*\tmissing argument to repetition operator: `*`
          \\Q\\E*\tmissing argument to repetition operator: `*`
          (a\tmissing closing ): `(a`
          (a|b\tmissing closing ): `(a|b`
          a)\tunexpected ): `a)`
          (?P<n>a\tmissing closing ): `(?P<n>a`
          (?P<n\tinvalid named capture: `(?P<n`
          (?P<>a)\tinvalid named capture: `(?P<>`
          (?P<n-m>a)\tinvalid named capture: `(?P<n-m>`
          (?<=a)\tinvalid named capture: `(?<=a)`
          (?=a)\tinvalid or unsupported Perl syntax: `(?=`
          (?P=n)\tinvalid or unsupported Perl syntax: `(?P`
          (?i\tinvalid or unsupported Perl syntax: `(?i`
          (?-)\tinvalid or unsupported Perl syntax: `(?-)`
          (?--i)\tinvalid or unsupported Perl syntax: `(?--`
          (?x)\tinvalid or unsupported Perl syntax: `(?x`
          [a\tmissing closing ]: `[a`
          [^]\tmissing closing ]: `[^]`
          [z-a]\tinvalid character class range: `z-a`
          [a--]\tinvalid character class range: `a--`
          [a-\\d]\tinvalid escape sequence: `\\d`
          [[:foo:]]\tinvalid character class range: `[:foo:]`
          [\\b]\tinvalid escape sequence: `\\b`
          \\8\tinvalid escape sequence: `\\8`
          \\1\tinvalid escape sequence: `\\1`
          \\x\tinvalid escape sequence: `\\x`
          \\x{}\tinvalid escape sequence: `\\x{}`
          \\x{110000}\tinvalid escape sequence: `\\x{110000`
          \\xzz\tinvalid escape sequence: `\\xzz`
          \\pX\tinvalid character class range: `\\pX`
          \\p{foo}\tinvalid character class range: `\\p{foo}`
          \\p{Greek\tinvalid character class range: `\\p{Greek`
          \\C\tinvalid escape sequence: `\\C`
          \\Z\tinvalid escape sequence: `\\Z`
          ab\\\ttrailing backslash at end of expression: ``
          """)
  void aWrongPatternIsRefusedInGosWords(String pattern, String message) {
    assertThatThrownBy(() -> Regex.compile(pattern))
        .isInstanceOf(RegexSyntaxException.class)
        .hasMessage("error parsing regexp: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a(?i)*",
        "a{,3}",
        "a{01}",
        "x{",
        "x{a}",
        "|",
        "(|a)*",
        "[]]",
        "[^]]",
        "[a-]",
        "[-a]",
        "[\\d-z]",
        "(?P<n>a)(?P<n>b)",
        "(?<n>a)",
        "(?P<1a>a)",
        "(?)",
        "(?i-s:a)",
        "\\_",
        "\\12",
        "\\pLu",
        "\\p{^Greek}",
        "\\p{lowercase letter}",
        "\\p{LC}",
        "\\p{ASCII}",
        "[[.a.]]",
        "^*",
        "\\Qab",
        "[^\\x{0}-\\x{10FFFF}]",
        "(?:a{0}){1000}"
      })
  void theDialectAccepts(String pattern) {
    assertThatCode(() -> Regex.compile(pattern)).doesNotThrowAnyException();
  }

  @Test
  void nestingIsBounded() {
    String deepest = "(".repeat(999) + ")".repeat(999);
    assertThat(Regex.compile(deepest).groupCount()).isEqualTo(999);
    assertThatThrownBy(() -> Regex.compile("(" + deepest + ")"))
        .hasMessageStartingWith("error parsing regexp: expression nests too deeply");
    assertThatThrownBy(() -> Regex.compile("(".repeat(60_000)))
        .isInstanceOf(RegexSyntaxException.class);
  }

  @Test
  void sizeIsBounded() {
    assertThatThrownBy(() -> Regex.compile("(?:abc{10}x*y{100}){1000}"))
        .isInstanceOf(RegexSyntaxException.class);
    assertThatThrownBy(() -> Regex.compile("(?:" + "[a-f]".repeat(101) + "){1000}"))
        .hasMessageStartingWith("error parsing regexp: expression too large");
    assertThatThrownBy(() -> Regex.compile("a".repeat(Regex.MAX_PATTERN + 1)))
        .hasMessageStartingWith("error parsing regexp: expression too large");
    assertThat(Regex.compile("[" + "\\pL".repeat(20_000) + "]").matches("é")).isTrue();
  }

  @Test
  void noTextMakesTheParserThrowAnythingElse() {
    String[] tokens = {
      "(", "(?", "(?P<", ">", ")", "[", "[^", "]", "[[:", ":]", "alpha", "-", "\\", "{", "}", ",",
      "1", "1000", "*", "+", "?", "|", "^", "$", ".", "i", "U", ":", "\\p", "Greek", "\\x", "\\Q",
      "\\E", "é", "😀", "\ud800", "<", "=", "\\b", "\\pN", "\0"
    };
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        b.append(tokens[random.nextInt(tokens.length)]);
      }
      try {
        Regex.compile(b.toString()).matches("aé😀1");
      } catch (RegexSyntaxException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }
}
