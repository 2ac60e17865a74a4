package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call as a model makes it: a text in, a text out. */
@Timeout(60)
class ModelCallTest {
  private final AnsweringGate gate = new AnsweringGate();

  @AfterEach
  void close() {
    gate.close();
  }

  private ModelCall make(String arguments) {
    return ModelCall.make(gate.client, "pay", arguments, CallOptions.none());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "\n", "{}", " { } "})
  void no_arguments_are_an_empty_object(String arguments) {
    gate.result("{\"content\":[]}");

    assertThat(make(arguments).isError()).isFalse();
    assertThat(gate.params()).isEqualTo("{\"name\":\"pay\",\"arguments\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "null",
        "\"{}\"",
        "{",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{} {}",
        "```json\n{}\n```"
      })
  void arguments_that_are_no_object_are_told_to_the_model_and_not_sent(String arguments) {
    gate.result("{\"content\":[]}");

    ModelCall call = make(arguments);

    assertThat(call.isError()).isTrue();
    assertThat(call.text()).contains("not carried out").contains("schema");
    assertThat(call.result()).isNull();
    assertThat(call.denial()).isNull();
    assertThat(gate.gate.requests).isEmpty();
  }

  @Test
  void arguments_nested_beyond_every_limit_are_told_to_the_model_too() {
    ModelCall call = make("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

    assertThat(call.isError()).isTrue();
    assertThat(gate.gate.requests).isEmpty();
  }

  @Test
  void numbers_reach_the_gate_as_the_model_wrote_them() {
    gate.result("{}");

    make("{\"amount\":1.10,\"big\":12345678901234567890123,\"e\":1E2}");

    assertThat(gate.params())
        .isEqualTo(
            "{\"name\":\"pay\",\"arguments\":"
                + "{\"amount\":1.10,\"big\":12345678901234567890123,\"e\":1E2}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}"
            + " | a~b | false",
        "{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"isError\":true} | no | true",
        "{\"content\":[{\"type\":\"text\",\"text\":\"\"}],\"structuredContent\":{\"a\":1}}"
            + " | '' | false",
        "{\"content\":[],\"structuredContent\":{\"a\":1}} | {\"a\":1} | false",
        "{\"content\":[{\"type\":\"image\",\"data\":\"AA==\"}]}"
            + " | {\"content\":[{\"type\":\"image\",\"data\":\"AA==\"}]} | false",
        "7 | 7 | false",
        "{\"isError\":\"true\"} | {\"isError\":\"true\"} | false",
      })
  void a_result_is_what_the_model_should_read(String result, String text, boolean error) {
    gate.result(result);

    ModelCall call = make("{}");

    assertThat(call.text().replace('\n', '~')).isEqualTo(text);
    assertThat(call.isError()).isEqualTo(error);
    assertThat(call.result()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "-32012, policy check failed, PolicyDenied, unchanged gives the same",
    "-32013, budget check failed, BudgetDenied, limit is used up",
    "-32010, capability check failed, CapabilityDenied, use another tool",
  })
  void a_denial_is_a_value_the_model_can_act_on(
      int code, String message, String type, String advice) {
    gate.error(code, message, "\"because\"");

    ModelCall call = make("{}");

    assertThat(call.denial().getClass().getSimpleName()).isEqualTo(type);
    assertThat(call.isError()).isTrue();
    assertThat(call.result()).isNull();
    assertThat(call.text()).contains("because", advice);
  }

  @Test
  void a_call_that_waits_tells_the_model_the_id_it_waits_under() {
    gate.error(-32019, "approval pending", "{\"pending_id\":\"p7\"}");

    ModelCall call = make("{}");

    assertThat(call.denial()).isInstanceOf(ApprovalPending.class);
    assertThat(call.text()).contains("p7").contains("exactly the same call again");
  }

  @Test
  void an_outage_is_thrown_and_no_text_for_a_model() {
    gate.answer(502, "{}");

    assertThatThrownBy(() -> make("{}")).isInstanceOf(GateUnavailable.class);
  }
}
