package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StringsTest {
  private static String sprintf(String format, Object... values) throws Exception {
    String quoted = text("sprintf", format, java.util.Arrays.asList(values));
    return quoted.substring(1, quoted.length() - 1);
  }

  @Test
  void sprintfFormatsAsGo() throws Exception {
    assertThat(sprintf("%v|%d|%s|%.2f|%5d|%x|%q", 10, 10, 10, 10, 10, 10, 65))
        .isEqualTo("10|10|%!s(int64=10)|%!f(int64=10)|   10|a|'A'");
    assertThat(sprintf("%v|%d|%s|%.2f|%5d|%x|%q", 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5))
        .isEqualTo(
            "1.5|%!d(float64=1.5)|%!s(float64=1.5)|1.50|%!d(float64= "
                + " 1.5)|0x1.8p+00|%!q(float64=1.5)");
    assertThat(sprintf("%v %x", num("1234567.5"), num("1234567.5")))
        .isEqualTo("1.2345675e+06 0x1.2d6878p+20");
    assertThat(sprintf("%d %e", num("100000000000000000000000"), num("100000000000000000000000")))
        .isEqualTo("100000000000000000000000 %!e(big.Int=100000000000000000000000)");
    assertThat(sprintf("%.3f %e", -1, num("0.0000001"))).isEqualTo("%!f(int64=-001) 1.000000e-07");
    assertThat(sprintf("%5s|%-5s|%05d|%+d|% d|%x|%X", "é", "b", -42, 1, 1, "hi", 255))
        .isEqualTo("    é|b    |-0042|+1| 1|6869|FF");
    assertThat(sprintf("%v %v %v", List.of("a", 1), set(), Map.of("k", true)))
        .isEqualTo("[\\\"a\\\", 1] set() {\\\"k\\\": true}");
    assertThat(sprintf("%T %T %T", 1, "a", 1.5)).isEqualTo("int64 string float64");
    assertThat(sprintf("%g %G %.3g %#g", 1e21, 1e-7, 1234.5678, 1.0))
        .isEqualTo("1e+21 1E-07 1.23e+03 1.00000");
    assertThat(sprintf("%b %o %#o %O %U %c", 5, 8, 8, 8, 0x1f600, 97))
        .isEqualTo("101 10 010 0o10 U+1F600 a");
  }

  @Test
  void sprintfSaysWhatDoesNotFit() throws Exception {
    assertThat(sprintf("%d")).isEqualTo("%!d(MISSING)");
    assertThat(sprintf("x", 1, "a")).isEqualTo("x%!(EXTRA int64=1, string=a)");
    assertThat(sprintf("%")).isEqualTo("%!(NOVERB)");
    assertThat(sprintf("%z", 1)).isEqualTo("%!z(int64=1)");
    assertThat(sprintf("%[2]d %[1]d", 1, 2)).isEqualTo("2 1");
    assertThat(sprintf("%[3]d", 1, 2)).isEqualTo("%!d(BADINDEX)");
    assertThat(sprintf("%*d|%-*d|%.*f", 4, 7, 3, 7, 1, 2.25)).isEqualTo("   7|7  |2.2");
    assertThat(sprintf("%t", true)).isEqualTo("%!t(string=true)");
    assertThat(sprintf("100%%")).isEqualTo("100%");
  }

  @Test
  void sprintfWidthsAreBounded() throws Exception {
    assertThat(sprintf("%1000d", 1)).hasSize(1000);
    assertThatThrownBy(() -> sprintf("%9999999d%9999999d", 1, 2))
        .isInstanceOf(Calls.OverBudget.class);
    assertThat(sprintf("%99999999999d", 1)).isEqualTo("%!(NOVERB)%!(EXTRA int64=1)");
  }

  @Test
  void positionsCountCodePoints() throws Exception {
    assertThat(text("count", "a😀é")).isEqualTo("3");
    assertThat(text("indexof", "a😀b", "b")).isEqualTo("2");
    assertThat(text("indexof_n", "aaa", "aa")).isEqualTo("[0, 1]");
    assertThat(text("substring", "a😀bc", 1, 2)).isEqualTo("\"😀b\"");
    assertThat(text("substring", "abc", 5, -1)).isEqualTo("\"\"");
    assertThat(text("strings.reverse", "a😀b")).isEqualTo("\"b😀a\"");
    assertThat(error("substring", "abc", -1, 1)).isEqualTo("negative offset");
    assertThat(error("indexof", "abc", "")).isEqualTo("empty search character");
    assertThat(error("substring", "abc", num("1.0"), 1))
        .isEqualTo("operand 2 must be integer number but got floating-point number");
  }

  @Test
  void splittingAndJoining() throws Exception {
    assertThat(text("split", "a.b.", ".")).isEqualTo("[\"a\", \"b\", \"\"]");
    assertThat(text("split", "a😀", "")).isEqualTo("[\"a\", \"😀\"]");
    assertThat(text("strings.split_n", "a.b.c", ".", -2)).isEqualTo("[\"b\", \"c\"]");
    assertThat(text("strings.split_n", "a.b.c", ".", 0)).isEqualTo("[]");
    assertThat(text("concat", ",", set("b", "a"))).isEqualTo("\"a,b\"");
    assertThat(error("concat", ",", List.of(1)))
        .isEqualTo("operand 2 must be array of strings but got array containing number");
  }

  @Test
  void replacingWalksOnce() throws Exception {
    assertThat(text("replace", "aaa", "a", "aa")).isEqualTo("\"aaaaaa\"");
    assertThat(text("replace", "ab", "", "x")).isEqualTo("\"xaxbx\"");
    assertThat(text("strings.replace_n", Map.of("a", "b", "b", "a"), "ab")).isEqualTo("\"ba\"");
    assertThat(error("strings.replace_n", Map.of(2, "b"), "x"))
        .isEqualTo("operand 1 non-string key found in pattern object");
    assertThatThrownBy(() -> text("replace", "a".repeat(10_000), "a", "b".repeat(10_000)))
        .isInstanceOf(Calls.OverBudget.class);
  }

  @Test
  void trimmingAndCase() throws Exception {
    assertThat(text("trim", "  a ", " ")).isEqualTo("\"a\"");
    assertThat(text("trim_left", "😀😀a😀", "😀")).isEqualTo("\"a😀\"");
    assertThat(text("trim_space", "\u2003 a\n")).isEqualTo("\"a\"");
    assertThat(text("trim_prefix", "aab", "a")).isEqualTo("\"ab\"");
    assertThat(text("upper", "straße")).isEqualTo("\"STRAßE\"");
    assertThat(text("lower", "ÄΣ")).isEqualTo("\"äσ\"");
  }

  @Test
  void anyPrefixTakesStringsAndCollections() throws Exception {
    assertThat(text("strings.any_prefix_match", List.of("ab", "cd"), set("c"))).isEqualTo("true");
    assertThat(text("strings.any_suffix_match", "ab", List.of("a"))).isEqualTo("false");
    assertThat(error("strings.any_prefix_match", "a", 1))
        .isEqualTo("operand 2 must be one of {string, set, array} but got number");
  }
}
