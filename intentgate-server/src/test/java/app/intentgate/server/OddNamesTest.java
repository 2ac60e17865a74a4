package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that no store can keep, or that a database finds nothing by: the asker's mistake, refused
 * before anything is done, and never a failure of the store.
 */
@Timeout(120)
class OddNamesTest {
  private static final String NUL = "\\u0000";
  private static final String HALF = "\\ud800";
  private static final String REGO = "'rego_source':'package intentgate.policy\\ndecision := {}'";

  /** Routes and bodies that name something by {@code @}, and the member that it is. */
  private static final List<List<String>> NAMED =
      List.of(
          List.of("revoke", "{'jti':'@'}", "jti"),
          List.of("revoke", "{'tenant':'@'}", "tenant"),
          List.of("kill-switch", "{'scope':'tenant','tenant':'@'}", "tenant"),
          List.of("kill-switch", "{'scope':'agent','tenant':'t','value':'@'}", "value"),
          List.of("kill-switch/release", "{'scope':'tenant','tenant':'@'}", "tenant"),
          List.of("kill-switch/release", "{'scope':'agent','tenant':'t','value':'@'}", "value"),
          List.of("mint", "{'subject':'a','tenant':'@'}", "tenant"),
          List.of(
              "exceptions/grant",
              "{'agent_id':'a','tools':['t'],'ttl_seconds':5,'exception_ref':'e','tenant':'@'}",
              "tenant"),
          List.of("operators", "{'name':'a','role':'viewer','tenant':'@'}", "tenant"),
          List.of("policies/drafts", "{'tenant':'@'," + REGO + "}", "tenant"),
          List.of("policies/active", "{'draft_id':'@'}", "draft_id"),
          List.of("policies/active", "{'draft_id':'d','tenant':'@'}", "tenant"),
          List.of("policies/propose", "{'draft_id':'@','proposed_by':'p'}", "draft_id"),
          List.of("policies/propose", "{'action':'rollback','to':'@','proposed_by':'p'}", "to"),
          List.of("policies/approve", "{'acted_by':'p','tenant':'@'}", "tenant"),
          List.of("policies/reject", "{'acted_by':'p','tenant':'@'}", "tenant"),
          List.of("policies/shadow", "{'draft_id':'@'}", "draft_id"),
          List.of("policies/rollback", "{'to':'@'}", "to"),
          List.of("policies/rollback", "{'tenant':'@'}", "tenant"),
          List.of("policies/dry-run", "{'rego':'package p','tenant':'@'}", "tenant"));

  @TempDir Path directory;

  private TestGate start(String store) {
    return store.equals("postgres")
        ? TestGate.start(
            directory, "STORE", "", "POSTGRES_URL", EmbeddedPostgresServer.newMigratedDatabase())
        : TestGate.start(directory, "STORE", store);
  }

  /** Letters and digits that a database cannot pack into less. */
  private static String incompressible(int length) {
    Random random = new Random(7);
    StringBuilder out = new StringBuilder(length);
    while (out.length() < length) {
      out.append(Integer.toString(random.nextInt(36), 36));
    }
    return out.toString();
  }

  private static void nothingWasDone(TestGate gate, OperatorClient who) {
    assertThat(gate.events()).isEmpty();
    assertThat(who.read("kill-switch").path("kill_switch")).isEmpty();
    assertThat(who.read("revocations").path("revocations")).isEmpty();
    assertThat(who.read("policies/drafts").path("drafts")).isEmpty();
    assertThat(who.read("operators").path("operators")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_name_that_no_store_can_keep_is_refused_by_its_member_and_nothing_is_done(String store) {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      for (List<String> named : NAMED) {
        for (String odd : List.of(NUL, "a" + NUL + "b", HALF)) {
          Answer answer = who.post(named.get(0), named.get(1).replace("@", odd));
          assertThat(refusal(answer))
              .as("%s %s", named, odd)
              .isEqualTo(
                  "400 "
                      + named.get(2)
                      + " holds a NUL or half a character, which no store can keep");
        }
      }
      nothingWasDone(gate, who);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_name_longer_than_an_index_takes_is_refused_and_nothing_is_done(String store) {
    String tooLong = incompressible(2_001);
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      for (List<String> named : NAMED) {
        Answer answer = who.post(named.get(0), named.get(1).replace("@", tooLong));
        assertThat(refusal(answer))
            .as("%s", named)
            .isEqualTo("400 " + named.get(2) + " is too long: it may have 2000 bytes as JSON");
      }
      for (String body : List.of("{'subject':'@'}", "{'subject':'" + NUL + "@'}")) {
        assertThat(refusal(who.post("mint", body.replace("@", tooLong))))
            .isEqualTo("400 subject is too long: it may have 2000 bytes as JSON");
      }
      assertThat(
              refusal(
                  who.post(
                      "exceptions/grant",
                      "{'agent_id':'"
                          + tooLong
                          + "','tools':['t'],'ttl_seconds':5,'exception_ref':'e'}")))
          .isEqualTo("400 agent_id is too long: it may have 2000 bytes as JSON");
      String half = tooLong.substring(0, 1_301);
      assertThat(refusal(who.post("mint", "{'subject':'" + half + "','tenant':'" + half + "'}")))
          .isEqualTo("400 tenant with subject is too long: it may have 2600 bytes as JSON");
      assertThat(
              refusal(
                  who.post(
                      "exceptions/grant",
                      "{'agent_id':'@','tenant':'@','tools':['t'],'ttl_seconds':5,'exception_ref':'e'}"
                          .replace("@", half))))
          .isEqualTo("400 tenant with agent_id is too long: it may have 2600 bytes as JSON");
      assertThat(refusal(who.get("audit/export?tenant=" + tooLong)))
          .isEqualTo("400 tenant is too long: it may have 2000 bytes as JSON");
      nothingWasDone(gate, who);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void a_name_of_exactly_that_length_is_stored_and_found(String store) {
    String longest = incompressible(2_000);
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      String half = longest.substring(0, 1_000);

      who.done("revoke", "{'jti':'" + longest + "'}");
      who.done("mint", "{'subject':'" + longest + "'}");
      who.done("kill-switch", "{'scope':'agent','tenant':'" + half + "','value':'" + half + "'}");

      assertThat(who.read("revocations").at("/revocations/0/jti").asText()).isEqualTo(longest);
      assertThat(who.read("audit?agent_id=" + longest).path("events")).hasSize(1);
      assertThat(who.read("kill-switch").at("/kill_switch/0/value").asText()).isEqualTo(half);
      assertThat(
              refusal(
                  who.post(
                      "kill-switch", "{'scope':'agent','tenant':'t','value':'" + longest + "'}")))
          .isEqualTo("400 tenant with value is too long: it may have 2000 bytes as JSON");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite", "postgres"})
  void asking_for_what_no_store_can_have_is_a_mistake_or_finds_nothing(String store) {
    try (TestGate gate = start(store)) {
      OperatorClient who = OperatorClient.superadmin(gate);
      for (String path : List.of("drafts", "active", "history", "shadow")) {
        assertThat(refusal(who.get("policies/" + path + "?tenant=a%00")))
            .as(path)
            .isEqualTo("400 tenant holds a NUL or half a character, which no store can keep");
      }
      for (String path : List.of("active", "shadow")) {
        assertThat(refusal(who.send("DELETE", "policies/" + path + "?tenant=a%00", "")))
            .as(path)
            .isEqualTo("400 tenant holds a NUL or half a character, which no store can keep");
      }
      for (String filter :
          List.of("agent_id", "tool", "tenant", "decision", "check", "jti", "call_id")) {
        assertThat(who.read("audit?" + filter + "=%00").path("events")).as(filter).isEmpty();
      }
      for (String filter : List.of("status", "tenant", "tool", "agent_id")) {
        assertThat(who.read("approvals?" + filter + "=a%00b").path("approvals"))
            .as(filter)
            .isEmpty();
      }
      assertThat(who.read("tokens?subject=a%00b").path("tokens")).isEmpty();
      assertThat(gate.get("/readyz").status()).isEqualTo(200);
    }
  }
}
