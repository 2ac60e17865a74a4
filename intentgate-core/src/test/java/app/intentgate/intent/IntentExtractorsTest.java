package app.intentgate.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
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
  void answers_are_remembered_per_tenant_and_agent_B39() {
    List<ExtractionRequest> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request);
              return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            });
    for (int i = 0; i < 3; i++) {
      cache.extract(new ExtractionRequest("acme", "a", "p"));
      cache.extract(new ExtractionRequest("globex", "a", "p"));
      cache.extract(new ExtractionRequest("acme", "b", "p"));
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void equal_prompts_at_the_same_time_cost_one_extraction_B39() {
    List<CompletableFuture<Intent>> open = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              CompletableFuture<Intent> f = new CompletableFuture<>();
              open.add(f);
              return f;
            });
    ExtractionRequest request = new ExtractionRequest("acme", "a", "p");
    CompletableFuture<Intent> one = cache.extract(request).toCompletableFuture();
    CompletableFuture<Intent> two = cache.extract(request).toCompletableFuture();
    assertThat(open).hasSize(1);
    open.get(0).complete(Intent.of("s", List.of("t"), List.of(), 1));
    assertThat(one.join()).isEqualTo(two.join());
  }

  @Test
  void a_failure_is_not_remembered_and_an_answer_expires_B39() {
    AtomicLong nanos = new AtomicLong();
    List<String> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request.prompt());
              return asked.size() == 1
                  ? CompletableFuture.failedFuture(new IntentException("extractor failed"))
                  : CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            },
            Duration.ofMinutes(10),
            4,
            nanos::get);
    ExtractionRequest request = new ExtractionRequest("acme", "a", "p");
    assertThat(cache.extract(request).toCompletableFuture()).isCompletedExceptionally();
    cache.extract(request);
    cache.extract(request);
    assertThat(asked).hasSize(2);
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    cache.extract(request);
    assertThat(asked).hasSize(3);
  }

  @Test
  void the_cache_is_bounded() {
    List<String> asked = new ArrayList<>();
    CachingExtractor cache =
        new CachingExtractor(
            request -> {
              asked.add(request.prompt());
              return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
            },
            Duration.ofMinutes(10),
            8,
            System::nanoTime);
    for (int i = 0; i < 100; i++) {
      cache.extract(new ExtractionRequest("acme", "a", "prompt " + i));
    }
    cache.extract(new ExtractionRequest("acme", "a", "prompt 0"));
    assertThat(asked).hasSize(101);
    cache.extract(new ExtractionRequest("acme", "a", "prompt 99"));
    assertThat(asked).hasSize(101);
  }

  private final List<String> asked = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  /** A cache whose every look is later than the one before. */
  private CachingExtractor cache(int maxEntries) {
    return new CachingExtractor(
        request -> {
          asked.add(request.prompt());
          return CompletableFuture.completedFuture(Intent.of("", List.of("t"), List.of(), 1));
        },
        Duration.ofMinutes(10),
        maxEntries,
        nanos::incrementAndGet);
  }

  private static void ask(CachingExtractor cache, String prompt) {
    assertThat(cache.extract(new ExtractionRequest("acme", "a", prompt))).isCompleted();
  }

  @Test
  void a_full_cache_lets_go_of_its_oldest_eighth_at_once() {
    CachingExtractor cache = cache(80);
    for (int i = 0; i <= 80; i++) {
      ask(cache, "prompt " + i);
    }
    asked.clear();
    ask(cache, "prompt 10");
    assertThat(asked).as("young enough to stay").isEmpty();
    ask(cache, "prompt 9");
    assertThat(asked).as("the youngest of the eighth").containsExactly("prompt 9");
  }

  @Test
  void the_cache_is_bounded_by_the_characters_of_its_prompts() {
    CachingExtractor cache = cache(16);
    for (int i = 0; i < 7; i++) {
      ask(cache, "small " + i);
    }
    String large = "x".repeat(900_000);
    for (int i = 0; i < 9; i++) {
      ask(cache, large + i);
    }
    asked.clear();
    ask(cache, large + 8);
    assertThat(asked).isEmpty();
    ask(cache, large + 0);
    assertThat(asked).as("nine of them are more than eight million").hasSize(1);
  }

  @Test
  void a_prompt_that_would_take_an_eighth_of_the_cache_is_not_remembered() {
    CachingExtractor cache = cache(16);
    ask(cache, "small");
    String huge = "x".repeat(1_000_001);
    ask(cache, huge);
    ask(cache, huge);
    ask(cache, "small");
    assertThat(asked).containsExactly("small", huge, huge);
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
