package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row of a CSV says, and what is wrong with one that says nothing. */
class CsvReadingTest {
  private static final StoredEvent EVENT =
      AuditChain.link(
          RandomEvents.call("acme")
              .argKeys(List.of("a", "b"))
              .caveatCount(3)
              .errorCode(-32010)
              .requiresStepUp(true)
              .build(),
          1,
          "");

  private static final List<String> NAMES = CsvCells.of(EventCsv.header().strip());

  private static Result verify(String file, Form form) {
    try {
      return AuditFileVerifier.verify(
          new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
          form,
          List.of(),
          (bytes, count) -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StoredEvent read(String column, String cell) {
    List<String> cells = new ArrayList<>(CsvCells.of(EventCsv.row(EVENT).strip()));
    cells.set(NAMES.indexOf(column), cell);
    return EventCsvReader.of(EventCsv.header().strip()).read(cells);
  }

  @Test
  void cells_are_taken_apart_as_rfc_4180_says() {
    assertThat(CsvCells.of("")).containsExactly("");
    assertThat(CsvCells.of("a,,c,")).containsExactly("a", "", "c", "");
    assertThat(CsvCells.of("\"a,\"\"b\"\"\n\",c")).containsExactly("a,\"b\"\n", "c");
    assertThat(CsvCells.of("\"\",\"\"\"\"")).containsExactly("", "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "a\"", "a\"b\"", "\"a\"b", "\"a\" ,b", "a,\"b", "\"\"\""})
  void quotes_that_do_not_fit_are_refused(String record) {
    assertThatThrownBy(() -> CsvCells.of(record))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caveat_count,x",
        "caveat_count,1.0",
        "caveat_count,99999999999999999999",
        "seq,one",
        "requires_step_up,yes",
        "requires_step_up,TRUE",
        "arg_values,[]",
        "arg_values,{",
        "arg_keys,[1]",
        "arg_keys,[",
        "decision,''",
        "decision,deny",
        "phase,later",
        "ts,yesterday",
        "ts,''"
      })
  void a_cell_of_another_type_is_refused_by_name(String columnAndCell) {
    String[] parts = columnAndCell.split(",", 2);
    String cell = parts[1].equals("''") ? "" : parts[1];
    assertThatThrownBy(() -> read(parts[0], cell))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.UNREADABLE))
        .hasMessageContaining(parts[0]);
  }

  @Test
  void an_empty_cell_is_the_zero_of_its_kind() {
    assertThat(read("caveat_count", "").event().caveatCount()).isZero();
    assertThat(read("requires_step_up", "").event().requiresStepUp()).isFalse();
    assertThat(read("requires_step_up", "false").event().requiresStepUp()).isFalse();
    assertThat(read("requires_step_up", "true").event().requiresStepUp()).isTrue();
    assertThat(read("arg_keys", "").event().argKeys()).isEmpty();
    assertThat(read("arg_keys", "a;;b").event().argKeys()).containsExactly("a", "", "b");
    assertThat(read("arg_keys", "[\"a;b\"]").event().argKeys()).containsExactly("a;b");
    assertThat(read("error_code", "'-7").event().errorCode()).isEqualTo(-7);
    assertThat(read("seq", "").seq()).isZero();
    assertThat(read("prev_hash", "'x").prevHash()).isEqualTo("x");
    assertThat(read("hash", "y").hash()).isEqualTo("y");
  }

  @Test
  void a_row_with_more_or_fewer_cells_is_refused() {
    EventCsvReader reader = EventCsvReader.of(EventCsv.header().strip());
    List<String> cells = new ArrayList<>(CsvCells.of(EventCsv.row(EVENT).strip()));
    assertThat(reader.read(cells)).isEqualTo(EVENT);
    cells.add("");
    assertThatThrownBy(() -> reader.read(cells))
        .hasMessage("it has " + cells.size() + " cells and not " + (cells.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "schema_version, colour, 'the column \"colour\", which no event has'",
    "check, reason, 'the column \"reason\" twice'",
    "hash, summary, the column hash is missing",
    "prev_hash, summary, the column prev_hash is missing",
    "tool, summary, the column tool is missing"
  })
  void a_first_row_without_what_a_chain_needs_is_refused(String column, String other, String why) {
    List<String> names = new ArrayList<>(NAMES);
    names.set(names.indexOf(column), other);
    assertThatThrownBy(() -> EventCsvReader.of(String.join(",", names)))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining(why);
  }

  @Test
  void columns_that_are_not_needed_may_be_left_out_and_stand_anywhere() {
    String header = "hash,prev_hash,latency_ms,tool,decision,schema_version,event,ts";
    StoredEvent read =
        EventCsvReader.of(header)
            .read(List.of("h", "", "5", "t", "block", "7", "e", "2026-05-11T22:30:00Z"));
    assertThat(read.event().latencyMs()).isEqualTo(5);
    assertThat(read.event().decision()).isEqualTo(AuditDecision.BLOCK);
    assertThat(read.hash()).isEqualTo("h");
    assertThat(read.seq()).isZero();
  }

  @Test
  void a_row_of_seven_cells_may_be_a_checkpoint() {
    List<String> cells = List.of("2026", "checkpoint", "", "", "", "a \"note\"\n", "");
    assertThat(EventCsvReader.trailer(cells))
        .isEqualTo("{\"checkpoint\":{\"note\":\"a \\\"note\\\"\\n\"}}");
    assertThat(EventCsvReader.trailer(cells.subList(0, 6))).isNull();
    assertThat(EventCsvReader.trailer(List.of("", "event", "", "", "", "", ""))).isNull();
    String file = EventCsv.header() + EventCsv.row(EVENT) + "x,checkpoint,,,,note,\n";
    Result result = verify(file, Form.EXACT);
    assertThat(result.broken()).isNull();
    assertThat(result.events()).isEqualTo(1);
    assertThat(result.trailers()).containsExactly("{\"checkpoint\":{\"note\":\"note\"}}");
    Result more = verify(file + EventCsv.row(EVENT), Form.EXACT);
    assertThat(more.broken()).isNotNull();
    assertThat(more.broken().detail()).contains("comes after the checkpoints");
    assertThat(more.broken().line()).isEqualTo(4);
  }

  @Test
  void a_row_that_says_the_same_in_another_spelling_is_a_break_where_bytes_count() {
    String row = EventCsv.row(EVENT);
    String quoted = row.replaceFirst(",acme,", ",\"acme\",");
    for (String other : List.of(quoted, row.strip() + "\r\n", row.replace(",true,", ",'true,"))) {
      assertThat(verify(EventCsv.header() + other, Form.EXACT).broken()).isNotNull();
      assertThat(verify(EventCsv.header() + other, Form.ANY_JSON).broken()).isNull();
    }
    Result bytes = verify(EventCsv.header() + quoted, Form.EXACT);
    assertThat(bytes.broken()).isNotNull();
    assertThat(bytes.broken().detail()).contains("not in the form that events are written in");
    assertThat(bytes.events()).isEqualTo(1);
    Result torn = verify(EventCsv.header() + row.strip(), Form.EXACT);
    assertThat(torn.broken()).isNotNull();
    assertThat(torn.broken().detail()).contains("torn");
    assertThat(verify(EventCsv.header() + row.strip(), Form.ANY_JSON).ok()).isTrue();
  }

  @Test
  void the_line_of_a_break_is_where_its_record_begins() {
    StoredEvent lines = AuditChain.link(RandomEvents.call("acme").reason("a\nb").build(), 1, "");
    String row = EventCsv.row(lines);
    Result result = verify(EventCsv.header() + row + row, Form.EXACT);
    assertThat(result.broken()).isNotNull();
    assertThat(result.broken().line()).isEqualTo(4);
    assertThat(result.broken().how()).isEqualTo(BrokenEvent.Break.REORDERED);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a\\b, a\\b",
    "\\u0000, \\u005cu0000",
    "\\ud800, \\u005cud800",
    "\\udfff, \\u005cudfff",
    "\\u005c, \\u005cu005c",
    "\\u0001, \\u0001",
    "\\uD800, \\uD800",
    "\\ud7ff, \\ud7ff"
  })
  void only_what_reads_like_an_escape_of_ours_is_escaped(String text, String cell) {
    assertThat(CsvEscapes.write(text)).isEqualTo(cell);
    assertThat(CsvEscapes.read(cell)).isEqualTo(text);
  }

  @Test
  void what_a_text_file_cannot_hold_is_an_escape_and_pairs_are_not() {
    assertThat(CsvEscapes.write("\u0000\ud800x\udc00\ud83d\ude00"))
        .isEqualTo("\\u0000\\ud800x\\udc00\ud83d\ude00");
    assertThat(CsvEscapes.read("\\u0000\\ud800x\\udc00\ud83d\ude00"))
        .isEqualTo("\u0000\ud800x\udc00\ud83d\ude00");
  }
}
