package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import app.intentgate.rego.spi.RegoError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strings in double quotes, with escapes as in JSON, and raw strings, in which nothing is special.
 */
class StringLiteralsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := "\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\"
      => "é/\\b\\f\\n\\r\\t\\"\\\\"
      --
      p := "\\ud83d\\ude00"
      => "😀"
      --
      p := "\\ud83d"
      => "�"
      --
      p := "x\\ude00\\ud83dy"
      => "x��y"
      --
      p := "é😀 \\\\u00e9"
      => "é😀 \\\\u00e9"
      --
      p := `\\n\\u00e9"'\\`
      => "\\\\n\\\\u00e9\\"'\\\\"
      --
      p := `a
      b
      `
      => "a\\nb\\n"
      --
      p := ""
      => ""
      --
      p := ``
      => ""
      --
      p := "#no comment"
      => "#no comment"
      --
      p := `# no
      # comment`
      => "# no\\n# comment"
      --
      p := "{x} $ ` '"
      => "{x} $ ` '"
      --
      p := count("😀é")
      => 2
      """)
  void a_string_has_the_characters_that_its_escapes_stand_for(RegoRow row) {
    row.isAnsweredByEvaluation();
  }

  @ParameterizedTest
  @RegoTable(
      """
      p := "abc
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "abc
      q := "def"
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "abc\\"
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := `abc

      q := 1
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "\\uD83D\\u"
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "\\u00"
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "\\u00E"
      => 3:6 parse: illegal string literal: "\\u00E"
      => 3:6 parse: unexpected string token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := "\\u00g0"
      => 3:6 parse: illegal string literal: "\\u00g0"
      => 3:6 parse: unexpected string token: expected rule value term (e.g., p := <VALUE> { ... })
      --
      p := "\\U0041"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "\\x41"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "\\'"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := 'a'
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "a\\
      b"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: non-terminated string
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      p := "a" "b"
      => 3:10 parse: string cannot be used for rule name
      --
      p := "a".b
      => 3:6 parse: illegal ref (head cannot be string)
      --
      p := "\\a\\b"
      => 3:6 parse: illegal escape sequence
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      "a" := 2
      => 3:1 parse: string cannot be used for rule name
      """)
  void what_is_no_string_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  /** A control character is no part of a text that has to be unescaped, as in JSON. */
  @Test
  void a_tab_stands_for_itself_where_nothing_is_escaped() {
    assertThat(Parsing.errors("package test\n\np := \"a\tb\"")).isEmpty();
    assertThat(Parsing.errors("package test\n\np := \"a\tb\\n\""))
        .extracting(RegoError::message)
        .startsWith("illegal string literal: \"a\tb\\n\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p := \"\0\"", "p := `\0`", "# \0\np := 1", "p :=\0 1", "p\0 := 1"})
  void a_null_character_stands_nowhere(String rule) {
    assertThat(Parsing.errors("package test\n\n" + rule))
        .extracting(RegoError::message)
        .startsWith("illegal null character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p := \"\ud800\"", "p := `\udc00x`", "# \ud83d", "p := 1 \udfff"})
  void half_a_character_stands_nowhere(String rule) {
    assertThat(Parsing.errors("package test\n\n" + rule))
        .extracting(RegoError::message)
        .startsWith("illegal utf-8 character");
  }

  @Test
  void a_byte_order_mark_stands_at_the_start_only() {
    assertThat(Parsing.errors("\ufeffpackage test\n\np := 1")).isEmpty();
    for (String rule : List.of("\ufeffp := 1", "p := \"\ufeff\"", "p := 1 # \ufeff")) {
      assertThat(Parsing.errors("package test\n\n" + rule))
          .as(rule)
          .extracting(RegoError::message)
          .startsWith("illegal byte-order mark");
    }
    assertThat(Parsing.errors("\ufeff\ufeffpackage test\n\np := 1"))
        .extracting(RegoError::message)
        .startsWith("illegal byte-order mark");
  }
}
