package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Result;
import app.intentgate.audit.BrokenEvent.Break;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A CSV export shows whatever was done to it (B29, B58). */
class CsvVerificationTest {
  private final List<StoredEvent> events = new RandomEvents(51).chained(120);

  private static Result verify(String file, Form form, List<ChainHead> heads) {
    try {
      return AuditFileVerifier.verify(
          new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
          form,
          heads,
          (bytes, count) -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> rows() {
    return new ArrayList<>(events.stream().map(EventCsv::row).toList());
  }

  private static BrokenEvent broken(List<String> rows, List<ChainHead> heads) {
    return verify(EventCsv.header() + String.join("", rows), Form.EXACT, heads).broken();
  }

  private static ChainHead head(StoredEvent event) {
    return new ChainHead(event.chain(), event.seq(), event.hash(), event.event().at());
  }

  @Test
  void everyEventIsReadBackAsItWas() {
    EventCsvReader reader = EventCsvReader.of(EventCsv.header().strip());
    for (StoredEvent event : events) {
      String row = EventCsv.row(event);
      assertThat(reader.read(CsvCells.of(row.substring(0, row.length() - 1)))).isEqualTo(event);
    }
  }

  @Test
  void textThatReadsLikeAnEscapeIsNotTakenForOne() {
    for (String text :
        List.of("\\u0000", "\u0000", "\\\\u005c", "\\u005cu0000", "\ud800", "\\ud800", "a\\b")) {
      assertThat(CsvEscapes.read(CsvEscapes.write(text))).isEqualTo(text);
    }
    assertThat(Stream.of("\\u0000", "\u0000", "\\u005cu0000").map(CsvEscapes::write))
        .doesNotHaveDuplicates();
  }

  @Test
  void anExportOfEveryTenantIsIntact() {
    Result result = verify(EventCsv.header() + String.join("", rows()), Form.EXACT, List.of());
    assertThat(result.broken()).isNull();
    assertThat(result.events()).isEqualTo(120);
    assertThat(result.chains().stream().mapToLong(VerificationReport::verified).sum())
        .isEqualTo(120);
  }

  @Test
  void aCopyThatASpreadsheetSavedIsReadForWhatItSays() {
    StringBuilder copy = new StringBuilder("\ufeff");
    List<String> all = rows();
    all.add(0, EventCsv.header());
    for (String row : all) {
      List<String> cells = CsvCells.of(row.substring(0, row.length() - 1));
      for (int i = 0; i < cells.size(); i++) {
        copy.append(i == 0 ? "" : ",").append('"').append(cells.get(i).replace("\"", "\"\""));
        copy.append('"');
      }
      copy.append("\r\n");
    }
    assertThat(verify(copy.toString(), Form.ANY_JSON, List.of()).broken()).isNull();
    assertThat(verify(copy.toString(), Form.EXACT, List.of()).broken()).isNotNull();
  }

  @TestFactory
  Stream<DynamicTest> oneChangedValueInAnyColumnIsFound() {
    List<String> names = CsvCells.of(EventCsv.header().strip());
    return names.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      int column = names.indexOf(name);
                      for (String value : List.of("", "7x")) {
                        for (int at : List.of(0, 39)) {
                          changed(column, at, value);
                        }
                      }
                    }));
  }

  private void changed(int column, int at, String value) {
    List<String> rows = rows().subList(0, 40);
    String row = rows.get(at);
    List<String> cells = new ArrayList<>(CsvCells.of(row.substring(0, row.length() - 1)));
    if (cells.set(column, value).equals(value)) {
      return;
    }
    StringBuilder changed = new StringBuilder();
    for (String cell : cells) {
      boolean quotes =
          cell.startsWith(" ") || cell.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
      String text = quotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
      changed.append(',').append(text);
    }
    rows.set(at, changed.substring(1) + "\n");
    assertThat(broken(rows, List.of()))
        .as("column %d of row %d: %s", column, at, value)
        .isNotNull();
  }

  @Test
  void aRowThatIsDeletedRepeatedOrMovedIsFound() {
    String chain = events.get(60).chain();
    for (int at : List.of(0, 1, 40)) {
      List<String> deleted = rows();
      deleted.remove(at);
      assertThat(broken(deleted, List.of())).isNotNull();
      List<String> repeated = rows();
      repeated.add(at + 1, repeated.get(at));
      assertThat(broken(repeated, List.of())).isNotNull();
    }
    List<String> moved = rows();
    List<Integer> own =
        events.stream().filter(e -> e.chain().equals(chain)).map(events::indexOf).toList();
    java.util.Collections.swap(moved, own.get(3), own.get(4));
    assertThat(broken(moved, List.of())).isNotNull();
  }

  @Test
  void aTailThatWasCutAndAFullRewriteAreFoundByWhatWasSaved() {
    StoredEvent last = events.get(119);
    List<String> cut = rows();
    cut.remove(119);
    assertThat(broken(cut, List.of())).isNull();
    assertThat(broken(cut, List.of(head(last))).how()).isEqualTo(Break.TAIL_CUT);

    List<StoredEvent> other = new RandomEvents(52).chained(120);
    List<String> rewritten = other.stream().map(EventCsv::row).toList();
    StoredEvent early = events.stream().filter(e -> e.seq() == 3).findFirst().orElseThrow();
    assertThat(broken(new ArrayList<>(rewritten), List.of())).isNull();
    // Every saved head counts, not only the newest.
    assertThat(broken(new ArrayList<>(rewritten), List.of(head(early), head(other.get(119)))).how())
        .isEqualTo(Break.HEAD_MISMATCH);
  }

  @Test
  void aTornOrStrayRowAndAnUnknownColumnAreFound() {
    String whole = EventCsv.header() + String.join("", rows());
    for (String file :
        List.of(
            whole.substring(0, whole.length() - 1),
            whole + "\n",
            whole + "\"open\n",
            whole.replaceFirst(",schema_version,", ",schema_version,colour,"),
            whole.replaceFirst(",hash\n", "\n"))) {
      assertThat(verify(file, Form.EXACT, List.of()).broken()).isNotNull();
    }
  }
}
