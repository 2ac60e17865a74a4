package app.intentgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDecisionTest {
  private static PolicyDecision of(String json) {
    return PolicyDecision.of(JsonReader.parse(json));
  }

  @Test
  void membersOfAnotherTypeThanTheContractsCountAsAbsent() {
    PolicyDecision decision =
        of("{\"allow\":true,\"reason\":5,\"escalate\":\"yes\",\"requires_step_up\":1}");

    assertThat(decision.allow()).isTrue();
    assertThat(decision.reason()).isEmpty();
    assertThat(decision.escalate()).isFalse();
    assertThat(decision.requiresStepUp()).isFalse();
  }

  @Test
  void noDecisionIsNone() {
    assertThatThrownBy(() -> PolicyDecision.of(null))
        .isInstanceOf(PolicyException.class)
        .hasMessage("policy: no decision returned (missing default rule?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "true~policy: decision is bool, want map[string]any",
        "\"allow\"~policy: decision is string, want map[string]any",
        "[]~policy: decision is []interface {}, want map[string]any",
        "{}~policy: decision missing \"allow\" boolean",
        "{\"allow\":\"true\"}~policy: decision missing \"allow\" boolean"
      })
  void anotherShapeIsNone(String json, String message) {
    assertThatThrownBy(() -> of(json)).isInstanceOf(PolicyException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "1e400", "\"5\"", "null", "true"})
  void aCostThatCannotBeChargedIsNoDecision(String cost) {
    assertThatThrownBy(() -> of("{\"allow\":true,\"cost_cents\":" + cost + "}"))
        .hasMessageContaining("cost_cents");
  }

  @Test
  void aFilterThatIsNotThereIsNoDecisionAndOneThatIsOffIs() {
    assertThatThrownBy(() -> of("{\"allow\":true,\"pii_filter\":{\"enabled\":true}}"))
        .hasMessageContaining("pii_filter");
    assertThat(of("{\"allow\":true,\"pii_filter\":{\"enabled\":false}}").allow()).isTrue();
  }
}
