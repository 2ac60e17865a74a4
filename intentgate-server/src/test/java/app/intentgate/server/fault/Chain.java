package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Gate;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a gate has on its chain after a fault, over its admin routes. */
final class Chain {
  static final String ADMIN = "fault-admin";

  private Chain() {}

  /** Makes a token for {@code read_a}; with a limit of calls, or 0 for none. */
  static String mint(Gate gate, int maxCalls) throws IOException {
    String limit = maxCalls == 0 ? "" : ",\"max_calls\":" + maxCalls;
    String body = "{\"subject\":\"agent\",\"tools\":[\"read_a\"]" + limit + "}";
    return json(admin(gate, "POST", "/v1/admin/mint", body)).path("token").asText();
  }

  /**
   * Checks that every answered decision is on the chain, that nothing is there twice, and that the
   * chain verifies; gives how many calls were allowed on it.
   */
  static int check(Gate gate, Load.Ledger ledger) throws IOException {
    assertThat(ledger.odd).isEmpty();
    Map<String, Set<String>> decided = Map.of("allow", new HashSet<>(), "block", new HashSet<>());
    List<String> events = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    Answer export = admin(gate, "GET", "/v1/admin/audit/export?format=ndjson&tenant=default", "");
    assertThat(export.status()).isEqualTo(200);
    for (String line : export.text().split("\n")) {
      JsonNode event = Vectors.JSON.readTree(line);
      events.add(event.path("hash").asText());
      Set<String> same = decided.get(event.path("decision").asText());
      if (same != null && event.path("phase").asText().equals("decision") && event.has("call_id")) {
        String call = event.path("call_id").asText();
        calls.add(call);
        same.add(call);
      }
    }
    assertThat(events).doesNotHaveDuplicates();
    assertThat(calls).doesNotHaveDuplicates();
    assertThat(decided.get("allow")).containsAll(ledger.allowed);
    assertThat(decided.get("block")).containsAll(ledger.denied);
    JsonNode verified = json(admin(gate, "GET", "/v1/admin/audit/verify?tenant=default", ""));
    assertThat(verified.path("ok").asBoolean()).as("%s", verified).isTrue();
    assertThat(verified.path("verified").asInt()).isGreaterThanOrEqualTo(events.size());
    return decided.get("allow").size();
  }

  /** The calls that wait for a person. */
  static JsonNode pendingApprovals(Gate gate) throws IOException {
    return json(admin(gate, "GET", "/v1/admin/approvals?status=pending", "")).path("approvals");
  }

  /** Decides one of them. */
  static void decide(Gate gate, String id, String decision) throws IOException {
    String body = "{\"decision\":\"" + decision + "\",\"decided_by\":\"pat\"}";
    json(admin(gate, "POST", "/v1/admin/approvals/" + id + "/decide", body));
  }

  private static Answer admin(Gate gate, String method, String path, String body) {
    return RawHttp.call(
        gate.port(),
        method,
        path,
        List.of(Map.entry("Authorization", "Bearer " + ADMIN)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(Answer answer) throws IOException {
    assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
    return Vectors.JSON.readTree(answer.body());
  }
}
