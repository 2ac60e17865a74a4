package app.intentgate.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentExtractorsTest {
  private static final String RULES =
      """
      {"rules": [
        {"when_all": ["pay", "invoice"], "allow": ["read_invoice", "pay_invoice"]},
        {"when_any": ["do not pay", "without paying"], "forbid": ["pay_invoice"]},
        {"when_any": ["lies rechnung"], "allow": ["read_invoice"]}
      ]}
      """;

  private static Intent byRules(String prompt) {
    return new RuleIntentExtractor(IntentRules.of(JsonReader.parse(RULES))).intentOf(prompt);
  }

  @Test
  void rules_turn_words_into_tools() {
    Intent intent = byRules("Please PAY  invoice 7");
    assertThat(intent.allowedTools()).containsExactly("read_invoice", "pay_invoice");
    assertThat(intent.confidence()).isEqualTo(0.5);
  }

  @Test
  void a_forbidden_tool_stays_forbidden() {
    Intent intent = byRules("look at the invoice to pay, but do not pay");
    assertThat(intent.allowedTools()).containsExactly("read_invoice");
    assertThat(intent.forbiddenTools()).containsExactly("pay_invoice");
  }

  @Test
  void words_count_whole_and_in_any_language() {
    assertThat(byRules("repay invoices").isEmpty()).isTrue();
    assertThat(byRules("Lies Rechnung € 42").allowedTools()).containsExactly("read_invoice");
  }

  @Test
  void a_prompt_no_rule_knows_permits_nothing_B39() {
    assertThat(byRules("what is the weather").isEmpty()).isTrue();
    assertThat(byRules("what is the weather").confidence()).isZero();
  }

  @Test
  void a_wrong_rules_file_says_which_rule_and_what_is_known() {
    assertThatThrownBy(() -> IntentRules.of(JsonReader.parse("{\"rules\":[{\"wen_all\":[]}]}")))
        .hasMessageContaining("rule 1")
        .hasMessageContaining("wen_all")
        .hasMessageContaining("when_all");
    assertThatThrownBy(() -> IntentRules.of(JsonReader.parse("{\"rules\":[{\"allow\":[\"a\"]}]}")))
        .hasMessageContaining("neither when_all nor when_any");
    assertThatThrownBy(() -> IntentRules.of(JsonReader.parse("[]")))
        .hasMessageContaining("\"rules\"");
  }

  @Test
  void a_phrase_without_a_word_is_no_condition() {
    assertThatThrownBy(
            () -> new IntentRules.Rule(List.of("pay", " \t"), List.of(), List.of("t"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whenAll");
    assertThatThrownBy(() -> new IntentRules.Rule(List.of(), List.of(""), List.of("t"), List.of()))
        .hasMessageContaining("whenAny");
  }

  @Test
  void an_intent_is_so_and_so_sure_and_neither_endlessly_nor_not_a_number() {
    for (double no : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
      assertThatThrownBy(() -> Intent.of("", List.of("t"), List.of(), no))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void prompts_come_in_any_language_B38() {
    String german = "lies Rechnung € 42";
    String asBytes =
        new String(german.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(PromptHeader.read(asBytes, null)).isEqualTo(german);
    assertThat(PromptHeader.read("caf\u00e9", null)).isEqualTo("café");
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(german.getBytes(StandardCharsets.UTF_8));
    assertThat(PromptHeader.read(null, encoded)).isEqualTo(german);
    assertThat(PromptHeader.read(asBytes, encoded)).isEqualTo(german);
    assertThat(PromptHeader.read(null, null)).isNull();
    assertThat(PromptHeader.read("  ", "")).isNull();
  }

  @Test
  void prompts_that_disagree_or_cannot_be_read_are_refused_B38() {
    assertThatThrownBy(() -> PromptHeader.read("pay", "cmVhZA"))
        .isInstanceOf(IntentException.class)
        .hasMessageContaining("differ");
    assertThatThrownBy(() -> PromptHeader.read(null, "!!!")).hasMessageContaining("base64url");
    assertThatThrownBy(() -> PromptHeader.read(null, "_w")).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> PromptHeader.read("x".repeat(200_001), null))
        .hasMessageContaining("longer than 200000");
  }
}
