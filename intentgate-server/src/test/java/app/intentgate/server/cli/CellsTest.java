package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of what a gate answers. */
class CellsTest {
  private static List<String> table(String rows, String... members) {
    StringWriter out = new StringWriter();
    Cells.of(members).print((JsonArray) JsonReader.parse(rows), new PrintWriter(out, true));
    return out.toString().lines().toList();
  }

  @Test
  void a_column_is_as_wide_as_its_widest_cell_and_its_head() {
    assertThat(table("[{\"id\":\"a\",\"reason\":\"x\"},{\"id\":\"longer\"}]", "id", "reason"))
        .containsExactly(
            "+--------+--------+",
            "| id     | reason |",
            "+--------+--------+",
            "| a      | x      |",
            "| longer |        |",
            "+--------+--------+");
  }

  @Test
  void no_rows_are_told_as_none_and_not_as_an_empty_table() {
    assertThat(table("[]", "id")).containsExactly("none");
    assertThat(table("[1,null,\"x\",[]]", "id"))
        .as("what is no object is no row")
        .containsExactly("none");
  }

  @Test
  void a_cell_is_text_as_it_is_nothing_for_null_and_json_for_all_else() {
    assertThat(
            table("[{\"a\":\"t\",\"b\":null,\"c\":[1,\"x\"],\"d\":true}]", "a", "b", "c", "d", "e"))
        .contains("| t |   | [1,\"x\"] | true |   |");
  }

  @Test
  void a_cell_of_80_characters_is_whole_and_a_longer_one_ends_in_dots() {
    String whole = "x".repeat(80);
    assertThat(table("[{\"a\":\"" + whole + "\"}]", "a")).contains("| " + whole + " |");
    assertThat(table("[{\"a\":\"" + whole + "y\"}]", "a")).contains("| " + whole + "... |");
  }

  @Test
  void a_cell_is_not_cut_within_a_character() {
    String cut = String.join("", table("[{\"a\":\"" + "x".repeat(79) + "\ud83d\ude00yz\"}]", "a"));
    assertThat(cut.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0000", "0007", "000a", "000d", "001b", "007f", "0085", "009b", "200e", "202e", "2028", "2029",
    "2066", "feff", "d800", "00ad"
  })
  void a_character_that_a_terminal_obeys_is_spelled_out(String hex) {
    String text = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertThat(Cells.plain(text)).isEqualTo("a\\u" + hex + "b");
  }

  @Test
  void a_tag_character_beyond_the_first_plane_is_spelled_out_too() {
    assertThat(Cells.plain("x" + Character.toString(0xE0041))).isEqualTo("x\\ue0041");
  }

  @ParameterizedTest
  @CsvSource({"plain", "naïve", "日本語", "😀", "a\\b", "ß é ñ"})
  void what_only_shows_is_left_alone(String text) {
    assertThat(Cells.plain(text)).isEqualTo(text);
  }

  @Test
  void no_text_at_all_moves_a_cursor_or_begins_a_line() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append((char) random.nextInt(round % 2 == 0 ? 0x300 : 0x10000));
      }
      String plain = Cells.plain(text.toString());
      assertThat(plain.lines().count()).as("%s", plain).isLessThanOrEqualTo(1);
      assertThat(plain.chars()).noneMatch(Character::isISOControl);
      assertThat(Cells.plain(plain)).as("nothing is left to spell out").isEqualTo(plain);
    }
  }

  @Test
  void a_row_from_outside_makes_no_line_of_its_own() {
    JsonObject row = JsonObject.of("a", app.intentgate.json.JsonString.of("x |\n| forged |\r\n"));
    StringWriter out = new StringWriter();
    Cells.of("a").print(JsonArray.of(row), new PrintWriter(out, true));
    assertThat(out.toString().lines()).hasSize(5);
    out.getBuffer().setLength(0);
    Cells.members(row, new PrintWriter(out, true), "a", "absent");
    assertThat(out.toString().lines())
        .containsExactly("a                  x |\\u000a| forged |\\u000d\\u000a");
  }
}
