package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who was seen and who calls whom, as the log tells it to each operator (admin contract 2.12). */
@Timeout(60)
class InventoryRoutesTest {
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": false, \"reason\": \"no\"}\n"
          + "decision := {\"allow\": true, \"reason\": \"yes\"} if"
          + " not startswith(input.tool, \"drop\")\n";

  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient root;
  private OperatorClient acme;

  @BeforeEach
  void start() throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    gate =
        TestGate.start(
            directory.resolve("data"),
            "POLICY_FILE",
            policy.toString(),
            "TENANT_ADMINS",
            "acme:fake-acme-token");
    root = OperatorClient.superadmin(gate);
    acme = new OperatorClient(gate, "fake-acme-token");
    String clerk = gate.mint(Grant.to("clerk").tenant("acme").zone("front"));
    calls(clerk, "one", "read_a", "drop_table", "agent:ledger");
    calls(clerk, "two", "read_a", "send_email");
    calls(gate.mint(Grant.to("clerk").tenant("globex")), "one", "read_b");
    gate.call("pay");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private void calls(String token, String task, String... tools) {
    for (String tool : tools) {
      gate.call(tool, "Authorization", "Bearer " + token, "X-Task-Id", task);
    }
  }

  private static List<String> said(JsonNode rows, String... members) {
    List<String> out = new ArrayList<>();
    for (JsonNode row : rows) {
      List<String> one = new ArrayList<>();
      for (String member : members) {
        one.add(row.path(member).isArray() ? row.path(member).toString() : text(row, member));
      }
      out.add(String.join(" ", one).replace("\"", ""));
    }
    return out;
  }

  private static String text(JsonNode row, String member) {
    return row.path(member).asText("-");
  }

  @Test
  void an_agent_is_one_for_each_tenant_with_what_it_called_and_what_that_hints_at() {
    JsonNode all = root.read("agents");

    assertThat(
            said(
                all.path("agents"),
                "agent_id",
                "tenant",
                "tools",
                "calls",
                "blocked",
                "session_count",
                "risk_signals"))
        .containsExactlyInAnyOrder(
            "clerk acme [agent:ledger,drop_table,read_a,send_email] 5 1 2"
                + " [outbound,production-data]",
            "clerk globex [read_b] 1 0 1 []",
            " - [pay] 1 0 0 [payment,unknown-identity]");
    assertThat(said(acme.read("agents").path("agents"), "tenant", "calls"))
        .containsExactly("acme 5");
    assertThat(said(root.read("agents?tenant=globex").path("agents"), "tenant", "calls"))
        .containsExactly("globex 1");
    assertThat(root.read("agents?tenant=nobody").path("events_scanned").asInt()).isZero();
  }

  @Test
  void what_an_operator_did_is_no_agents_call() {
    int before = root.read("agents").path("agents").size();
    root.done("mint", "{'subject':'minted-and-never-seen'}");
    root.done("revoke", "{'jti':'j'}");

    assertThat(root.read("agents").path("agents")).hasSize(before);
    assertThat(root.read("flow-map").toString()).doesNotContain("admin/", "minted-and-never");
  }

  @Test
  void an_edge_is_who_called_what_how_often_and_how_it_ended() {
    JsonNode graph = acme.read("flow-map").path("graph");

    assertThat(
            said(graph.path("edges"), "from", "to", "kind", "allow", "block", "escalate", "total"))
        .containsExactly(
            "clerk drop_table north_south 0 1 0 1",
            "clerk ledger east_west 1 0 0 1",
            "clerk read_a north_south 2 0 0 2",
            "clerk send_email north_south 1 0 0 1");
    assertThat(said(graph.path("nodes"), "id", "kind"))
        .containsExactly(
            "clerk agent", "drop_table tool", "ledger agent", "read_a tool", "send_email tool");
    assertThat(said(graph.path("edges"), "tenants", "decided_at", "policy_reason", "caller_zone"))
        .containsExactly(
            "[acme] policy no front",
            "[acme] policy yes front",
            "[acme] policy yes front",
            "[acme] policy yes front");
    assertThat(root.read("flow-map").at("/graph/edges").findValuesAsText("to"))
        .as("nobody's call has no edge")
        .doesNotContain("pay")
        .contains("read_b");
  }

  @ParameterizedTest
  @CsvSource({"limit=2,2,2", "limit=0,1,1", "limit=5000,1000,9", "limit=x,1000,9", ",1000,9"})
  void a_map_is_drawn_from_the_newest_events_as_many_as_are_asked_for(
      String query, int limit, int sampled) {
    JsonNode map = root.read("flow-map?" + (query == null ? "" : query));

    assertThat(map.path("limit").asInt()).isEqualTo(limit);
    assertThat(map.path("sampled").asInt()).isEqualTo(sampled);
  }

  @Test
  void what_is_recommended_is_what_was_allowed_and_nothing_that_was_refused() {
    JsonNode answer = acme.read("flow-map/recommend");

    assertThat(answer.at("/eastwest_config/allowed_pairs").toString())
        .isEqualTo("[[\"clerk\",\"ledger\"]]");
    assertThat(answer.at("/recommendation/allowed_pairs"))
        .isEqualTo(answer.at("/eastwest_config/allowed_pairs"));
    assertThat(answer.at("/recommendation/zone_tools/front").toString())
        .isEqualTo("[\"read_a\",\"send_email\"]");
    assertThat(answer.at("/zone_scope_config/scopes/front/tools"))
        .isEqualTo(answer.at("/recommendation/zone_tools/front"));
    assertThat(answer.toString()).doesNotContain("drop_table", "globex", "read_b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "read_invoice | {} | read single 0 true read on the target (single scope).",
        "transfer | {'amount_eur':12.345} | pay single 1235 false pay on the target (single scope),"
            + " moving 1235 cents, and cannot be taken back.",
        "transfer | {'amount_cents':7} | pay single 7 false pay on the target (single scope),"
            + " moving 7 cents, and cannot be taken back.",
        "transfer | {'amount':-5} | pay single 0 false pay on the target (single scope), and cannot"
            + " be taken back.",
        "drop_table | {'table':'t','limit':2} | delete bulk 0 false delete on t (bulk scope), and"
            + " cannot be taken back.",
        "update_row | {'id':7,'limit':1} | write single 0 true write on 7 (single scope).",
        "unheardof | {'filter':'*'} | unknown bulk 0 true unknown on the target (bulk scope)."
      })
  void a_preview_says_what_a_call_would_probably_do_and_does_nothing(
      String tool, String args, String said) {
    int before = gate.events().size();
    JsonNode answer = root.done("preview", "{'tool':'" + tool + "','args':" + args + "}");

    assertThat(
            String.join(
                " ",
                text(answer, "op"),
                text(answer, "scope"),
                text(answer, "magnitude_cents"),
                text(answer, "reversible"),
                text(answer, "blast_radius")))
        .isEqualTo(said);
    assertThat(gate.events()).hasSize(before);
  }
}
