package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.IntentGate;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token is asked for with, and what comes of the answer. */
@Timeout(60)
class MintRequestTest {
  private final AdminGate gate = new AdminGate();

  @AfterEach
  void close() {
    gate.close();
  }

  private static String token(String agent) {
    try (IntentGate minting = IntentGate.builder().build()) {
      return minting.mint(Grant.to(agent)).encode();
    }
  }

  @Test
  void every_restriction_is_a_member_of_its_own() {
    MintRequest request =
        MintRequest.to("agent")
            .tenant("acme")
            .zone("eu")
            .issuer("me")
            .expiresIn(Duration.ofMillis(90_900))
            .tools("read_*", "pay")
            .servers("erp")
            .callees("b")
            .calleeZones("dmz")
            .maxCalls(0)
            .ratePerMinute(7)
            .maxCents(1_000_000_000_000L)
            .riskMax(30)
            .stepUp()
            .withMemorySigningKey();

    assertThat(request.json().toString())
        .isEqualTo(
            "{\"subject\":\"agent\",\"tenant\":\"acme\",\"zone\":\"eu\",\"issuer\":\"me\","
                + "\"ttl_seconds\":90,\"tools\":[\"read_*\",\"pay\"],\"servers\":[\"erp\"],"
                + "\"callees\":[\"b\"],\"callee_zones\":[\"dmz\"],\"max_calls\":0,"
                + "\"rate_per_min\":7,\"max_cents\":1000000000000,\"risk_max\":30,"
                + "\"step_up\":true,\"with_memory_signing_key\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999999999S", "PT0S", "PT-0.5S", "PT-1H"})
  void a_life_of_less_than_a_second_is_refused_and_never_for_ever(Duration life) {
    assertThatThrownBy(() -> MintRequest.to("agent").expiresIn(life))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a second or longer, not for " + life);
    assertThat(MintRequest.to("agent").expiresIn(Duration.ofSeconds(1)).json().toString())
        .contains("\"ttl_seconds\":1");
  }

  @Test
  void a_restriction_set_again_takes_the_place_of_the_former_and_changes_no_other_request() {
    MintRequest read = MintRequest.to("agent").tools("read_*").maxCalls(5);
    MintRequest pay = read.tools("pay").maxCalls(1);

    assertThat(pay.json().toString())
        .isEqualTo("{\"subject\":\"agent\",\"tools\":[\"pay\"],\"max_calls\":1}");
    assertThat(read.json().toString())
        .isEqualTo("{\"subject\":\"agent\",\"tools\":[\"read_*\"],\"max_calls\":5}");
  }

  @Test
  void what_was_minted_is_read_and_neither_token_nor_key_is_printed() {
    String text = token("agent");
    gate.answering(
        "{\"token\":\""
            + text
            + "\",\"expires_at\":\"2026-05-01T12:00:00Z\",\"memory_signing_key\":\"k-e-y\"}");

    MintedCapability minted = gate.admin.tokens().mint(MintRequest.to("agent"));

    assertThat(gate.asked()).isEqualTo("POST /v1/admin/mint {\"subject\":\"agent\"}");
    assertThat(minted.token()).isEqualTo(CapabilityToken.decode(text));
    assertThat(minted.expiresAt()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
    assertThat(minted.memorySigningKey()).isEqualTo("k-e-y");
    assertThat(minted.toString())
        .contains("agent")
        .doesNotContain("k-e-y", text, minted.token().signature());
  }

  @Test
  void a_token_without_an_end_or_a_key_says_so() {
    gate.answering("{\"token\":\"" + token("agent") + "\",\"expires_at\":\"\"}");

    MintedCapability minted = gate.admin.tokens().mint(MintRequest.to("agent"));

    assertThat(minted.expiresAt()).isNull();
    assertThat(minted.memorySigningKey()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"token\":\"\"}", "{\"token\":7}", "{\"token\":\"no*token*secret\"}"})
  void an_answer_without_a_readable_token_is_a_failure_of_the_gate_that_repeats_nothing(
      String answer) {
    gate.answering(answer);

    assertThatThrownBy(() -> gate.admin.tokens().mint(MintRequest.to("agent")))
        .isInstanceOfSatisfying(AdminException.class, e -> assertThat(e.status()).isZero())
        .hasMessageContaining("no token that can be read")
        .hasMessageNotContaining("secret");
  }
}
