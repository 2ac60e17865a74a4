package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The filters of the audit log against a second reading of the same events: what a query gives and
 * what an export gives are the events whose members are what was asked for, and no others.
 */
@Timeout(120)
class AuditFiltersTest {
  /** Each filter, and the member of an event that it is about. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "agent_id", "agent_id",
          "tool", "tool",
          "decision", "decision",
          "check", "check",
          "jti", "capability_token_id",
          "tenant", "tenant",
          "elevation_id", "elevation_id",
          "call_id", "call_id");

  @TempDir Path directory;

  private TestGate start(String store) {
    return store.equals("postgres")
        ? TestGate.start(
            directory, "STORE", "", "POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase())
        : TestGate.start(directory, "STORE", store);
  }

  /** Events of calls and of operators that share members in many ways. */
  private static void traffic(TestGate gate) {
    OperatorClient who = OperatorClient.superadmin(gate);
    String[] elevated = {"X-IntentGate-Elevation-Id", "elev-1"};
    who.post("mint", "{'subject':'bot','tenant':'acme'}", elevated);
    who.post("revoke", "{'jti':'gone','reason':'=r'}", elevated);
    for (String tenant : List.of("acme", "globex")) {
      for (String agent : List.of("bot", "crawler \u00e9", "a\"b")) {
        String token = gate.mint(Grant.to(agent).tenant(tenant));
        gate.call("read_a", "Authorization", "Bearer " + token);
        gate.call("drop", "Authorization", "Bearer " + token);
      }
    }
    gate.call("read_a");
    gate.call("drop", "Authorization", "Bearer nonsense");
  }

  private static List<JsonNode> events(JsonNode page) {
    List<JsonNode> out = new ArrayList<>();
    page.path("events").forEach(out::add);
    return out;
  }

  private static boolean passes(JsonNode event, Map<String, String> filters) {
    return filters.entrySet().stream()
        .allMatch(
            filter ->
                switch (filter.getKey()) {
                  case "from" -> !at(event).isBefore(Instant.parse(filter.getValue()));
                  case "to" -> !at(event).isAfter(Instant.parse(filter.getValue()));
                  default ->
                      filter.getValue().isEmpty()
                          || event
                              .path(MEMBERS.get(filter.getKey()))
                              .asText()
                              .equals(filter.getValue());
                });
  }

  private static Instant at(JsonNode event) {
    return Instant.parse(event.path("ts").asText());
  }

  private static String query(Map<String, String> filters) {
    StringBuilder out = new StringBuilder();
    filters.forEach(
        (name, value) ->
            out.append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return out.toString();
  }

  /** Every value that a filter could be about, one that none has, and the same in other letters. */
  private static List<String> values(List<JsonNode> all, String filter) {
    TreeSet<String> out = new TreeSet<>(List.of("", "nothing has this"));
    for (JsonNode event : all) {
      String value = event.path(MEMBERS.get(filter)).asText();
      out.add(value);
      out.add(value.toUpperCase(Locale.ROOT));
      out.add(value + "%");
      if (!filter.equals("tenant")) {
        // Of a tenant what stands around it is no part.
        out.add(value + " ");
      }
    }
    return List.copyOf(out);
  }

  private static List<Map<String, String>> asked(List<JsonNode> all) {
    List<Map<String, String>> out = new ArrayList<>();
    for (String filter : new TreeSet<>(MEMBERS.keySet())) {
      for (String value : values(all, filter)) {
        out.add(Map.of(filter, value));
      }
    }
    Random random = new Random(20);
    List<String> names = List.copyOf(new TreeSet<>(MEMBERS.keySet()));
    for (int i = 0; i < 60; i++) {
      Map<String, String> several = new LinkedHashMap<>();
      JsonNode like = all.get(random.nextInt(all.size()));
      for (int n = 0; n < 3; n++) {
        String name = names.get(random.nextInt(names.size()));
        JsonNode of = random.nextInt(3) == 0 ? all.get(random.nextInt(all.size())) : like;
        several.put(name, of.path(MEMBERS.get(name)).asText());
      }
      out.add(several);
    }
    return out;
  }

  private static void agree(OperatorClient who, List<JsonNode> all, Map<String, String> filters) {
    List<JsonNode> wanted = all.stream().filter(event -> passes(event, filters)).toList();
    JsonNode page = who.read("audit?limit=1000&count=true" + query(filters));

    assertThat(events(page)).as("%s", filters).isEqualTo(wanted);
    assertThat(page.path("total").asInt()).as("%s", filters).isEqualTo(wanted.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void each_filter_and_several_together_take_the_events_that_are_exactly_that(String store) {
    try (TestGate gate = start(store)) {
      traffic(gate);
      OperatorClient who = OperatorClient.superadmin(gate);
      List<JsonNode> all = events(who.read("audit?limit=1000"));
      for (Map<String, String> filters : asked(all)) {
        agree(who, all, filters);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void both_ends_of_a_time_are_within_it_and_a_microsecond_beyond_is_not(String store) {
    try (TestGate gate = start(store)) {
      traffic(gate);
      OperatorClient who = OperatorClient.superadmin(gate);
      List<JsonNode> all = events(who.read("audit?limit=1000"));
      for (JsonNode event : List.of(all.get(0), all.get(9), all.get(all.size() - 1))) {
        for (int nanos : List.of(-1_000, -1, 0, 1, 1_000)) {
          String time = at(event).plusNanos(nanos).toString();
          agree(who, all, Map.of("from", time));
          agree(who, all, Map.of("to", time));
          agree(who, all, Map.of("from", time, "to", time, "tool", "drop"));
        }
      }
      agree(
          who,
          all,
          Map.of("from", at(all.get(0)).toString(), "to", at(all.get(all.size() - 1)).toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite", "postgres"})
  void an_export_has_the_same_events_oldest_first(String store) throws IOException {
    try (TestGate gate = start(store)) {
      traffic(gate);
      OperatorClient who = OperatorClient.superadmin(gate);
      List<JsonNode> all = events(who.read("audit?limit=1000"));
      for (Map<String, String> filters :
          List.of(
              Map.<String, String>of(),
              Map.of("tenant", "acme"),
              Map.of("tool", "drop", "decision", "block"),
              Map.of("agent_id", "a\"b"),
              Map.of("elevation_id", "elev-1"),
              Map.of("from", at(all.get(9)).toString(), "to", at(all.get(3)).toString()),
              Map.of("check", "nothing has this"))) {
        List<JsonNode> wanted =
            new ArrayList<>(all.stream().filter(event -> passes(event, filters)).toList());
        Collections.reverse(wanted);
        List<JsonNode> exported = new ArrayList<>();
        for (String line :
            who.get("audit/export?format=ndjson" + query(filters)).text().lines().toList()) {
          JsonNode event = Vectors.JSON.readTree(line);
          if (!event.path("tool").asText().equals("admin/audit-export")) {
            exported.add(event);
          }
        }

        assertThat(exported).as("%s", filters).isEqualTo(wanted);
        long rows = who.get("audit/export?format=csv" + query(filters)).text().lines().count();
        assertThat(rows).as("%s", filters).isGreaterThanOrEqualTo(1 + wanted.size());
      }
    }
  }
}
