package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Exports as a spreadsheet, a browser and an auditor get them (admin contract 2.8, B29, B33). */
@Timeout(60)
class AuditExportCellsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient who;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token");
    who = OperatorClient.superadmin(gate);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  /** The rows of a CSV text by RFC 4180, read a second way. */
  private static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end;
      String cell;
      if (text.charAt(at) == '"') {
        end = at + 1;
        while (text.charAt(end) != '"' || text.startsWith("\"\"", end)) {
          end += text.charAt(end) == '"' ? 2 : 1;
        }
        cell = text.substring(at + 1, end).replace("\"\"", "\"");
        end++;
      } else {
        end = at;
        while (text.charAt(end) != ',' && text.charAt(end) != '\n') {
          end++;
        }
        cell = text.substring(at, end);
      }
      row.add(cell);
      if (text.charAt(end) == '\n') {
        rows.add(row);
        row = new ArrayList<>();
      } else {
        assertThat(text.charAt(end)).isEqualTo(',');
      }
      at = end + 1;
    }
    assertThat(row).as("every row ends").isEmpty();
    return rows;
  }

  private void flat(String tool) {
    JsonNode body = JSON.createObjectNode().put("tool", tool);
    assertThat(gate.post("/v1/tool-call", body.toString()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "'quoted",
        "a,b",
        "a\"b",
        "a\nb",
        " =1",
        "\u00e9=1"
      })
  void a_name_is_one_cell_and_no_formula_and_every_column_is_there(String tool) {
    flat(tool);

    List<List<String>> rows = rows(who.get("audit/export").text());

    assertThat(rows).hasSize(2);
    List<String> header = rows.get(0);
    assertThat(rows.get(1)).hasSize(header.size());
    String cell = rows.get(1).get(header.indexOf("tool"));
    boolean risky = "=+-@\t\r'".indexOf(tool.charAt(0)) >= 0;
    assertThat(cell).isEqualTo(risky ? "'" + tool : tool);
    assertThat(header.subList(0, 22))
        .containsExactly(
            ("ts,event,schema_version,decision,check,reason,tenant,agent_id,session_id,tool,"
                    + "arg_keys,capability_token_id,root_capability_token_id,caveat_count,"
                    + "pending_id,decided_by,intent_summary,latency_ms,remote_ip,upstream_status,"
                    + "requires_step_up,elevation_id")
                .split(","));
    assertThat(header).endsWith("prev_hash", "hash").doesNotHaveDuplicates();
  }

  @Test
  void each_cell_says_what_the_event_says() throws Exception {
    gate.call("read_a", "Authorization", "Bearer " + gate.mint(Grant.to("-bot").tenant("acme")));
    gate.post("/v1/tool-call", "{\"tool\":\"pay\",\"args\":{\"b\":1,\"=a\":2}}");
    Answer lines = who.get("audit/export?format=json");
    List<List<String>> rows = rows(who.get("audit/export").text());

    List<String> events = lines.text().lines().toList();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = JSON.readTree(events.get(i));
      for (String member : List.of("ts", "decision", "reason", "tenant", "tool", "hash", "seq")) {
        String cell = rows.get(i + 1).get(rows.get(0).indexOf(member));
        assertThat(cell).as(member).isEqualTo(event.path(member).asText());
      }
    }
    List<String> header = rows.get(0);
    assertThat(rows.get(2).get(header.indexOf("agent_id"))).isEqualTo("'-bot");
    assertThat(rows.get(3).get(header.indexOf("arg_keys"))).isEqualTo("b;=a");
    assertThat(rows.get(3).get(header.indexOf("caveat_count"))).isEqualTo("0");
    assertThat(rows.get(3).get(header.indexOf("requires_step_up"))).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme | acme",
        "a b | a_b",
        "a\"b;c | a_b_c",
        "../../etc/passwd | .._.._etc_passwd",
        "caf\u00e9 | caf_"
      })
  void a_file_is_called_by_its_tenant_and_nothing_that_means_something(String tenant, String part) {
    String query = URLEncoder.encode(tenant, StandardCharsets.UTF_8);
    for (String format : List.of("csv", "ndjson")) {
      Answer answer = who.get("audit/export?format=" + format + "&tenant=" + query);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Disposition"))
          .matches(
              "attachment; filename=\"intentgate-audit-\\Q"
                  + part
                  + "\\E-\\d{8}T\\d{6}Z\\."
                  + format
                  + "\"");
    }
  }

  @Test
  void a_tenant_of_two_lines_makes_no_header_of_its_own() {
    Answer answer = who.get("audit/export?tenant=a%0D%0AX-Evil:%201");

    assertThat(answer.header("X-Evil")).isNull();
    assertThat(answer.header("Content-Disposition")).contains("audit-a__X-Evil__1-2");
  }

  @Test
  void a_long_tenant_makes_a_short_name_and_all_tenants_are_called_all() {
    assertThat(who.get("audit/export?tenant=" + "t".repeat(200)).header("Content-Disposition"))
        .contains("audit-" + "t".repeat(64) + "-2");
    assertThat(who.get("audit/export").header("Content-Disposition")).contains("audit-all-2");
    assertThat(new OperatorClient(gate, "fake-acme-token").get("audit/export").headers().toString())
        .contains("audit-acme-2");
  }

  @ParameterizedTest
  @CsvSource({
    ",text/csv; charset=utf-8",
    "format=csv,text/csv; charset=utf-8",
    "format=CSV,text/csv; charset=utf-8",
    "format=json,application/x-ndjson",
    "format=NDJSON,application/x-ndjson"
  })
  void an_empty_log_is_a_header_or_nothing(String query, String type) {
    Answer answer = who.get("audit/export?" + (query == null ? "" : query));

    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase(type);
    assertThat(answer.text().lines().count()).isEqualTo(type.startsWith("text/csv") ? 1 : 0);
  }

  @Test
  void an_export_is_recorded_with_who_and_what_and_is_not_in_itself() {
    OperatorClient acme = new OperatorClient(gate, "fake-acme-token");
    OperatorClient operator = acme.account("o", "'role':'operator'");

    Answer answer = operator.get("audit/export?format=json", "X-IntentGate-Elevation-Id", "e-1");

    assertThat(answer.text()).doesNotContain("audit-export");
    AuditEvent own = last();
    assertThat(own.tool()).isEqualTo("admin/audit-export");
    assertThat(own.tenant()).isEqualTo("acme");
    assertThat(own.principal()).startsWith("operator:");
    assertThat(own.elevationId()).isEqualTo("e-1");
    assertThat(own.reason()).isEqualTo("audit exported: format=ndjson");
    assertThat(operator.get("audit/export?format=json").text()).contains("audit-export");
    OperatorClient viewer = acme.account("v", "'role':'viewer'");
    assertThat(refusal(viewer.get("audit/export")))
        .isEqualTo("403 this needs the role operator; this operator is a viewer");
    assertThat(last().tool()).isEqualTo("admin/sign-in");
  }

  private AuditEvent last() {
    List<StoredEvent> events = gate.events();
    return events.get(events.size() - 1).event();
  }

  @Test
  void what_is_refused_is_no_export() {
    for (String query : List.of("format=pdf", "from=x", "to=x", "tenant=globex")) {
      assertThat(new OperatorClient(gate, "fake-acme-token").get("audit/export?" + query).status())
          .as(query)
          .isIn(400, 403);
    }
    assertThat(gate.events()).isEmpty();
  }
}
