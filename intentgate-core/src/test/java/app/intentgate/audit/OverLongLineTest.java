package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Result;
import app.intentgate.audit.BrokenEvent.Break;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A line longer than any event is a break with a place, and what comes after it is read. */
@ExtendWith(QuietLog.class)
class OverLongLineTest {
  private static final int PIECE = 1 << 20;

  private final List<StoredEvent> events = new RandomEvents(90).chained(2);

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("audit.jsonl");
  }

  private void write(String before, String after) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      out.write(before.getBytes(UTF_8));
      byte[] piece = "x".repeat(PIECE).getBytes(UTF_8);
      for (int left = Lines.MAX_LINE; left > 0; left -= PIECE) {
        out.write(piece);
      }
      out.write(after.getBytes(UTF_8));
    }
  }

  private String line(int event) {
    return EventJson.text(events.get(event)) + "\n";
  }

  private Result verify() throws IOException {
    return AuditFileVerifier.verify(log, Form.EXACT, List.of(), (bytes, count) -> {});
  }

  @Test
  void verification_names_it_and_goes_on_behind_it() throws IOException {
    write(line(0), "\n" + line(1));

    Result result = verify();

    assertThat(result.broken()).isNotNull();
    assertThat(result.broken().how()).isEqualTo(Break.UNREADABLE);
    assertThat(result.broken().line()).isEqualTo(2);
    assertThat(result.broken().detail()).contains("longer than 67108864 bytes");
    assertThat(result.events()).isEqualTo(3);
    assertThat(result.bytes()).isEqualTo(Files.size(log));
    assertThat(result.chains()).allMatch(VerificationReport::ok);
    assertThat(result.chains().stream().mapToLong(VerificationReport::verified).sum()).isEqualTo(2);
  }

  @Test
  void an_event_at_its_end_is_part_of_it() throws IOException {
    write(line(0), line(1));

    Result result = verify();

    assertThat(result.broken()).isNotNull();
    assertThat(result.broken().line()).isEqualTo(2);
    assertThat(result.events()).isEqualTo(2);
    assertThat(result.chains().stream().mapToLong(VerificationReport::verified).sum()).isEqualTo(1);
  }

  @Test
  void it_may_be_the_first_and_the_last_and_have_no_line_feed() throws IOException {
    write("", "");
    assertThat(verify().broken()).isNotNull();
    assertThat(verify().events()).isEqualTo(1);
    assertThat(verify().bytes()).isEqualTo(Lines.MAX_LINE);
  }

  @Test
  void within_a_cell_of_a_csv_it_is_not_taken_for_an_empty_line() throws IOException {
    StoredEvent event = AuditChain.link(RandomEvents.call("acme").reason("a\n\nb").build(), 1, "");
    String row = EventCsv.row(event);
    int at = row.indexOf("a\n\nb") + 2;
    Files.writeString(log, EventCsv.header() + row);
    assertThat(verify().ok()).isTrue();

    write(EventCsv.header() + row.substring(0, at), row.substring(at));

    assertThat(verify().broken()).isNotNull();
    assertThat(verify().broken().line()).isEqualTo(2);
    assertThat(verify().broken().detail()).contains("longer than");
  }

  @Test
  void a_store_names_it_when_it_opens_and_reads_on_when_told_to() throws IOException {
    write(line(0), "\n" + line(1));

    assertThatThrownBy(() -> FileAuditStore.open(log))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.CHAIN_BROKEN))
        .hasMessageContaining("broken at line 2")
        .hasMessageContaining("longer than");
    try (FileAuditStore store = FileAuditStore.builder(log).continueBroken(true).open()) {
      List<StoredEvent> exported = new ArrayList<>();
      store.export(AuditQuery.all(), exported::add);
      assertThat(exported).isEqualTo(events);
      assertThat(store.query(AuditQuery.builder().oldestFirst().build()).events())
          .isEqualTo(events);
      VerificationReport report = store.verify(events.get(0).event().tenant(), null, null);
      assertThat(report.broken()).isNotNull();
      assertThat(report.broken().line()).isEqualTo(2);
    }
  }

  @Test
  void an_event_that_would_be_one_is_refused_and_the_next_is_stored() {
    // Six bytes for each character, as JSON.
    String text = "\u0001".repeat(Lines.MAX_LINE / 6);
    AuditWriter.Limits patient = new AuditWriter.Limits(10, 10, Duration.ofMinutes(5));
    try (FileAuditStore store = FileAuditStore.builder(log).limits(patient).open()) {
      AuditEvent longest = RandomEvents.call("acme").reason(text).build();
      assertThatThrownBy(() -> store.append(longest).toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              AuditException.class,
              e -> assertThat(e.code()).isEqualTo(AuditException.Code.EVENT_REFUSED));
      StoredEvent next = FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build()));
      assertThat(next.seq()).isEqualTo(1);
      assertThat(store.health().available()).isTrue();
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
    FileAuditStore.open(log).close();
  }
}
