package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators who change the same policy in the same moment (B19, B20, B51). */
@Timeout(120)
class PoliciesAtOnceTest {
  @TempDir Path directory;

  private TestGate start(String store, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(
        store.equals("postgres")
            ? List.of("STORE", "", "POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase())
            : List.of("STORE", store));
    return TestGate.start(directory, all.toArray(String[]::new));
  }

  private static String body(String reason) {
    return "{'rego_source':'package intentgate.policy\\ndefault decision := {\\'allow\\': false,"
        + " \\'reason\\': \\'"
        + reason
        + "\\'}'}";
  }

  private static JsonNode draft(OperatorClient who, String reason) {
    return who.done("policies/drafts", body(reason));
  }

  private static String promotion(JsonNode draft) {
    return "{'draft_id':'" + draft.path("id").asText() + "','promoted_by':'p'}";
  }

  private static List<Answer> allAtOnce(
      OperatorClient who, String method, String path, List<String> bodies, String... headers)
      throws Exception {
    List<Callable<Answer>> tasks = new ArrayList<>();
    for (String body : bodies) {
      tasks.add(() -> who.send(method, path, body, headers));
    }
    return AtOnce.all(tasks);
  }

  private static List<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void promotions_come_one_after_the_other_and_the_last_decides(String store) throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        bodies.add(promotion(draft(who, "reason " + i)));
      }
      List<Answer> answers = allAtOnce(who, "POST", "policies/active", bodies);

      assertThat(statuses(answers)).containsOnly(200);
      JsonNode history = who.read("policies/history").path("history");
      assertThat(history).hasSize(5);
      assertThat(history.findValuesAsText("draft_id")).doesNotHaveDuplicates();
      JsonNode active = who.read("policies/active");
      String current = active.at("/active/current_draft_id").asText();
      assertThat(current).isEqualTo(history.at("/0/draft_id").asText());
      assertThat(active.at("/active/previous_draft_id").asText())
          .isEqualTo(history.at("/1/draft_id").asText());
      String source = active.at("/current_draft/rego_source").asText();
      assertThat(source).contains(TestGate.json(gate.call("t")).at("/error/data").asText());

      List<String> newestFirst = history.findValuesAsText("draft_id");
      for (int i = 1; i < 5; i++) {
        JsonNode back = who.done("policies/rollback", "{}");
        assertThat(back.at("/active/current_draft_id").asText()).isEqualTo(newestFirst.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void of_changes_to_the_same_revision_of_a_draft_one_counts_and_the_rest_are_told(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String path = "policies/drafts/" + draft(who, "first").path("id").asText();
      String etag = who.get(path).header("ETag");
      List<String> bodies = List.of(body("a"), body("b"), body("c"), body("d"));

      List<Answer> answers = allAtOnce(who, "PUT", path, bodies, "If-Match", etag);

      assertThat(statuses(answers)).containsExactly(200, 412, 412, 412);
      Answer kept = answers.stream().filter(answer -> answer.status() == 200).findFirst().get();
      Answer now = who.get(path);
      assertThat(TestGate.json(now)).isEqualTo(TestGate.json(kept));
      assertThat(TestGate.json(now).path("revision").asInt()).isEqualTo(2);
      for (Answer answer : answers) {
        if (answer.status() == 412) {
          assertThat(refusal(answer))
              .isEqualTo("412 the draft is at " + now.header("ETag") + " by now");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void without_a_revision_named_every_change_is_kept_as_one_of_its_own(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String path = "policies/drafts/" + draft(who, "first").path("id").asText();

      List<Answer> answers =
          allAtOnce(who, "PUT", path, List.of(body("a"), body("b"), body("c"), body("d")));

      List<Integer> revisions =
          answers.stream().map(answer -> TestGate.json(answer).path("revision").asInt()).toList();
      assertThat(revisions).containsExactlyInAnyOrder(2, 3, 4, 5);
      for (Answer answer : answers) {
        JsonNode saved = TestGate.json(answer);
        assertThat(who.read(path + "?revision=" + saved.path("revision").asInt())).isEqualTo(saved);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_draft_that_is_promoted_and_deleted_at_once_is_either_in_force_or_gone(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      for (int i = 0; i < 6; i++) {
        JsonNode draft = draft(who, "round " + i);
        String path = "policies/drafts/" + draft.path("id").asText();
        List<Answer> answers =
            AtOnce.all(
                List.of(
                    () -> who.post("policies/active", promotion(draft)),
                    () -> who.send("DELETE", path, "")));
        String now = who.read("policies/active").at("/active/current_draft_id").asText();
        if (answers.get(0).status() == 200) {
          assertThat(answers.get(1).status()).isEqualTo(409);
          assertThat(now).isEqualTo(draft.path("id").asText());
          assertThat(who.get(path).status()).isEqualTo(200);
        } else {
          assertThat(answers).extracting(Answer::status).containsExactly(404, 200);
          assertThat(now).isNotEqualTo(draft.path("id").asText());
          assertThat(who.get(path).status()).isEqualTo(404);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_proposal_is_decided_once_by_whoever_comes_first(String store) throws Exception {
    try (TestGate gate = start(store, "POLICY_REQUIRE_APPROVAL", "true")) {
      OperatorClient who = OperatorClient.superadmin(gate);
      OperatorClient ann = who.account("ann", "'role':'admin'");
      OperatorClient bob = who.account("bob", "'role':'admin'");
      for (int i = 0; i < 4; i++) {
        JsonNode draft = draft(who, "round " + i);
        who.done(
            "policies/propose",
            "{'draft_id':'" + draft.path("id").asText() + "','proposed_by':'root'}");
        int before = who.read("policies/history").path("history").size();
        List<Answer> answers =
            AtOnce.all(
                List.of(
                    () -> ann.post("policies/approve", "{'acted_by':'ann'}"),
                    () -> bob.post("policies/approve", "{'acted_by':'bob'}"),
                    () -> bob.post("policies/reject", "{'acted_by':'bob'}")));

        assertThat(statuses(answers)).as("%s", answers).containsExactly(200, 404, 404);
        boolean rejected = answers.get(2).status() == 200;
        JsonNode slot = who.read("policies/active").path("active");
        assertThat(slot.has("proposed_draft_id")).isFalse();
        assertThat(who.read("policies/history").path("history"))
            .hasSize(before + (rejected ? 0 : 1));
        if (!rejected) {
          assertThat(slot.path("approved_by").asText())
              .isEqualTo(answers.get(0).status() == 200 ? "ann" : "bob");
        }
      }
      assertThat(gate.server().gate().audit().verify("", null, null).ok()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void what_is_approved_is_what_was_named_though_another_is_proposed_meanwhile(String store)
      throws Exception {
    try (TestGate gate = start(store, "POLICY_REQUIRE_APPROVAL", "true")) {
      OperatorClient who = OperatorClient.superadmin(gate);
      OperatorClient ann = who.account("ann", "'role':'admin'");
      for (int i = 0; i < 4; i++) {
        JsonNode good = draft(who, "good " + i);
        JsonNode other = draft(who, "other " + i);
        String propose = "{'draft_id':'@','proposed_by':'root'}";
        who.done("policies/propose", propose.replace("@", good.path("id").asText()));
        List<Answer> answers =
            AtOnce.all(
                List.of(
                    () ->
                        who.post(
                            "policies/propose", propose.replace("@", other.path("id").asText())),
                    () ->
                        ann.post(
                            "policies/approve",
                            "{'acted_by':'ann','rego_sha256':'"
                                + good.path("rego_sha256").asText()
                                + "'}")));

        assertThat(answers.get(0).status()).isEqualTo(200);
        String now = who.read("policies/active").at("/active/current_draft_id").asText();
        assertThat(now).isNotEqualTo(other.path("id").asText());
        if (answers.get(1).status() == 200) {
          assertThat(now).isEqualTo(good.path("id").asText());
        } else {
          assertThat(answers.get(1).status()).isEqualTo(409);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void rollbacks_at_once_go_back_a_step_each_and_no_further_than_there_is(String store)
      throws Exception {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      for (int i = 0; i < 2; i++) {
        who.done("policies/active", promotion(draft(who, "reason " + i)));
      }
      List<Answer> answers =
          allAtOnce(who, "POST", "policies/rollback", Collections.nCopies(4, "{}"));

      assertThat(statuses(answers)).containsExactly(200, 200, 404, 404);
      assertThat(who.read("policies/active").path("active").has("current_draft_id")).isFalse();
      assertThat(who.read("policies/history").path("history")).hasSize(4);
    }
  }
}
