package app.intentgate.intent;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.intent.IntentRules.Rule;
import app.intentgate.text.WellFormed;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIntentExtractorTest {
  private static Rule any(String phrase, List<String> allow, List<String> forbid) {
    return new Rule(List.of(), List.of(phrase), allow, forbid);
  }

  private static Intent of(String prompt, Rule... rules) {
    return new RuleIntentExtractor(new IntentRules(List.of(rules))).intentOf(prompt);
  }

  private static boolean applies(String phrase, String prompt) {
    return !of(prompt, any(phrase, List.of("tool"), List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pay, Pay it, true",
    "pay, repay it, false",
    "pay, payday, false",
    "pay, pay2, false",
    "pay, 'repay, then pay!', true",
    "pay, (pay), true",
    "pay invoice, 'please PAY   invoice 7', true",
    "pay invoice, 'pay an invoice', false",
    "straße, 'in der STRASSE', false",
    "größe, 'die GRÖSSE', false",
    "größe, 'die GRÖßE', true",
    "оплати, 'Оплати счёт', true",
    "支払, '支払う', false",
    "a, 😀a😀, true",
    "c++, 'in c++ only', true",
    "c, c++, true",
    "ä, 𝒳ä, false",
    "ä, ä𝒳, false",
  })
  void a_phrase_occurs_as_whole_words_in_any_letter_case(
      String phrase, String prompt, boolean occurs) {
    assertThat(applies(phrase, prompt)).isEqualTo(occurs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00a0", "\u2003", "\u202f", "\u3000", "\t", "\r\n", " \u2028 ", "\u00a0\n"})
  void blanks_of_any_kind_stand_between_words(String blank) {
    Rule rule = any("do not pay", List.of(), List.of("pay_invoice"));

    assertThat(of("do not" + blank + "pay" + blank, rule).forbids("pay_invoice")).isTrue();
    assertThat(
            of("do not pay", any("do" + blank + "not pay", List.of(), List.of("x"))).forbids("x"))
        .isTrue();
  }

  @Test
  void a_rule_with_both_kinds_of_phrases_needs_all_of_one_and_one_of_the_other() {
    Rule rule =
        new Rule(List.of("pay", "now"), List.of("bill", "invoice"), List.of("t"), List.of());

    assertThat(of("pay the bill now", rule).allowedTools()).containsExactly("t");
    assertThat(of("now pay bill and invoice", rule).allowedTools()).containsExactly("t");
    assertThat(of("pay the bill", rule).isEmpty()).isTrue();
    assertThat(of("pay now", rule).isEmpty()).isTrue();
  }

  @Test
  void tools_of_all_rules_are_put_together_and_what_one_forbids_no_other_allows() {
    Intent intent =
        of(
            "read and pay, but no mail",
            any("pay", List.of("pay", "read"), List.of()),
            any("read", List.of("read", "list"), List.of("mail")),
            any("mail", List.of("mail", "sms"), List.of()),
            any("never", List.of("never"), List.of("pay")));

    assertThat(intent.allowedTools()).containsExactly("pay", "read", "list", "sms");
    assertThat(intent.forbiddenTools()).containsExactly("mail");
  }

  @ParameterizedTest
  @CsvSource({
    "pay, pay, 1.0",
    "pay, pay pay, 1.0",
    "pay, 'pay it', 0.5",
    "pay, 'pay, it!', 0.5",
    "pay invoice, 'pay invoice 7 today', 0.5",
    "pay, 'it', 0.0",
  })
  void it_is_as_sure_as_the_share_of_words_its_rules_account_for(
      String phrase, String prompt, double confidence) {
    assertThat(of(prompt, any(phrase, List.of("t"), List.of())).confidence()).isEqualTo(confidence);
  }

  @Test
  void a_long_prompt_is_cut_for_the_log_and_never_within_a_character() {
    Rule rule = any("x", List.of("t"), List.of());

    assertThat(of("y".repeat(200), rule).summary()).isEqualTo("y".repeat(200));
    assertThat(of("y".repeat(201), rule).summary()).isEqualTo("y".repeat(199) + "…");
    assertThat(of("y".repeat(198) + "😀".repeat(9), rule).summary())
        .isEqualTo("y".repeat(198) + "…");
    assertThat(of("y".repeat(197) + "😀".repeat(9), rule).summary())
        .isEqualTo("y".repeat(197) + "😀…");
    for (int i = 0; i < 205; i++) {
      assertThat(WellFormed.isWellFormed(of("y".repeat(i) + "😀".repeat(150), rule).summary()))
          .isTrue();
    }
  }

  @Test
  void what_occurs_is_what_a_regular_expression_finds() {
    Random random = new Random(3);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String phrase = text(random, 1 + random.nextInt(4)).strip();
      String prompt = text(random, random.nextInt(14));
      if (phrase.isEmpty()) {
        continue;
      }
      Pattern pattern =
          Pattern.compile(
              "(?<![\\p{L}\\p{Nd}])" + Pattern.quote(phrase) + "(?![\\p{L}\\p{Nd}])",
              Pattern.UNICODE_CASE);
      boolean expected = pattern.matcher(prompt.strip()).find();

      assertThat(applies(phrase, prompt)).as("<%s> in <%s>", phrase, prompt).isEqualTo(expected);
      found += expected ? 1 : 0;
    }
    assertThat(found).isBetween(1_000, 19_000);
  }

  /** Letters, a digit, signs and single blanks. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    String[] pieces = {"a", "b", "ä", "1", "-", ".", "😀", "ж"};
    for (int i = 0; i < length; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
      if (random.nextInt(3) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
