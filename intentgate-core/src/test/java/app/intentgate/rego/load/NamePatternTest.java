package app.intentgate.rego.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "*, abc, true",
    "*c, abc, true",
    "a*, a, true",
    "a*b*c*d*e*, axbxcxdxe, true",
    "a*b?c*x, abxbbxdbxebxczzx, true",
    "a*b?c*x, abxbbxdbxebxczzy, false",
    "ab[c], abc, true",
    "ab[b-d], abc, true",
    "ab[e-g], abc, false",
    "ab[^c], abc, false",
    "ab[^e-g], abc, true",
    "a\\*b, a*b, true",
    "a\\*b, ab, false",
    "a[^a]b, axb, true",
    "[a-, a, false",
    "[, a, false",
    ".*, .git, true",
    ".*, git, false",
    "*_test.rego, p_test.rego, true",
  })
  void matches_as_a_shell_does(String pattern, String name, boolean expected) {
    assertThat(NamePattern.matches(pattern, name)).isEqualTo(expected);
  }
}
