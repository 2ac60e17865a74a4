package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose policy is a running OPA's. */
class OpaGateTest {
  @TempDir Path folder;

  private static AuditEvent last(TestGate gate) {
    return gate.server().gate().audit().query(AuditQuery.builder().build()).events().get(0).event();
  }

  @Test
  void opa_decides_and_its_bundle_is_on_the_chain() throws Exception {
    try (StubServer opa =
            new StubServer(
                request ->
                    StubServer.Reply.json(
                        request.json().at("/input/tool").asText().equals("read")
                            ? "{\"result\":{\"allow\":true,\"reason\":\"reads are fine\"},"
                                + "\"provenance\":{\"bundles\":{\"authz\":{\"revision\":\"r9\"}}}}"
                            : "{\"result\":{\"allow\":false,\"reason\":\"only reads\"}}"));
        TestGate gate = TestGate.start(folder, "OPA_URL", opa.url(), "OPA_TIMEOUT_MS", "30000")) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      String body = "{\"tool\":\"%s\",\"args\":{\"id\":7}}";
      String[] bearer = {"Authorization", "Bearer " + token};
      assertThat(gate.post("/v1/tool-call", body.formatted("read"), bearer).text())
          .contains("\"decision\":\"allow\"");
      assertThat(opa.seen().get(0).path())
          .isEqualTo("/v1/data/intentgate/policy/decision?provenance=true");
      assertThat(last(gate).bundleId()).isEqualTo("authz");
      assertThat(last(gate).bundleDigest()).isEqualTo("r9");
      assertThat(gate.post("/v1/tool-call", body.formatted("pay"), bearer).text())
          .contains("\"decision\":\"block\"")
          .contains("only reads");
      assertThat(last(gate).bundleId()).isEmpty();
    }
  }

  @Test
  void without_opa_every_call_is_refused() throws Exception {
    String gone;
    try (StubServer opa = new StubServer(r -> StubServer.Reply.json("{}"))) {
      gone = opa.url();
    }
    try (TestGate gate = TestGate.start(folder, "OPA_URL", gone, "OPA_TIMEOUT_MS", "30000")) {
      String token = gate.mint(Grant.to("bot").tenant("acme"));
      assertThat(
              gate.post(
                      "/v1/tool-call",
                      "{\"tool\":\"read\",\"args\":{}}",
                      "Authorization",
                      "Bearer " + token)
                  .text())
          .contains("\"decision\":\"block\"")
          .contains("the policy server cannot be reached")
          .doesNotContain("127.0.0.1");
    }
  }

  @Test
  void two_policies_are_one_too_many() {
    assertThatThrownBy(
            () ->
                TestGate.start(
                    folder, "OPA_URL", "http://127.0.0.1:1", "POLICY_FILE", folder + "/p.rego"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("each name a policy");
    assertThatThrownBy(() -> TestGate.start(folder, "OPA_URL", "http://127.0.0.1:1/?x=1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("without a query");
  }
}
