package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoredEvent;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may halt what, what it halts, and what is told and recorded of it (B41, B45). */
@Timeout(60)
class KillSwitchRoutesTest {
  private static final String GLOBAL = "{'scope':'global','reason':'r'}";

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

  private boolean passes(String agent, String tenant) {
    String token = gate.mint(Grant.to(agent).tenant(tenant));
    return gate.call("read_a", "Authorization", "Bearer " + token).text().contains("\"result\"");
  }

  private JsonNode listed(OperatorClient who) {
    return who.read("kill-switch").path("kill_switch");
  }

  private List<AuditEvent> acts() {
    return gate.events().stream()
        .map(StoredEvent::event)
        .filter(event -> event.tool().startsWith("admin/kill-switch"))
        .toList();
  }

  @Test
  void an_agent_of_one_tenant_is_halted_and_its_namesake_elsewhere_is_not() {
    acme.done("kill-switch", "{'scope':'AGENT','value':' bot '}");

    assertThat(passes("bot", "acme")).isFalse();
    assertThat(passes("bot", "globex")).isTrue();
    assertThat(passes("other", "acme")).isTrue();
    acme.done("kill-switch/release", "{'scope':'agent','value':'bot'}");
    assertThat(passes("bot", "acme")).isTrue();
  }

  @Test
  void a_tenant_is_halted_with_all_its_agents_and_nobody_else_is() {
    root.done("kill-switch", "{'scope':'tenant','tenant':' acme ','value':'ignored'}");

    assertThat(passes("bot", "acme")).isFalse();
    assertThat(passes("bot", "globex")).isTrue();
    assertThat(gate.call("read_a").text()).contains("\"result\"");
    JsonNode entry = listed(acme).get(0);
    assertThat(entry.path("type").asText()).isEqualTo("tenant");
    assertThat(entry.path("tenant").asText()).isEqualTo("acme");
    assertThat(entry.has("value")).isFalse();
    assertThat(entry.path("set_by").asText()).isEqualTo("superadmin");
  }

  @Test
  void everything_is_halted_by_an_admin_of_all_tenants_alone() {
    OperatorClient operator = root.account("o", "'role':'operator'");
    OperatorClient acmeOperator = acme.account("p", "'role':'operator'");
    OperatorClient viewer = root.account("v", "'role':'viewer'");
    for (OperatorClient who : List.of(acme, operator, acmeOperator)) {
      for (String path : List.of("kill-switch", "kill-switch/release")) {
        assertThat(refusal(who.post(path, GLOBAL)))
            .isEqualTo("403 only the superadmin may engage a global kill");
      }
    }
    assertThat(viewer.post("kill-switch", GLOBAL).status()).isEqualTo(403);
    assertThat(listed(root)).isEmpty();
    OperatorClient admin = root.account("a", "'role':'admin'");

    admin.done("kill-switch", GLOBAL);

    assertThat(passes("bot", "acme")).isFalse();
    assertThat(gate.call("read_a").text()).doesNotContain("\"result\"");
    assertThat(listed(acme).findValuesAsText("type")).containsExactly("global");
    assertThat(acme.post("kill-switch/release", GLOBAL).status()).isEqualTo(403);
    assertThat(passes("bot", "acme")).isFalse();
    root.done("kill-switch/release", GLOBAL);
    assertThat(passes("bot", "acme")).isTrue();
  }

  @Test
  void an_operator_of_a_tenant_sees_the_global_one_and_its_own_and_releases_only_its_own() {
    for (String tenant : List.of("acme", "globex")) {
      root.done("kill-switch", "{'scope':'tenant','tenant':'" + tenant + "'}");
      root.done("kill-switch", "{'scope':'agent','tenant':'" + tenant + "','value':'bot'}");
    }
    root.done("kill-switch", GLOBAL);

    assertThat(listed(root)).hasSize(5);
    assertThat(listed(acme)).hasSize(3);
    assertThat(listed(acme).toString()).doesNotContain("globex");
    acme.done("kill-switch/release", "{'scope':'tenant'}");
    acme.done("kill-switch/release", "{'scope':'agent','value':'bot'}");
    assertThat(listed(acme).findValuesAsText("type")).containsExactly("global");
    assertThat(listed(root)).hasSize(3);
  }

  @Test
  void engaged_again_it_keeps_when_it_first_was_and_each_act_is_recorded() {
    JsonNode first = root.done("kill-switch", "{'scope':'tenant','tenant':'acme','reason':'one'}");
    JsonNode again = acme.done("kill-switch", "{'scope':'tenant','reason':'two'}");

    assertThat(again.at("/entry/set_at")).isEqualTo(first.at("/entry/set_at"));
    assertThat(listed(root)).hasSize(1);
    acme.done("kill-switch/release", "{'scope':'tenant','reason':'three'}");
    acme.done("kill-switch/release", "{'scope':'tenant'}");

    assertThat(acts())
        .extracting(AuditEvent::principal)
        .containsExactly(
            "superadmin", "tenant-admin:acme", "tenant-admin:acme", "tenant-admin:acme");
    assertThat(acts()).extracting(AuditEvent::tenant).containsOnly("acme");
    assertThat(acts())
        .extracting(event -> event.tool() + " " + event.decision().wireName())
        .containsExactly(
            "admin/kill-switch/engage block",
            "admin/kill-switch/engage block",
            "admin/kill-switch/release allow",
            "admin/kill-switch/release allow");
    assertThat(acts().get(0).reason()).contains("one");
    assertThat(acts().get(2).reason()).contains("three");
  }

  @Test
  void engaged_by_many_at_once_it_is_one_switch() throws Exception {
    AtOnce.all(
        Collections.nCopies(
            4, () -> root.done("kill-switch", "{'scope':'tenant','tenant':'acme'}")));

    assertThat(listed(root)).hasSize(1);
    assertThat(acts()).hasSize(4);
    root.done("kill-switch/release", "{'scope':'tenant','tenant':'acme'}");
    assertThat(passes("bot", "acme")).isTrue();
  }
}
