package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.spi.Location;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source line of an error, and the byte in it that is meant. */
class ErrorLineTest {
  /** In the sources here {@code ~} is a line break, {@code ^} a tab and {@code <} a return. */
  private static String source(String text) {
    return text.replace('~', '\n').replace('^', '\t').replace('<', '\r');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "abc|1|1|abc|0",
        "abc|1|3|abc|2",
        "abc~def|2|1|def|0",
        "abc~def~|2|3|def|2",
        "abc~def~|3|0|def|2",
        "abc~def~~~|5|0|def|2",
        "abc|1|9|abc|2",
        "abc~def|9|1|def|2",
        "^^abc|1|3|^^abc|2",
        "a bc|1|2|a bc|0",
        "abc   |1|6|abc   |2",
        "abc~   ~def|2|2|abc|2",
        "abc<~def<~|2|1|def|0",
        "abc<~def<~|3|0|def|2",
        "éa|1|2|éa|2",
        "aéb|1|3|aéb|3",
      })
  void it_is_the_line_with_the_place(String text, int row, int col, String line, int index) {
    ErrorLine error = ErrorLine.of(source(text), Location.of("f", row, col));
    assertThat(error.line()).isEqualTo(source(line));
    assertThat(error.index()).isEqualTo(index);
    assertThat(error.details())
        .hasToString(
            "{\"line\":\"" + source(line).replace("\t", "\\t") + "\",\"idx\":" + index + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"abc|1|2|abc| ^", "^^a b|1|5|a b|  ^", "^a^b|1|4|a^b|  ^", "x|1|1|x|^"})
  void a_mark_stands_below_it(String text, int row, int col, String line, String mark) {
    assertThat(ErrorLine.of(source(text), Location.of("f", row, col)).lines())
        .containsExactly(source(line), mark);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 0", "5, 5"})
  void an_empty_source_has_an_empty_line(int row, int col) {
    assertThat(ErrorLine.of("", Location.of("f", row, col))).isEqualTo(new ErrorLine("", 0));
  }

  @ParameterizedTest
  @CsvSource({"500", "1000", "1001", "5000", "9999"})
  void of_a_long_line_it_is_the_surroundings(int col) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      line.append((char) ('a' + i % 26));
    }
    ErrorLine error = ErrorLine.of("x\n" + line, Location.of("f", 2, col));
    assertThat(error.line().length()).isBetween(1000, 2001);
    assertThat(error.line().charAt(error.index())).isEqualTo(line.charAt(col - 1));
    assertThat(line.toString()).contains(error.line());
  }
}
