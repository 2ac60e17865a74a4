package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.VerificationReport.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database's rows are verified from their bytes, and so is what it keeps beside them. */
class ChainLinesTest {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00Z");

  private final List<StoredEvent> chain = chain(5, "acme");

  /** Events a second apart. */
  private static List<StoredEvent> chain(int length, String tenant) {
    List<StoredEvent> rows = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      AuditEvent event =
          RandomEvents.call(tenant)
              .at(START.plusSeconds(i))
              .reason("caf\u00e9 \"" + i + "\"")
              .build();
      rows.add(AuditChain.link(event, i + 1, i == 0 ? "" : rows.get(i - 1).hash()));
    }
    return rows;
  }

  private static ChainHead head(StoredEvent event) {
    return new ChainHead("acme", event.seq(), event.hash(), event.event().at());
  }

  private static void feed(ChainLines lines, List<StoredEvent> rows) {
    rows.forEach(row -> lines.line(row.seq(), EventJson.bytes(row)));
  }

  private static ChainLines all() {
    return new ChainLines("acme", null, null);
  }

  private static @Nullable BrokenEvent besides(
      AuditField field, String stored, @Nullable Instant from) {
    ChainLines lines = new ChainLines("acme", from, null);
    StoredEvent row = chain(1, "acme").get(0);
    lines.line(1, EventJson.bytes(row));
    lines.beside(field, stored.getBytes(UTF_8));
    return lines.report(head(row)).broken();
  }

  @Test
  void a_whole_chain_holds_from_its_genesis_to_its_head() {
    ChainLines lines = all();
    feed(lines, chain);

    VerificationReport report = lines.report(head(chain.get(4)));

    assertThat(report.ok()).isTrue();
    assertThat(report.verified()).isEqualTo(5);
    assertThat(report.start()).isEqualTo(new Start(true, 1, "", ""));
    assertThat(report.head()).isEqualTo(head(chain.get(4)));
    assertThat(report.chain()).isEqualTo("acme");
  }

  @Test
  void the_events_of_nobody_are_the_default_chain() {
    StoredEvent event = chain(1, "").get(0);
    ChainLines lines = new ChainLines("default", null, null);
    lines.line(1, EventJson.bytes(event));
    assertThat(lines.report(new ChainHead("default", 1, event.hash(), START)).ok()).isTrue();
  }

  @Test
  void a_chain_goes_on_from_a_head_that_is_vouched_for() {
    ChainLines lines = all().startingAfter(head(chain.get(2)), "rows were closed");
    feed(lines, chain.subList(3, 5));

    VerificationReport report = lines.report(head(chain.get(4)));

    assertThat(report.ok()).isTrue();
    assertThat(report.verified()).isEqualTo(2);
    assertThat(report.start())
        .isEqualTo(new Start(false, 4, chain.get(2).hash(), "rows were closed"));
  }

  @Test
  void where_every_row_was_closed_the_tip_is_what_vouches_whenever_that_was_signed() {
    ChainHead closed = head(chain.get(4));
    ChainHead signedLater = new ChainHead("acme", 5, closed.hash(), START.plusSeconds(999));

    assertThat(all().startingAfter(signedLater, "closed").report(closed).ok()).isTrue();
    ChainHead other = new ChainHead("acme", 5, "0".repeat(64), closed.at());
    assertThat(all().startingAfter(signedLater, "closed").report(other).broken()).isNotNull();
    ChainHead less = new ChainHead("acme", 4, closed.hash(), closed.at());
    assertThat(all().startingAfter(signedLater, "closed").report(less).broken())
        .extracting(BrokenEvent::how)
        .isEqualTo(Break.HEAD_MISMATCH);
  }

  @Test
  void a_head_that_is_not_remembered_or_is_another_is_a_break_at_the_tip() {
    ChainLines forgotten = all();
    feed(forgotten, chain);
    BrokenEvent none = forgotten.report(null).broken();
    assertThat(none).isNotNull();
    assertThat(none.how()).isEqualTo(Break.HEAD_MISMATCH);
    assertThat(none.seq()).isEqualTo(5);
    assertThat(none.storedHash()).isEqualTo(chain.get(4).hash());
    assertThat(none.detail()).isEqualTo("the store remembers no end of this chain");

    ChainLines ahead = all();
    feed(ahead, chain);
    BrokenEvent earlier = ahead.report(head(chain.get(3))).broken();
    assertThat(earlier).isNotNull();
    assertThat(earlier.how()).isEqualTo(Break.HEAD_MISMATCH);
    assertThat(earlier.detail()).contains("as event 4, otherwise");

    ChainLines short2 = all();
    feed(short2, chain.subList(0, 3));
    BrokenEvent cut = short2.report(head(chain.get(4))).broken();
    assertThat(cut).isNotNull();
    assertThat(cut.how()).isEqualTo(Break.TAIL_CUT);
    assertThat(cut.detail()).isEqualTo("the rows from 4 to 5 are missing");
    assertThat(all().report(null).ok()).as("no rows and no head").isTrue();
  }

  @Test
  void a_remembered_head_must_be_met_on_the_way() {
    ChainHead other = new ChainHead("acme", 2, "f".repeat(64), START);
    ChainLines lines = all().remembering(List.of(other));
    feed(lines, chain);
    BrokenEvent broken = lines.report(head(chain.get(4))).broken();
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.HEAD_MISMATCH);
    assertThat(broken.seq()).isEqualTo(2);
    assertThat(broken.expectedHash()).isEqualTo("f".repeat(64));

    ChainLines known = all().remembering(List.of(head(chain.get(1))));
    feed(known, chain);
    assertThat(known.report(head(chain.get(4))).ok()).isTrue();
  }

  @Test
  void a_line_in_another_form_is_a_break_at_the_number_it_is_stored_under() {
    ChainLines lines = all();
    feed(lines, chain.subList(0, 2));
    byte[] spaced = (" " + EventJson.text(chain.get(2))).getBytes(UTF_8);
    lines.line(3, spaced);
    // What lies beside a line that cannot be read is not judged.
    lines.beside(AuditField.TOOL, "other".getBytes(UTF_8));
    lines.besideTime(0);

    BrokenEvent broken = lines.report(head(chain.get(2))).broken();

    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    assertThat(broken.seq()).isEqualTo(3);
    assertThat(broken.detail()).contains("not in the form");
  }

  @Test
  void a_line_lies_anywhere_in_an_array() {
    byte[] json = EventJson.bytes(chain.get(0));
    byte[] around = new byte[json.length + 7];
    System.arraycopy(json, 0, around, 3, json.length);
    ChainLines lines = all();
    lines.line(1, around, 3, json.length + 3);
    lines.beside(AuditField.TENANT, "xacmex".getBytes(UTF_8), 1, 5);
    assertThat(lines.report(head(chain.get(0))).ok()).isTrue();
  }

  @Test
  void a_row_stored_under_another_number_or_chain_is_a_break() {
    ChainLines number = all();
    number.line(2, EventJson.bytes(chain.get(0)));
    BrokenEvent broken = number.report(head(chain.get(0))).broken();
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.CHANGED);
    assertThat(broken.detail()).contains("another number or chain");

    ChainLines tenant = new ChainLines("globex", null, null);
    tenant.line(1, EventJson.bytes(chain.get(0)));
    assertThat(tenant.report(head(chain.get(0))).broken()).isNotNull();

    // Outside of the window nothing is said of it.
    ChainLines window = new ChainLines("acme", START.plusSeconds(1), null);
    window.line(9, EventJson.bytes(chain.get(0)));
    window.line(2, EventJson.bytes(chain.get(1)));
    assertThat(window.report(head(chain.get(1))).ok()).isTrue();
  }

  @Test
  void a_row_of_schema_7_has_no_number_and_may_be_stored_under_any() {
    AuditEvent event = RandomEvents.call("acme").stored(AuditField.SCHEMA_VERSION, "7").build();
    // As the reference stored it: without what its schema does not hash.
    AuditEvent plain = event.toBuilder().callId("").stored(AuditField.PHASE, "").build();
    StoredEvent old = AuditChain.link(plain, 0, "");
    ChainLines lines = all();
    lines.line(17, EventJson.bytes(old));
    VerificationReport report = lines.report(new ChainHead("acme", 1, old.hash(), plain.at()));
    assertThat(report.broken()).isNull();
    assertThat(report.verified()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TENANT, acme, true",
    "TENANT, acm, false",
    "TENANT, acmee, false",
    "TOOL, read_invoice, true",
    "TOOL, '', false",
    "CHECK, '', true",
    "CHECK, policy, false",
    "SESSION_ID, '', true"
  })
  void a_column_must_say_what_the_event_says(AuditField field, String stored, boolean same) {
    BrokenEvent broken = besides(field, stored, null);
    if (same) {
      assertThat(broken).isNull();
    } else {
      assertThat(broken).isNotNull();
      assertThat(broken.how()).isEqualTo(Break.CHANGED);
      assertThat(broken.seq()).isEqualTo(1);
      assertThat(broken.detail())
          .isEqualTo("its column " + field.wireName() + " does not say what the event says");
    }
    assertThat(besides(field, stored, START.plusSeconds(1))).as("before the window").isNull();
  }

  @Test
  void a_column_is_compared_as_it_is_escaped_in_the_line() {
    assertThat(besides(AuditField.REASON, ChainLines.escaped("caf\u00e9 \"0\""), null)).isNull();
    assertThat(besides(AuditField.REASON, "caf\u00e9 \"0\"", null)).isNotNull();
    assertThat(ChainLines.escaped("a\"<\u0000\u00e9")).isEqualTo("a\\\"\\u003c\\u0000\u00e9");
    assertThat(ChainLines.escaped("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "-1, false", "1000000, false"})
  void the_time_beside_a_row_is_that_of_the_event_to_the_microsecond(long off, boolean same) {
    AuditEvent event = RandomEvents.call("acme").build();
    StoredEvent row = AuditChain.link(event, 1, "");
    long micros = event.at().getEpochSecond() * 1_000_000 + 123_456;
    for (Instant from : new Instant[] {null, event.at().plusSeconds(9)}) {
      ChainLines lines = new ChainLines("acme", from, null);
      lines.line(1, EventJson.bytes(row));
      lines.besideTime(micros + off);
      BrokenEvent broken = lines.report(head(row)).broken();
      if (same || from != null) {
        assertThat(broken).isNull();
      } else {
        assertThat(broken).isNotNull();
        assertThat(broken.detail()).contains("column ts");
      }
    }
  }

  @Test
  void a_time_that_cannot_be_read_is_a_break_in_any_window() {
    String odd = EventJson.text(chain.get(0)).replace("2026-05-11T22:30:00Z", "2026-05-11");
    for (Instant from : new Instant[] {null, START.plusSeconds(100)}) {
      ChainLines lines = new ChainLines("acme", from, null);
      lines.line(1, odd.getBytes(UTF_8));
      lines.besideTime(0);
      BrokenEvent broken = lines.report(head(chain.get(0))).broken();
      assertThat(broken).isNotNull();
      assertThat(broken.how()).isIn(Break.UNREADABLE, Break.CHANGED);
    }
  }

  @Test
  void with_an_end_the_head_beyond_it_is_not_asked_for() {
    ChainLines lines = new ChainLines("acme", null, START.plusSeconds(2));
    feed(lines, chain.subList(0, 3));
    VerificationReport report = lines.report(head(chain.get(4)));
    assertThat(report.ok()).isTrue();
    assertThat(report.verified()).isEqualTo(3);
  }
}
