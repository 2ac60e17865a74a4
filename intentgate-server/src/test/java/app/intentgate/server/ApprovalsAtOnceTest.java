package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several who decide, use or withdraw the same approval in the same moment (B14, B17). */
@Timeout(120)
class ApprovalsAtOnceTest {
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": false, \"escalate\": true, \"reason\": \"ask\"}\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approvals\": 2} if"
          + " input.tool == \"two\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"standing\":"
          + " {\"max_uses\": 3, \"ttl_seconds\": 600}}} if input.tool == \"often\"\n";

  @TempDir Path directory;

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(directory.resolve("policy.rego"), POLICY);
  }

  private TestGate start(String store, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "POLICY_FILE",
                directory.resolve("policy.rego").toString(),
                "APPROVAL_ASYNC",
                "true"));
    all.addAll(
        store.equals("postgres")
            ? List.of("STORE", "", "POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase())
            : List.of("STORE", store));
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(String[]::new));
  }

  private static Answer call(TestGate gate, String token, String tool) {
    return gate.call(tool, "Authorization", "Bearer " + token);
  }

  private static String pending(TestGate gate, String token, String tool) {
    return TestGate.json(call(gate, token, tool)).at("/error/data/pending_id").asText();
  }

  private static List<OperatorClient> operators(TestGate gate, int count) {
    List<OperatorClient> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(OperatorClient.superadmin(gate).account("op" + i, "'role':'operator'"));
    }
    return out;
  }

  private static List<String> acts(TestGate gate) {
    return gate.events().stream()
        .map(StoredEvent::event)
        .filter(event -> event.tool().equals("admin/approvals"))
        .map(AuditEvent::reason)
        .toList();
  }

  private static List<Answer> decideAtOnce(
      List<OperatorClient> operators, String id, List<String> decisions) throws Exception {
    List<Callable<Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      OperatorClient operator = operators.get(i);
      String body =
          "{'decision':'" + decisions.get(i % decisions.size()) + "','decided_by':'op" + i + "'}";
      tasks.add(() -> operator.post("approvals/" + id + "/decide", body));
    }
    return AtOnce.all(tasks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void of_four_who_decide_one_counts_and_the_others_see_what_was_decided(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      String token = gate.mint(Grant.to("bot"));
      List<OperatorClient> operators = operators(gate, 4);
      String id = pending(gate, token, "pay");

      List<Answer> answers = decideAtOnce(operators, id, List.of("approve", "reject"));

      JsonNode row = OperatorClient.superadmin(gate).read("approvals/" + id);
      assertThat(answers.stream().map(Answer::status).sorted().toList())
          .containsExactly(200, 409, 409, 409);
      for (int i = 0; i < answers.size(); i++) {
        Answer answer = answers.get(i);
        if (answer.status() == 200) {
          assertThat(TestGate.json(answer)).isEqualTo(row);
          assertThat(row.path("decided_by").asText()).isEqualTo("op" + i);
          assertThat(row.path("status").asText()).isEqualTo(i % 2 == 0 ? "approved" : "rejected");
        } else {
          assertThat(refusal(answer)).isEqualTo("409 already decided");
          assertThat(TestGate.json(answer).path("current")).isEqualTo(row);
        }
      }
      assertThat(acts(gate)).hasSize(1);
      String let = row.path("status").asText().equals("approved") ? "\"result\"" : "\"error\"";
      assertThat(call(gate, token, "pay").text()).contains(let);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_quorum_of_two_is_met_by_two_of_four_and_by_nobody_twice(String store) throws Exception {
    try (TestGate gate = start(store)) {
      String token = gate.mint(Grant.to("bot"));
      List<OperatorClient> operators = operators(gate, 2);
      String id = pending(gate, token, "two");

      List<Answer> twice =
          decideAtOnce(Collections.nCopies(3, operators.get(0)), id, List.of("approve"));
      assertThat(twice.stream().map(Answer::status).sorted().toList())
          .containsExactly(200, 409, 409);
      assertThat(call(gate, token, "two").text()).contains("-32019");

      List<OperatorClient> rest = new ArrayList<>(operators.subList(1, 2));
      rest.add(OperatorClient.superadmin(gate));
      List<Answer> more = decideAtOnce(rest, id, List.of("approve"));
      assertThat(more.stream().map(Answer::status).sorted().toList()).containsExactly(200, 409);
      JsonNode row = OperatorClient.superadmin(gate).read("approvals/" + id);
      assertThat(row.path("status").asText()).isEqualTo("approved");
      assertThat(row.path("approvals").findValuesAsText("principal"))
          .hasSize(2)
          .doesNotHaveDuplicates();
      assertThat(acts(gate))
          .as("each vote once; that it counted already may be said again")
          .containsOnlyOnce("approved, others have to agree (two)", "approved (two)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void of_four_calls_that_come_with_an_approval_one_goes_through(String store) throws Exception {
    try (TestGate gate = start(store)) {
      String token = gate.mint(Grant.to("bot"));
      String id = pending(gate, token, "pay");
      OperatorClient.superadmin(gate).done("approvals/" + id + "/decide", "{'decision':'approve'}");
      List<Callable<Answer>> calls =
          Collections.nCopies(
              4,
              () ->
                  gate.call(
                      "pay", "Authorization", "Bearer " + token, "X-IntentGate-Approval-Id", id));

      List<Answer> answers = AtOnce.all(calls);

      assertThat(answers).filteredOn(answer -> answer.text().contains("\"result\"")).hasSize(1);
      assertThat(OperatorClient.superadmin(gate).read("approvals/" + id).has("used_at")).isTrue();
      assertThat(gate.events())
          .filteredOn(stored -> stored.event().tool().equals("pay"))
          .filteredOn(stored -> stored.event().decision().wireName().equals("allow"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_standing_grant_is_used_as_often_as_it_says_by_however_many(String store) throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String token = gate.mint(Grant.to("bot"));
      String id = pending(gate, token, "often");
      who.done("approvals/" + id + "/decide", "{'decision':'approve'}");

      List<Answer> answers = AtOnce.all(Collections.nCopies(6, () -> call(gate, token, "often")));

      assertThat(answers).filteredOn(answer -> answer.text().contains("\"result\"")).hasSize(3);
      JsonNode row = who.read("approvals/grants").at("/grants/0");
      assertThat(row.path("pending_id").asText()).isEqualTo(id);
      assertThat(row.at("/standing/uses").asInt()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_grant_is_withdrawn_once_and_no_call_goes_through_after_that(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String token = gate.mint(Grant.to("bot"));
      String id = pending(gate, token, "often");
      who.done("approvals/" + id + "/decide", "{'decision':'approve'}");
      List<Answer> answers =
          AtOnce.all(
              List.of(
                  () -> who.send("DELETE", "approvals/grants/" + id, ""),
                  () -> call(gate, token, "often"),
                  () -> call(gate, token, "often")));

      assertThat(answers.get(0).status()).isEqualTo(200);
      assertThat(call(gate, token, "often").text()).contains("-32019");
      assertThat(who.read("approvals/grants").at("/grants/0/void_reason").asText())
          .isEqualTo("revoked by superadmin");
      assertThat(refusal(who.send("DELETE", "approvals/grants/" + id, "")))
          .isEqualTo("409 no longer in force");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void what_ran_out_of_time_is_decided_by_nobody(String store) {
    try (TestGate gate = start(store, "APPROVAL_ASYNC_TIMEOUT_S", "1")) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String token = gate.mint(Grant.to("bot"));
      String id = pending(gate, token, "pay");
      until(() -> who.read("approvals/" + id).path("status").asText().equals("timeout"));
      for (String decision : List.of("approve", "reject")) {
        Answer late = who.post("approvals/" + id + "/decide", "{'decision':'" + decision + "'}");

        assertThat(refusal(late)).isEqualTo("409 already decided");
        assertThat(TestGate.json(late).at("/current/status").asText()).isEqualTo("timeout");
      }
      JsonNode row = who.read("approvals?status=timeout").at("/approvals/0");
      assertThat(row.path("pending_id").asText()).isEqualTo(id);
      assertThat(row.path("decided_at")).isEqualTo(row.path("expires_at"));
      assertThat(row.has("decided_by_principal")).isFalse();
      assertThat(acts(gate)).isEmpty();
    }
  }
}
