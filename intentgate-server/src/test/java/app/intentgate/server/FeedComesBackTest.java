package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.PolicyDraft;
import app.intentgate.server.exchange.Answer;
import app.intentgate.store.StoreUnavailableException;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gate that was cut off from its database, and what decides when it is back. */
@Timeout(120)
class FeedComesBackTest {
  private static final int STALE_MILLIS = 2_000;

  /** Enough that compiling them takes longer than a call does. */
  private static final int RULES = 1_500;

  @TempDir Path directory;

  /** A policy of many rules whose every decision says its number. */
  private static String policy(int number) {
    StringBuilder rego =
        new StringBuilder("package intentgate.policy\nimport rego.v1\n")
            .append("default decision := {\"allow\": false, \"reason\": \"number ")
            .append(number)
            .append("\"}\n");
    for (int i = 0; i < RULES; i++) {
      rego.append("rule_").append(i).append(" if input.tool == \"t").append(i).append("\"\n");
    }
    return rego.toString();
  }

  private static void promote(AdminClient admin, int number) {
    PolicyDraft draft = admin.policies().create("draft", policy(number), "test", "acme");
    assertThat(admin.policies().promote(draft, "test", "acme").swapped()).isTrue();
  }

  private static boolean isCutOff(TestGate gate) {
    try {
      var unused = gate.server().gate().killSwitches().engaged("acme", "agent");
      return false;
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  @Test
  void no_call_is_decided_by_the_policy_that_was_replaced_meanwhile() throws Exception {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        TestGate a = gate("a", url);
        TestGate b = gate("b", url.replaceFirst("@localhost:\\d+", "@localhost:" + proxy.port()));
        AdminClient admin =
            AdminClient.builder()
                .url("http://127.0.0.1:" + a.port())
                .token(TestGate.ADMIN)
                .build()) {
      String bearer = "Bearer " + a.mint(Grant.to("agent").tenant("acme"));
      promote(admin, 1);
      until(() -> call(b, bearer).contains("\"number 1\""));
      proxy.silent(true);
      until(() -> isCutOff(b));
      promote(admin, 2);
      proxy.silent(false);
      until(
          () -> {
            String said = call(b, bearer);
            assertThat(said).doesNotContain("\"number 1\"");
            return said.contains("\"number 2\"");
          });
    }
  }

  private TestGate gate(String name, String url) {
    return TestGate.start(
        directory.resolve(name),
        "STORE",
        "postgres",
        "POSTGRES_URL",
        url,
        "FEED_STALE_MS",
        String.valueOf(STALE_MILLIS));
  }

  private static String call(TestGate gate, String bearer) {
    Answer answer =
        gate.post("/v1/tool-call", "{\"tool\":\"read_x\",\"args\":{}}", "Authorization", bearer);
    return answer.text();
  }
}
