package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.sdk.FakeGate;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log, read page by page. */
@Timeout(60)
class AuditPagesTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final AdminGate gate = new AdminGate();

  @AfterEach
  void close() {
    gate.close();
  }

  /** A log whose pages have these many events; each page's cursor is the number of the next. */
  private void log(int... sizes) {
    gate.gate.script(
        (exchange, seen) -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          int page =
              query.contains("cursor=p")
                  ? Integer.parseInt(query.split("cursor=p")[1].split("&")[0])
                  : 0;
          StringBuilder body = new StringBuilder("{\"events\":[");
          int first = IntStream.of(sizes).limit(page).sum();
          for (int i = 0; i < sizes[page]; i++) {
            body.append(i == 0 ? "" : ",").append("{\"seq\":").append(first + i).append('}');
          }
          body.append(']');
          if (page + 1 < sizes.length) {
            body.append(",\"next_cursor\":\"p").append(page + 1).append('"');
          }
          FakeGate.reply(exchange, 200, JSON, body.append("}").toString());
        });
  }

  private List<Long> all(AuditQuery query) {
    return StreamSupport.stream(gate.admin.audit().all(query).spliterator(), false)
        .map(AuditEntry::seq)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void however_the_log_is_cut_into_pages_every_event_is_read_once_and_in_order(long seed) {
    Random random = new Random(seed);
    int[] sizes = random.ints(1 + random.nextInt(8), 0, 4).toArray();
    log(sizes);

    assertThat(all(AuditQuery.all()))
        .containsExactlyElementsOf(
            IntStream.range(0, IntStream.of(sizes).sum()).mapToObj(Long::valueOf).toList());
    assertThat(gate.gate.requests).hasSize(sizes.length);
  }

  @Test
  void each_reading_begins_anew_and_a_page_is_asked_for_when_it_is_needed() {
    log(2, 1);
    Iterable<AuditEntry> events = gate.admin.audit().all(AuditQuery.all());
    assertThat(gate.gate.requests).isEmpty();

    Iterator<AuditEntry> first = events.iterator();
    first.next();
    first.next();
    assertThat(gate.gate.requests).as("the second page is not needed yet").hasSize(1);
    assertThat(first.next().seq()).isEqualTo(2);
    assertThatThrownBy(first::next).isInstanceOf(NoSuchElementException.class);

    assertThat(events.iterator().next().seq()).isZero();
  }

  @Test
  void the_filters_go_along_to_every_page_and_the_offset_to_the_first_alone() {
    log(1, 1);

    all(AuditQuery.builder().tenant("acme").tool("pay").offset(3).limit(1).count(true).build());

    assertThat(gate.gate.requests)
        .extracting(seen -> seen.path())
        .containsExactly(
            "/v1/admin/audit?tool=pay&tenant=acme&limit=1&offset=3&count=true",
            "/v1/admin/audit?tool=pay&tenant=acme&limit=1&cursor=p1&count=true");
  }

  @Test
  void a_page_that_leads_to_itself_ends_the_reading_and_not_never() {
    gate.answering("{\"events\":[],\"next_cursor\":\"round\"}");
    Iterator<AuditEntry> events = gate.admin.audit().all(AuditQuery.all()).iterator();

    assertThatThrownBy(events::hasNext)
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("leads to itself");
    assertThat(gate.gate.requests).hasSize(2);
  }

  @Test
  void a_page_that_is_refused_ends_the_reading_with_what_the_gate_said() {
    log(1, 1);
    Iterator<AuditEntry> events = gate.admin.audit().all(AuditQuery.all()).iterator();
    events.next();
    gate.answering(503, "{\"error\":\"store error: away\"}");

    assertThatThrownBy(events::hasNext)
        .isInstanceOf(AdminException.class)
        .hasMessage("HTTP 503: store error: away");

    log(1, 1);
    assertThat(events.next().seq()).as("it can be read on").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"total\":0} | 0",
        "{\"total\":-1} | -1",
        "{\"total\":9000000000} | 9000000000",
        "{\"total\":\"5\"} | none",
        "{\"total\":1.5} | none",
        "{\"total\":1e40} | none",
        "{} | none",
      })
  void the_total_is_there_where_the_gate_counted(String page, String total) {
    gate.answering(page);

    AuditEntries entries = gate.admin.audit().query(AuditQuery.all());

    assertThat(entries.total().isPresent() ? "" + entries.total().getAsLong() : "none")
        .isEqualTo(total);
    assertThat(entries.events()).isEmpty();
    assertThat(entries.nextCursor()).isNull();
  }

  @Test
  void an_event_is_read_by_its_members_and_kept_whole() {
    gate.answering(
        "{\"events\":[{\"ts\":\"2026-05-01T12:00:00.123456Z\",\"decision\":\"block\","
            + "\"check\":\"policy\",\"reason\":\"too much\",\"tool\":\"pay\",\"agent_id\":\"a\","
            + "\"call_id\":\"c1\",\"later\":{\"x\":1}}]}");

    AuditEntry entry = gate.admin.audit().query(AuditQuery.all()).events().get(0);

    assertThat(entry.at()).isEqualTo(Instant.parse("2026-05-01T12:00:00.123456Z"));
    assertThat(
            List.of(
                entry.decision(),
                entry.check(),
                entry.reason(),
                entry.tool(),
                entry.agentId(),
                entry.callId()))
        .containsExactly("block", "policy", "too much", "pay", "a", "c1");
    assertThat(entry.json().get("later")).hasToString("{\"x\":1}");
    assertThatThrownBy(entry::stored).isInstanceOf(AuditException.class);
  }
}
