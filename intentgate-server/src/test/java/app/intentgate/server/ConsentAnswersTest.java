package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a person's answer on the page for consent, and what decides nothing. */
@Timeout(60)
class ConsentAnswersTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String URL = "https://gate.example";
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "decision := {\"allow\": false, \"escalate\": true,"
          + " \"approval\": {\"by\": \"user\"}}\n";

  @TempDir static Path directory;
  private static TestGate gate;
  private static String token;
  private static final AtomicInteger CALLS = new AtomicInteger();

  private String id;
  private String path;

  @BeforeAll
  static void start() throws Exception {
    gate =
        TestGate.start(
            directory.resolve("data"),
            "POLICY_FILE",
            Files.writeString(directory.resolve("policy.rego"), POLICY).toString(),
            "APPROVAL_ASYNC",
            "true",
            "PUBLIC_URL",
            URL);
    token = gate.mint(Grant.to("bot"));
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  @BeforeEach
  void call() {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\","
            + "\"arguments\":{\"n\":"
            + CALLS.incrementAndGet()
            + "}}}";
    Answer asked = gate.post("/v1/mcp", body, AUTH, "Bearer " + token);
    id = TestGate.json(asked).at("/error/data/pending_id").asText();
    path = row().at("/consent_url").asText().substring(URL.length());
  }

  private JsonNode row() {
    return TestGate.json(gate.get("/v1/admin/approvals/" + id, AUTH, SUPER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "decision=",
        "decision",
        "approve",
        "decision=approve ",
        " decision=approve",
        "decision=approve\n",
        "decision=Approve",
        "Decision=approve",
        "decision=approve&x=1",
        "x=1&decision=approve",
        "decision=approve&decision=reject",
        "decision=%61pprove",
        "{\"decision\":\"approve\"}",
        "decision=approve\u0000",
        "decision=approv\u0435"
      })
  void anythingButOneOfTheTwoButtonsDecidesNothing(String body) {
    assertThat(gate.post(path, body).status()).isEqualTo(400);
    assertThat(row().at("/status").asText()).isEqualTo("pending");
  }

  @Test
  void aLongBodyDecidesNothingAndTheFirstAnswerIsTheLast() {
    byte[] much = ("decision=approve" + " ".repeat(2_000)).getBytes(StandardCharsets.US_ASCII);
    assertThat(gate.send("POST", path, much).status()).isEqualTo(400);
    assertThat(row().at("/status").asText()).isEqualTo("pending");
    assertThat(gate.post(path, "decision=reject").status()).isEqualTo(200);
    assertThat(row().at("/status").asText()).isEqualTo("rejected");
    assertThat(gate.post(path, "decision=approve").status()).as("too late").isEqualTo(410);
    assertThat(gate.get(path).status()).isEqualTo(410);
    assertThat(row().at("/status").asText()).isEqualTo("rejected");
  }

  @Test
  void lookingInAnyWayDecidesNothing() {
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer answer = gate.send(method, path + "?decision=approve", new byte[0]);
      assertThat(answer.status()).as(method).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    }
    assertThat(row().at("/status").asText()).isEqualTo("pending");
  }

  @Test
  void aLinkWithALetterMoreOrLessIsNobodys() {
    for (String odd :
        new String[] {
          path + "A",
          path.substring(0, path.length() - 1),
          path + "/",
          path.replace(".", "%2e%2e"),
          path.toUpperCase(java.util.Locale.ROOT)
        }) {
      assertThat(gate.post(odd, "decision=approve").status()).as(odd).isGreaterThanOrEqualTo(400);
    }
    assertThat(row().at("/status").asText()).isEqualTo("pending");
  }
}
