package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is secret in a configuration and in what operators send is in no answer to anybody. */
@Timeout(120)
class SecretsInAnswersTest {
  /** A variable, and the part of its value that is secret. */
  private static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.of(
              "UPSTREAM_URL", "http://127.0.0.1:9/mcp?key=fake-url-key",
              "UPSTREAM_AUTH_HEADER", "X-Key: fake-upstream-key",
              "TENANT_ADMINS", "acme:fake-acme-token",
              "SIEM_SPLUNK_URL",
                  "https://u:fake-splunk-password@splunk.example/x?t=fake-splunk-key",
              "SIEM_SPLUNK_TOKEN", "fake-splunk-token",
              "SIEM_DATADOG_API_KEY", "fake-datadog-key",
              "SIEM_SENTINEL_CLIENT_SECRET", "fake-sentinel-secret",
              "SIEM_KAFKA_BROKERS", "fake-kafka-password@broker:9092",
              "SIEM_WEBHOOK_URL", "https://hooks.example/x#fake-fragment"));

  private static final List<String> NEVER =
      List.of(
          TestGate.KEY,
          TestGate.ADMIN,
          "fake-url-key",
          "fake-upstream-key",
          "fake-acme-token",
          "fake-splunk-password",
          "fake-splunk-key",
          "fake-splunk-token",
          "fake-datadog-key",
          "fake-sentinel-secret",
          "fake-kafka-password",
          "fake-fragment",
          "fake-token-of-a-stranger");

  @TempDir Path directory;

  private TestGate start() {
    List<String> all = new ArrayList<>(List.of("METRICS_ENABLED", "true"));
    SECRETS.forEach((name, value) -> all.addAll(List.of(name, value)));
    return TestGate.start(directory, all.toArray(String[]::new));
  }

  private static void holdsNothing(String what, Answer answer, List<String> more) {
    assertThat(answer.status()).as(what).isPositive();
    String all = answer.headers() + answer.text();
    assertThat(all).as(what).doesNotContain(NEVER.toArray(String[]::new));
    more.forEach(secret -> assertThat(all).as(what).doesNotContain(secret));
  }

  @Test
  void no_route_gives_away_what_is_configured_or_what_was_minted() {
    try (TestGate gate = start()) {
      OperatorClient root = OperatorClient.superadmin(gate);
      String minted = root.done("mint", "{'subject':'bot','max_calls':3}").path("token").asText();
      String account = root.account("ann", "'role':'admin'").token();
      List<String> more = List.of(minted, account, account.substring(account.length() - 43));
      String call =
          gate.call("read_a", "Authorization", "Bearer " + minted).header("X-IntentGate-Call-Id");
      gate.get("/v1/admin/audit", "Authorization", "Bearer fake-token-of-a-stranger");
      gate.call("read_a", "Authorization", "Bearer fake-token-of-a-stranger");
      for (OperatorClient who :
          List.of(
              root,
              new OperatorClient(gate, "fake-acme-token"),
              new OperatorClient(gate, account))) {
        for (Route route : RouteTable.all()) {
          if (route.isAdmin() && route.method().equals("GET") && !route.path().endsWith("stream")) {
            String path =
                route.path().substring("/v1/admin/".length()).replaceAll("\\{[^}]*}", call);
            holdsNothing(route.name(), who.get(path), more);
          }
        }
        for (String format : List.of("csv", "ndjson")) {
          holdsNothing("export", who.get("audit/export?format=" + format), more);
        }
        holdsNothing("check", who.post("check", "{'tool':'t','token':'" + minted + "'}"), more);
        holdsNothing("proof", who.post("proof-of-intent", "{'event_id':'" + call + "'}"), more);
      }
      for (String path : List.of("/healthz", "/readyz", "/metrics", "/openapi.json")) {
        holdsNothing(path, gate.get(path), more);
      }
      assertThat(gate.events().toString()).doesNotContain(minted, account);
    }
  }

  @Test
  void what_is_refused_is_not_repeated_where_it_may_be_secret() {
    try (TestGate gate = start()) {
      OperatorClient root = OperatorClient.superadmin(gate);
      String stranger = "fake-token-of-a-stranger";
      List<Answer> answers =
          List.of(
              gate.get("/v1/admin/whoami", "Authorization", "Bearer " + stranger),
              gate.get("/v1/admin/whoami", "Authorization", stranger),
              root.post("check", "{'tool':'t','token':'" + stranger + "'}"),
              root.post("mint", "{'subject':'a','tools':'" + stranger + "'}"),
              root.post("operators", "{'name':'a','role':'" + "viewer" + "','expires_at':'x'}"),
              root.post("revoke", "{'token':'" + stranger + "'}"));
      for (Answer answer : answers) {
        holdsNothing(answer.toString(), answer, List.of());
      }
      assertThat(gate.events().toString()).doesNotContain(stranger);
    }
  }

  @Test
  void a_tenants_admin_sees_no_server_and_no_address_that_is_not_theirs() {
    String servers =
        "[{'name':'one','url':'http://127.0.0.1:9/a?key=fake-url-key','tenants':['acme']},"
            + "{'name':'two','url':'http://127.0.0.1:9/b','tenants':['globex']},"
            + "{'name':'three','url':'http://127.0.0.1:9/c'}]";
    try (TestGate gate =
        TestGate.start(
            directory,
            "UPSTREAMS",
            servers.replace('\'', '"'),
            "TENANT_ADMINS",
            "acme:fake-acme-token")) {
      OperatorClient root = OperatorClient.superadmin(gate);
      OperatorClient acme = new OperatorClient(gate, "fake-acme-token");

      assertThat(root.read("upstreams").path("upstreams").findValuesAsText("name"))
          .containsExactly("one", "two", "three");
      assertThat(acme.read("upstreams").path("upstreams").findValuesAsText("name"))
          .containsExactly("one", "three");
      assertThat(acme.get("upstreams").text()).doesNotContain("tenants", "globex", "fake-url");
      assertThat(root.read("upstreams").at("/upstreams/0/url").asText())
          .isEqualTo("http://127.0.0.1:9/a");
      assertThat(acme.read("upstreams").at("/upstreams/0/url").asText())
          .as("a path may be a secret, too")
          .isEqualTo("http://127.0.0.1:9");
      OperatorClient viewer = root.account("eve", "'role':'viewer'");
      assertThat(viewer.read("upstreams").findValuesAsText("url"))
          .containsOnly("http://127.0.0.1:9");
      assertThat(root.read("upstreams").at("/upstreams/0/tenants/0").asText()).isEqualTo("acme");
    }
  }
}
