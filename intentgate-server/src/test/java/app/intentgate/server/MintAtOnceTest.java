package app.intentgate.server;

import static app.intentgate.server.OperatorClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens minted at their limits, once for each key, and revoked while others are minted. */
@Timeout(60)
class MintAtOnceTest {
  private static final String KEY = "Idempotency-Key";

  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient root;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token");
    root = OperatorClient.superadmin(gate);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  @Test
  void of_the_same_request_sent_six_times_at_once_one_token_is_minted() throws Exception {
    List<Answer> answers =
        AtOnce.all(Collections.nCopies(6, () -> root.post("mint", "{'subject':'a'}", KEY, "k-1")));

    Set<String> tokens = new HashSet<>();
    for (Answer answer : answers) {
      if (answer.status() == 200) {
        tokens.add(TestGate.json(answer).path("token").asText());
      } else {
        assertThat(refusal(answer))
            .isEqualTo("409 the request with this Idempotency-Key is being carried out");
      }
    }
    assertThat(tokens).hasSize(1);
    assertThat(gate.events()).hasSize(1);
    Answer again = root.post("mint", "{'subject':'a'}", KEY, "k-1");
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(tokens).containsExactly(TestGate.json(again).path("token").asText());
  }

  @Test
  void anothers_key_gives_away_nothing_of_what_was_minted_under_it() {
    OperatorClient acme = new OperatorClient(gate, "fake-acme-token");
    String token = root.post("mint", "{'subject':'a'}", KEY, "k-1").text();

    Answer other = acme.post("mint", "{'subject':'a'}", KEY, "k-1");

    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text()).isNotEqualTo(token);
    assertThat(other.header("Idempotency-Replayed")).isNull();
    assertThat(refusal(root.post("mint", "{'subject':'b'}", KEY, "k-1")))
        .isEqualTo("409 Idempotency-Key was used for another request");
    assertThat(refusal(root.post("mint", "{'subject':'b'}", KEY, "k 1")))
        .isEqualTo("400 Idempotency-Key must be 1 to 255 printable characters without spaces");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ttl_seconds':315360000 | exp",
        "'ttl_seconds':1 | exp",
        "'max_calls':9007199254740991 | max_calls",
        "'max_calls':0 | max_calls",
        "'rate_per_min':9007199254740991 | rate_limit",
        "'max_cents':9007199254740991 | max_cost",
        "'risk_max':9007199254740991 | risk_max"
      })
  void a_number_at_the_end_of_its_range_is_a_caveat_as_it_was_written(String member, String type) {
    JsonNode minted = root.done("mint", "{'subject':'a'," + member + "}");

    assertThat(gate.events()).hasSize(1);
    assertThat(gate.events().get(0).event().caveatCount())
        .as("%s beside the lock", type)
        .isEqualTo(2);
    assertThat(minted.path("expires_at").asText().isEmpty()).isEqualTo(!type.equals("exp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'rate_per_min':0", "'max_cents':0", "'risk_max':0", "'ttl_seconds':0"})
  void a_nought_that_limits_nothing_is_no_caveat(String member) {
    root.done("mint", "{'subject':'a'," + member + ",'tools':[],'servers':[' ']}");

    assertThat(gate.events().get(0).event().caveatCount()).isEqualTo(1);
  }

  @Test
  void every_token_of_a_subject_is_revoked_however_many_operators_do_so_at_once() throws Exception {
    for (int i = 0; i < 4; i++) {
      root.done("mint", "{'subject':'a','tenant':'acme'}");
    }
    String kept = root.done("mint", "{'subject':'b','tenant':'acme'}").path("token").asText();

    List<JsonNode> answers =
        AtOnce.all(
            Collections.nCopies(
                3, () -> root.done("revoke", "{'subject':'a','tenant':'acme','reason':'r'}")));

    int revoked = answers.stream().mapToInt(answer -> answer.path("revoked").asInt()).sum();
    assertThat(revoked).isBetween(4, 12);
    assertThat(root.read("revocations").path("revocations")).hasSize(4);
    for (JsonNode row : root.read("tokens?subject=a").path("tokens")) {
      assertThat(row.path("revoked").asBoolean()).isTrue();
    }
    assertThat(gate.call("read_a", "Authorization", "Bearer " + kept).text())
        .contains("\"result\"");
    assertThat(root.done("revoke", "{'subject':'a','tenant':'acme'}").path("revoked").asInt())
        .isZero();
  }
}
