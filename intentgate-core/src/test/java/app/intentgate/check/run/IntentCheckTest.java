package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Caller;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Refusal;
import app.intentgate.intent.ExtractionRequest;
import app.intentgate.intent.Intent;
import app.intentgate.intent.IntentException;
import app.intentgate.intent.IntentExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IntentCheckTest {
  private static final Caller BOT = holding(grant());
  private final List<ExtractionRequest> asked = new ArrayList<>();

  private IntentExtractor answering(Intent intent) {
    return request -> {
      asked.add(request);
      return CompletableFuture.completedFuture(intent);
    };
  }

  private static Outcome<Optional<Intent>> check(IntentCheck check, String tool, String prompt) {
    return now(check.check(call(tool).prompt(prompt), BOT));
  }

  private static String refusal(Outcome<Optional<Intent>> outcome) {
    assertThat(outcome).isInstanceOf(Deny.class);
    Refusal refusal = ((Deny<Optional<Intent>>) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(DenialCode.INTENT);
    assertThat(refusal.authentication()).isFalse();
    return refusal.reason();
  }

  private static Intent reading(double confidence) {
    return Intent.of("look", List.of("read"), List.of("pay"), confidence);
  }

  @Test
  void a_call_without_words_passes_without_an_intent_unless_one_is_required() {
    for (String none : new String[] {null, "", " \n"}) {
      assertThat(check(new IntentCheck(answering(reading(1)), false, 0), "read", none))
          .isEqualTo(new Pass<>(Optional.empty()));
      assertThat(refusal(check(new IntentCheck(answering(reading(1)), true, 0), "read", none)))
          .isEqualTo("intent prompt required (INTENTGATE_REQUIRE_INTENT=true)");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void words_that_nobody_can_read_pass_unless_an_intent_is_required() {
    assertThat(check(new IntentCheck(null, false, 0), "read", "look"))
        .isEqualTo(new Pass<>(Optional.empty()));
    assertThat(refusal(check(new IntentCheck(null, true, 0), "read", "look")))
        .isEqualTo("intent prompt provided but no extractor URL is configured");
  }

  @Test
  void the_extractor_is_told_whose_words_they_are() {
    check(new IntentCheck(answering(reading(1)), true, 0), "read", "look");
    assertThat(asked).containsExactly(new ExtractionRequest("acme", "bot", "look"));
  }

  @Test
  void a_covered_tool_passes_with_what_was_found() {
    assertThat(check(new IntentCheck(answering(reading(1)), true, 0), "read", "look"))
        .isEqualTo(new Pass<>(Optional.of(reading(1))));
  }

  @Test
  void a_forbidden_tool_and_one_that_is_not_named_are_refused_and_the_intent_is_kept() {
    IntentCheck check = new IntentCheck(answering(reading(1)), true, 0);
    assertThat(refusal(check(check, "pay", "look"))).isEqualTo("tool is in intent.forbidden_tools");
    Outcome<Optional<Intent>> other = check(check, "drop", "look");
    assertThat(refusal(other)).isEqualTo("tool not in intent.allowed_tools");
    assertThat(other.found()).contains(reading(1));
  }

  @Test
  void an_intent_that_only_forbids_permits_the_rest() {
    Intent notPaying = Intent.of("", List.of(), List.of("pay"), 1);
    IntentCheck check = new IntentCheck(answering(notPaying), true, 0);
    assertThat(check(check, "read", "look")).isInstanceOf(Pass.class);
    assertThat(refusal(check(check, "pay", "look"))).contains("forbidden_tools");
  }

  @Test
  void an_intent_that_names_nothing_permits_nothing_B39() {
    Intent nothing = Intent.of("hm", List.of(), List.of(), 1);
    assertThat(refusal(check(new IntentCheck(answering(nothing), false, 0), "read", "hm")))
        .isEqualTo("intent is empty: the extractor named no tools for this prompt");
  }

  @Test
  void an_intent_must_be_as_sure_as_asked_for() {
    assertThat(check(new IntentCheck(answering(reading(0.7)), true, 0.7), "read", "look"))
        .isInstanceOf(Pass.class);
    assertThat(refusal(check(new IntentCheck(answering(reading(0.6)), true, 0.7), "read", "look")))
        .isEqualTo("intent confidence 0.6 is below 0.7");
  }

  private static IntentExtractor failing(RuntimeException failure) {
    return request -> CompletableFuture.failedFuture(failure);
  }

  @Test
  void an_extractor_that_fails_refuses_in_words_meant_for_the_agent_only_B5() {
    IntentCheck said = new IntentCheck(failing(new IntentException("extractor is slow")), false, 0);
    assertThat(refusal(check(said, "read", "look"))).isEqualTo("extractor is slow");
    IntentCheck broke =
        new IntentCheck(failing(new IllegalStateException("10.0.0.1 refused")), false, 0);
    Outcome<Optional<Intent>> outcome = check(broke, "read", "look");
    assertThat(refusal(outcome)).isEqualTo("extractor failed");
    assertThat(outcome.found()).isEmpty();
  }

  @Test
  void an_extractor_that_throws_is_one_that_fails() {
    IntentExtractor throwing =
        request -> {
          throw new IntentException("no service");
        };
    assertThat(refusal(check(new IntentCheck(throwing, false, 0), "read", "look")))
        .isEqualTo("no service");
  }
}
