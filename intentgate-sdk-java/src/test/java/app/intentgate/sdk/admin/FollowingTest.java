package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads while it comes: streams of events, exports, long dry runs. */
@Timeout(60)
class FollowingTest {
  private final AdminGate gate = new AdminGate();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void close() {
    over.countDown();
    gate.close();
  }

  private static OutputStream begin(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void await(CountDownLatch latch) {
    try {
      latch.await(50, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A log of five events, two of which fit on each connection before it ends. */
  private void logThatEndsAfterTwo() {
    gate.gate.script(
        (exchange, seen) -> {
          String last = seen.header("Last-Event-ID");
          int from = last == null ? 0 : Integer.parseInt(last);
          try (OutputStream out = begin(exchange, "text/event-stream")) {
            for (int id = from + 1; id <= Math.min(from + 2, 5); id++) {
              write(out, "id: " + id + "\ndata: {\"seq\":" + id + "}\n\n");
            }
          }
        });
  }

  @Test
  void who_goes_on_after_the_last_event_reads_each_of_them_once() throws IOException {
    logThatEndsAfterTwo();
    List<String> read = new ArrayList<>();
    String last = "";
    for (int connection = 0; connection < 4; connection++) {
      try (GateEvents events = gate.admin.audit().follow("acme", last)) {
        for (GateEvent e = events.next(); e != null; e = events.next()) {
          read.add(e.data());
        }
        last = events.lastEventId().isEmpty() ? last : events.lastEventId();
      }
    }

    assertThat(read)
        .containsExactly("{\"seq\":1}", "{\"seq\":2}", "{\"seq\":3}", "{\"seq\":4}", "{\"seq\":5}");
    assertThat(gate.gate.requests)
        .extracting(seen -> seen.header("Last-Event-ID"))
        .containsExactly(null, "2", "4", "5");
    assertThat(gate.gate.requests)
        .allSatisfy(
            seen -> {
              assertThat(seen.path()).isEqualTo("/v1/admin/audit/stream?tenant=acme");
              assertThat(seen.header("Accept")).isEqualTo("text/event-stream");
              assertThat(seen.header("Authorization")).isEqualTo("Bearer " + AdminGate.TOKEN);
            });
  }

  @Test
  void approvals_are_followed_on_a_stream_of_their_own() throws IOException {
    gate.gate.always(
        200,
        Map.of("Content-Type", "text/event-stream"),
        "id: 1\nevent: approval\ndata: {\"pending_id\":\"p1\"}\n\n");

    try (GateEvents events = gate.admin.approvals().follow("", "")) {
      assertThat(events.next())
          .isEqualTo(new GateEvent("1", "approval", "{\"pending_id\":\"p1\"}"));
      assertThat(events.next()).isNull();
    }
    assertThat(gate.asked()).isEqualTo("GET /v1/admin/approvals/stream");
  }

  @Test
  void an_event_is_there_before_the_stream_goes_on() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    gate.gate.script(
        (exchange, seen) -> {
          try (OutputStream out = begin(exchange, "text/event-stream")) {
            write(out, ": connected\n\nid: 1\ndata: first\n\n");
            await(read);
            write(out, "id: 2\ndata: second\n\n");
          }
        });
    try (GateEvents events = gate.admin.audit().follow("", "")) {
      assertThat(events.next().data()).isEqualTo("first");
      read.countDown();
      assertThat(events.next().data()).isEqualTo("second");
    }
  }

  @Test
  void a_stream_that_is_refused_says_why() {
    gate.answering(403, "{\"error\":\"tenant in query does not match admin token's tenant\"}");

    assertThatThrownBy(() -> gate.admin.audit().follow("other", "7"))
        .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.isDenied()).isTrue())
        .hasMessageContaining("does not match");
  }

  @Test
  void an_export_is_read_while_the_gate_still_writes_it() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    gate.gate.script(
        (exchange, seen) -> {
          try (OutputStream out = begin(exchange, "application/x-ndjson")) {
            write(out, "{\"seq\":1}\n");
            await(read);
            write(out, "{\"seq\":2}\n");
          }
        });
    AuditQuery query = AuditQuery.builder().tenant("acme").limit(3).offset(5).build();
    try (InputStream body = gate.admin.audit().export("json", query, true)) {
      assertThat(new String(body.readNBytes(10), StandardCharsets.UTF_8))
          .isEqualTo("{\"seq\":1}\n");
      read.countDown();
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("{\"seq\":2}\n");
    }
    assertThat(gate.asked())
        .as("an export has no pages")
        .isEqualTo("GET /v1/admin/audit/export?tenant=acme&format=json&checkpoint=true");
  }

  @Test
  void an_export_that_is_cut_off_is_a_failure_and_no_short_export() throws IOException {
    gate.gate.script(
        (exchange, seen) -> {
          exchange.sendResponseHeaders(200, 1_000);
          write(exchange.getResponseBody(), "ts,event\n");
        });
    try (InputStream body = gate.admin.audit().export("csv", AuditQuery.all())) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void an_export_larger_than_any_answer_is_read_to_its_end() throws IOException {
    byte[] megabyte = new byte[1 << 20];
    gate.gate.script(
        (exchange, seen) -> {
          try (OutputStream out = begin(exchange, "text/csv")) {
            for (int i = 0; i < 66; i++) {
              out.write(megabyte);
            }
          }
        });
    try (InputStream body = gate.admin.audit().export("csv", AuditQuery.all())) {
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        bytes += n;
      }
      assertThat(bytes).isEqualTo(66L << 20);
    }
  }

  @Test
  void closing_an_export_early_lets_go_of_it() throws IOException {
    CountDownLatch broke = new CountDownLatch(1);
    gate.gate.script(
        (exchange, seen) -> {
          try (OutputStream out = begin(exchange, "text/csv")) {
            while (true) {
              write(out, "a,line\n".repeat(1_000));
            }
          } catch (IOException e) {
            broke.countDown();
          }
        });
    try (InputStream body = gate.admin.audit().export("csv", AuditQuery.all())) {
      assertThat(body.read()).isEqualTo('a');
    }
    await(broke);
    assertThat(broke.getCount()).as("the gate is told").isZero();
  }

  @Test
  void a_dry_run_tells_while_it_runs() throws IOException {
    gate.gate.always(
        200,
        Map.of("Content-Type", "application/x-ndjson"),
        "{\"progress\":1}\n{\"result\":{\"changed\":0}}\n");

    try (InputStream lines =
        gate.admin.policies().dryRunLines("package p", JsonObject.of("limit", JsonValue.of(5)))) {
      assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8)).contains("\"result\"");
    }

    assertThat(gate.asked())
        .isEqualTo("POST /v1/admin/policies/dry-run {\"limit\":5,\"rego\":\"package p\"}");
    assertThat(gate.last().header("Accept")).isEqualTo("application/x-ndjson");
  }
}
