package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the audit log, while events arrive between any two of them (B30). */
@Timeout(120)
class AuditPagesTest {
  private static final String AUTH = "Authorization";

  @TempDir Path directory;

  private TestGate start(String store) {
    return store.equals("postgres")
        ? TestGate.start(
            directory, "STORE", "", "POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase())
        : TestGate.start(directory, "STORE", store);
  }

  /** Calls of two tenants and of nobody, allowed and refused, in turn. */
  private static final class Traffic {
    private final TestGate gate;
    private final String acme;
    private final String globex;
    private int calls;

    Traffic(TestGate gate) {
      this.gate = gate;
      acme = "Bearer " + gate.mint(Grant.to("bot").tenant("acme"));
      globex = "Bearer " + gate.mint(Grant.to("bot").tenant("globex"));
    }

    void calls(int count) {
      for (int i = 0; i < count; i++) {
        String tool = calls % 2 == 0 ? "read_a" : "unheard_of";
        switch (calls++ % 3) {
          case 0 -> gate.call(tool, AUTH, acme);
          case 1 -> gate.call(tool, AUTH, globex);
          default -> gate.call(tool);
        }
      }
    }
  }

  private static List<String> hashes(TestGate gate, Predicate<StoredEvent> wanted) {
    List<String> out =
        new ArrayList<>(gate.events().stream().filter(wanted).map(StoredEvent::hash).toList());
    Collections.reverse(out);
    return out;
  }

  private static Predicate<StoredEvent> wanted(String filter) {
    String value = filter.substring(filter.indexOf('=') + 1);
    return switch (filter.substring(0, filter.indexOf('='))) {
      case "tenant" -> stored -> stored.event().tenant().equals(value);
      case "tool" -> stored -> stored.event().tool().equals(value);
      case "agent_id" -> stored -> stored.event().agentId().equals(value);
      case "decision" -> stored -> stored.event().decision().wireName().equals(value);
      default -> stored -> true;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void every_event_is_on_one_page_however_the_pages_are_cut_and_filtered(String store) {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      Traffic traffic = new Traffic(gate);
      traffic.calls(13);
      for (String filter :
          List.of("x=", "tenant=acme", "tool=read_a", "agent_id=bot", "decision=block")) {
        for (int limit : filter.equals("x=") ? List.of(1, 4) : List.of(3)) {
          List<String> there = hashes(gate, wanted(filter));
          List<String> seen = new ArrayList<>();
          String cursor = "";
          do {
            JsonNode page = who.read("audit?limit=" + limit + "&" + filter + cursor);
            assertThat(page.path("events").size()).isLessThanOrEqualTo(limit);
            page.path("events").forEach(event -> seen.add(event.path("hash").asText()));
            cursor = page.has("next_cursor") ? "&cursor=" + page.path("next_cursor").asText() : "";
            traffic.calls(1);
          } while (!cursor.isEmpty());

          assertThat(seen).as("%s by %s", filter, limit).isEqualTo(there);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void a_page_begins_at_its_offset_and_the_total_counts_what_passes_the_filters(String store) {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      new Traffic(gate).calls(5);
      List<String> all = hashes(gate, stored -> true);
      assertThat(all).as("two tokens and five calls").hasSize(7);
      for (int offset : List.of(0, 1, 6, 7, 8, Integer.MAX_VALUE)) {
        JsonNode page = who.read("audit?limit=3&count=true&offset=" + offset);
        List<String> seen = new ArrayList<>();
        page.path("events").forEach(event -> seen.add(event.path("hash").asText()));

        assertThat(seen)
            .as("from %s", offset)
            .isEqualTo(all.stream().skip(offset).limit(3).toList());
        assertThat(page.path("total").asInt()).isEqualTo(7);
        assertThat(page.path("offset").asInt()).isEqualTo(offset);
      }
      assertThat(who.read("audit?count=true&limit=1&tenant=acme").path("total").asInt())
          .isEqualTo(1 + 2);
      assertThat(who.read("audit?count=true&tenant=nobody").path("total").asInt()).isZero();
      assertThat(who.read("audit?limit=1").has("total")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=1,1,1,0",
    "limit=1000,1000,5,0",
    "limit=1001,1000,5,0",
    "limit=0,1,1,0",
    "limit=-7,1,1,0",
    "limit=x,100,5,0",
    "limit=2.5,100,5,0",
    "limit=99999999999999999999,100,5,0",
    "limit=,100,5,0",
    "limit=3&offset=x,3,3,0",
    "limit=3&offset=-1,3,3,0",
    "limit=3&offset=4,3,1,4",
    "limit=3&offset=5,3,0,5",
    "limit=3&offset=9223372036854775807,3,0,2147483647"
  })
  void a_size_or_a_start_that_is_none_is_the_nearest_or_the_usual_one(
      String query, int limit, int events, int offset) {
    try (TestGate gate = start("memory")) {
      for (int i = 0; i < 5; i++) {
        gate.call("read_" + i);
      }
      JsonNode page = OperatorClient.superadmin(gate).read("audit?" + query);

      assertThat(page.path("limit").asInt()).isEqualTo(limit);
      assertThat(page.path("events")).hasSize(events);
      assertThat(page.path("offset").asInt()).isEqualTo(offset);
    }
  }

  @Test
  void an_empty_log_is_one_empty_page_that_leads_on_when_there_is_more() {
    try (TestGate gate = start("memory")) {
      OperatorClient who = OperatorClient.superadmin(gate);

      JsonNode page = who.read("audit?count=true");

      assertThat(page.path("events")).isEmpty();
      assertThat(page.path("total").asInt()).isZero();
      assertThat(page.has("next_cursor")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void a_cursor_that_the_log_did_not_give_is_refused_and_nothing_of_it_is_repeated(String store) {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      new Traffic(gate).calls(4);
      String good = who.read("audit?limit=2").path("next_cursor").asText();
      for (String bad :
          List.of("0", "-1", "zzz", good + "x", "x" + good, "%00", "%20", "'--", "%F0%9F%98%80")) {
        Answer answer = who.get("audit?cursor=" + bad);
        if (answer.status() != 200) {
          assertThat(OperatorClient.refusal(answer)).as(bad).isEqualTo("400 invalid cursor");
        } else {
          // Some texts are places of the log by chance; then it leads there and nowhere else.
          assertThat(TestGate.json(answer).path("events").size()).as(bad).isLessThanOrEqualTo(4);
        }
      }
      assertThat(gate.get("/readyz").status()).isEqualTo(200);
    }
  }
}
