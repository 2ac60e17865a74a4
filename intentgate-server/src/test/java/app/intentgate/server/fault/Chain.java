package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Gate;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    int allowed = check(gate, ledger, "");
    JsonNode verified = json(admin(gate, "GET", "/v1/admin/audit/verify?tenant=default", ""));
    assertThat(verified.path("ok").asBoolean()).as("%s", verified).isTrue();
    assertThat(verified.path("verified").asInt()).isGreaterThanOrEqualTo(allowed);
    return allowed;
  }

  /** Checks the same of what was answered since a time, without verifying the chain. */
  static void checkSince(Gate gate, Load.Ledger ledger, Instant begun) throws IOException {
    Instant from = begun.minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    check(gate, ledger, "&from=" + from);
  }

  private static int check(Gate gate, Load.Ledger ledger, String filter) throws IOException {
    assertThat(ledger.odd).as("answers that are neither decision nor failure").isEmpty();
    Map<String, Set<String>> decided = Map.of("allow", new HashSet<>(), "block", new HashSet<>());
    List<String> events = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    Answer export =
        admin(gate, "GET", "/v1/admin/audit/export?format=ndjson&tenant=default" + filter, "");
    assertThat(export.status()).as("%s", export).isEqualTo(200);
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
    assertThat(twice(events)).as("events that are there twice").isEmpty();
    assertThat(twice(calls)).as("calls that were decided twice").isEmpty();
    assertThat(without(ledger.allowed, decided.get("allow"))).as("missing, allowed").isEmpty();
    assertThat(without(ledger.denied, decided.get("block"))).as("missing, blocked").isEmpty();
    return decided.get("allow").size();
  }

  private static Set<String> twice(List<String> all) {
    Set<String> seen = new HashSet<>();
    return all.stream().filter(one -> !seen.add(one)).collect(Collectors.toSet());
  }

  private static Set<String> without(Set<String> answered, Set<String> stored) {
    Set<String> missing = new TreeSet<>(answered);
    missing.removeIf(stored::contains);
    return missing;
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

  /** Saves a policy draft of about so many bytes. */
  static Answer draft(Gate gate, int bytes) {
    String source =
        "package intentgate.policy\\nimport rego.v1\\ndefault decision := {\\\"allow\\\": true}\\n"
            + ("# " + "x".repeat(96) + "\\n").repeat(bytes / 100);
    String body = "{\"name\":\"large\",\"rego_source\":\"" + source + "\"}";
    return admin(gate, "POST", "/v1/admin/policies/drafts", body);
  }

  /** Revokes a token by its id. */
  static Answer revoke(Gate gate, String jti) {
    return admin(gate, "POST", "/v1/admin/revoke", "{\"jti\":\"" + jti + "\",\"reason\":\"x\"}");
  }

  /** The ids of the revoked tokens. */
  static List<String> revoked(Gate gate) throws IOException {
    return json(admin(gate, "GET", "/v1/admin/revocations", "")).findValuesAsText("jti");
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
