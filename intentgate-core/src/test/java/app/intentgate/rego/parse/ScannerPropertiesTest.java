package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a source holds, its tokens are all of it, in order, each at its place. */
class ScannerPropertiesTest {
  private static final List<String> PIECES =
      List.of(
          "package",
          "x",
          "_",
          "x1y",
          "if",
          "0",
          "01",
          "1.5",
          "1.",
          "1e",
          "1e+9",
          "1abc",
          "\"a\"",
          "\"a\\\"b\"",
          "\"\\u00e9\"",
          "\"\\q\"",
          "\"open",
          "`raw`",
          "`a\nb`",
          "`open",
          "$\"t\"",
          "$\"{",
          "$`r`",
          "$",
          "# note",
          "#",
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "   ",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          ",",
          ";",
          ".",
          ":",
          ":=",
          "=",
          "==",
          "!=",
          "!",
          "<",
          "<=",
          ">",
          ">=",
          "+",
          "-",
          "*",
          "/",
          "%",
          "&",
          "|",
          "é",
          "\uD83D\uDE00",
          "\uFEFF",
          "\0",
          "\uD800",
          "'",
          "@",
          "\\",
          "\u0661",
          "\u2028");

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  private static String source(Random random) {
    StringBuilder out = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
    for (int i = random.nextInt(40); i >= 0; i--) {
      out.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return out.toString();
  }

  private static List<Token> tokens(String source) {
    Scanner scanner = new Scanner(source);
    List<Token> tokens = new ArrayList<>();
    Token token = scanner.scan(scanner.start(), Scanner.Mode.PLAIN);
    while (token.kind() != Tok.EOF) {
      tokens.add(token);
      token = scanner.scan(token.next(), Scanner.Mode.PLAIN);
    }
    return tokens;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tokens_follow_each_other_and_are_the_source(int seed) {
    String source = source(new Random(seed));
    int offset = source.startsWith("\uFEFF") ? 1 : 0;
    for (Token token : tokens(source)) {
      assertThat(token.at().offset()).isEqualTo(offset);
      assertThat(token.next().offset()).isGreaterThan(offset);
      if (token.kind() == Tok.IDENT || token.kind() == Tok.NUMBER || token.kind() == Tok.STRING) {
        assertThat(token.text()).isEqualTo(source.substring(offset, token.next().offset()));
      }
      offset = token.next().offset();
    }
    assertThat(offset).isEqualTo(source.length());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_token_knows_its_row_and_its_column_in_code_points(int seed) {
    String source = source(new Random(seed));
    for (Token token : tokens(source)) {
      Mark at = token.at();
      String before = source.substring(0, at.offset());
      int row = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int start = before.lastIndexOf('\n') + 1;
      int col = before.codePointCount(start, before.length()) + 1;
      boolean lineBreak = source.charAt(at.offset()) == '\n';
      assertThat(at.row()).as(source).isEqualTo(lineBreak ? row + 1 : row);
      assertThat(at.col()).as(source).isEqualTo(lineBreak ? 0 : col);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_token_is_the_same_however_the_scanner_came_there(int seed) {
    String source = source(new Random(seed));
    Scanner scanner = new Scanner(source);
    List<Token> tokens = tokens(source);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      assertThat(scanner.scan(tokens.get(i).at(), Scanner.Mode.PLAIN)).isEqualTo(tokens.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "x", "x\n", "\uFEFF", "# c", "\"open", "$\"{"})
  void the_end_is_reached_and_stays(String source) {
    Scanner scanner = new Scanner(source);
    Token token = scanner.scan(scanner.start(), Scanner.Mode.PLAIN);
    for (int i = 0; i < 3; i++) {
      token = scanner.scan(token.next(), Scanner.Mode.PLAIN);
    }
    assertThat(token.kind()).isEqualTo(Tok.EOF);
    assertThat(token.next()).isEqualTo(token.at());
    assertThat(token.errors()).isEmpty();
  }

  @Test
  void a_part_of_a_template_ends_at_a_brace_or_a_quote() {
    Scanner scanner = new Scanner("a\\{b\\n{x}`c\"`");
    Token first = scanner.scan(scanner.start(), Scanner.Mode.TEMPLATE);
    assertThat(first.kind()).isEqualTo(Tok.TEMPLATE_PART);
    assertThat(first.text()).isEqualTo("a{b\\n");
    Mark afterBrace = new Mark(9, 1, 10);
    Token quoted = scanner.scan(afterBrace, Scanner.Mode.TEMPLATE);
    assertThat(quoted.kind()).isEqualTo(Tok.TEMPLATE_END);
    assertThat(quoted.text()).isEqualTo("`c");
    Token raw = scanner.scan(new Mark(10, 1, 11), Scanner.Mode.RAW_TEMPLATE);
    assertThat(raw.kind()).isEqualTo(Tok.RAW_TEMPLATE_END);
    assertThat(raw.text()).isEqualTo("c\"");
  }
}
