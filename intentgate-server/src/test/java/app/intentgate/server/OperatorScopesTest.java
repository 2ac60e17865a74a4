package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody grants, keeps or takes away more than they have (B41). */
@Timeout(60)
class OperatorScopesTest {

  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient root;
  private OperatorClient acme;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token");
    root = OperatorClient.superadmin(gate);
    acme = new OperatorClient(gate, "fake-acme-token");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private String idOf(OperatorClient who) {
    return who.read("whoami").path("principal").asText().substring("operator:".length());
  }

  private int signsIn(String token) {
    return new OperatorClient(gate, token).get("whoami").status();
  }

  @Test
  void an_account_of_a_tenant_makes_accounts_of_that_tenant_alone() {
    OperatorClient made = acme.account("a", "'role':'admin'");
    OperatorClient below = made.account("b", "'role':'admin','tenant':' acme '");

    assertThat(below.read("whoami").path("tenant").asText()).isEqualTo("acme");
    assertThat(made.post("operators", "{'name':'n','role':'viewer','tenant':'globex'}").status())
        .isEqualTo(403);
    assertThat(below.get("integrations").status()).as("what all tenants share").isEqualTo(401);
    OperatorClient all = root.account("c", "'role':'admin'");
    assertThat(all.read("whoami").has("tenant")).isFalse();
    assertThat(all.get("integrations").status()).isEqualTo(200);
  }

  @Test
  void whoever_is_less_than_an_admin_makes_and_sees_no_accounts() {
    for (String role : List.of("viewer", "operator")) {
      OperatorClient who = root.account(role, "'role':'" + role + "'");
      Answer made = who.post("operators", "{'name':'n','role':'viewer'}");

      assertThat(refusal(made))
          .isEqualTo("403 this needs the role admin; this operator is a " + role);
      assertThat(who.get("operators").status()).isEqualTo(403);
      assertThat(who.post("operators/" + idOf(who) + "/rotate", "").status()).isEqualTo(403);
      assertThat(who.send("DELETE", "operators/" + idOf(who), "").status()).isEqualTo(403);
    }
    List<String> refusals =
        gate.events().stream()
            .map(StoredEvent::event)
            .filter(event -> event.tool().equals("admin/sign-in"))
            .map(event -> event.principal() + " " + event.reason())
            .toList();
    assertThat(refusals).hasSize(8).allMatch(text -> text.startsWith("operator:"));
    assertThat(refusals).allMatch(text -> text.endsWith("this needs the role admin"));
  }

  @Test
  void a_role_that_is_none_is_refused_by_name() {
    for (String role : List.of("", "root", "Admin ", "superadmin")) {
      Answer answer = root.post("operators", "{'name':'n','role':'" + role + "'}");

      assertThat(answer.status()).as(role).isEqualTo(400);
      assertThat(refusal(answer)).as(role).contains("viewer").contains("admin");
    }
    assertThat(root.read("operators").path("operators")).isEmpty();
  }

  @Test
  void a_token_replaced_at_once_works_no_more_and_one_with_grace_does_beside_the_new_one() {
    OperatorClient who = root.account("a", "'role':'viewer'");
    String id = idOf(who);

    String second = root.done("operators/" + id + "/rotate", "").path("token").asText();
    assertThat(signsIn(who.token())).isEqualTo(401);
    assertThat(signsIn(second)).isEqualTo(200);

    String third =
        root.done("operators/" + id + "/rotate", "{'grace_seconds':604800}").path("token").asText();
    assertThat(signsIn(second)).isEqualTo(200);
    assertThat(signsIn(third)).isEqualTo(200);

    root.done("operators/" + id + "/rotate", "{}");
    assertThat(List.of(signsIn(second), signsIn(third))).containsOnly(401);
  }

  @Test
  void an_account_that_ends_itself_is_ended() {
    OperatorClient who = root.account("a", "'role':'admin'");
    String id = idOf(who);

    Answer ended = who.send("DELETE", "operators/" + id, "");

    assertThat(ended.status()).isEqualTo(200);
    assertThat(TestGate.json(ended).at("/operator/revoked_at").asText()).isNotEmpty();
    assertThat(signsIn(who.token())).isEqualTo(401);
    assertThat(root.send("DELETE", "operators/" + id, "").status()).as("again").isEqualTo(200);
    assertThat(refusal(root.post("operators/" + id + "/rotate", "")))
        .isEqualTo("409 this operator is revoked or expired: make a new one");
  }

  @Test
  void an_account_that_was_made_with_an_end_works_until_then() {
    Instant soon = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    OperatorClient who = root.account("a", "'role':'viewer','expires_at':'" + soon + "'");

    assertThat(who.get("whoami").status()).isEqualTo(200);
    assertThat(root.read("operators").at("/operators/0/expires_at").asText())
        .isEqualTo(soon.toString());
  }

  @Test
  void a_list_shows_ones_own_scope_and_no_token_or_what_one_is_kept_as() {
    List<OperatorClient> all = new ArrayList<>();
    all.add(root.account("one", "'role':'viewer'"));
    all.add(root.account("two", "'role':'operator','tenant':'acme','subject':'bot'"));
    all.add(root.account("three", "'role':'admin','tenant':'globex'"));

    JsonNode seen = acme.read("operators").path("operators");

    assertThat(seen.findValuesAsText("name")).containsExactly("two");
    assertThat(seen.at("/0/subject").asText()).isEqualTo("bot");
    assertThat(root.read("operators").path("operators").findValuesAsText("name"))
        .containsExactly("one", "two", "three");
    Answer list = root.get("operators");
    for (OperatorClient who : all) {
      String secret = who.token().substring(who.token().lastIndexOf('_') + 1);
      assertThat(list.text()).doesNotContain(secret).doesNotContain("sha256");
      assertThat(gate.events().toString()).doesNotContain(secret);
    }
    assertThat(refusal(all.get(1).post("operators/x/rotate", ""))).startsWith("403 ");
    assertThat(refusal(acme.post("operators/" + idOf(all.get(0)) + "/rotate", "")))
        .isEqualTo("404 operator not found");
  }

  @Test
  void what_grants_more_than_one_has_is_refused_before_an_account_is_made() {
    OperatorClient made = acme.account("a", "'role':'admin'");

    Answer answer = made.post("operators", "{'name':'n','role':'admin','tenant':''}");

    assertThat(answer.status()).as("an empty tenant is one's own").isEqualTo(201);
    assertThat(TestGate.json(answer).at("/operator/tenant").asText()).isEqualTo("acme");
  }
}
