package app.intentgate.check.run;

import app.intentgate.check.Call;
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
import app.intentgate.store.Stages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The second check: the user's own words, turned into tools, must cover the call. */
public final class IntentCheck {
  private static final CompletionStage<Outcome<Optional<Intent>>> NO_INTENT =
      CompletableFuture.completedFuture(new Pass<>(Optional.empty()));

  private final @Nullable IntentExtractor extractor;
  private final boolean required;
  private final double minConfidence;

  /**
   * A check.
   *
   * @param extractor turns prompts into intents, or null when none is configured; what it answers
   *     is remembered
   * @param required whether a call without a prompt is refused
   * @param minConfidence below this an intent is refused; 0 takes any
   */
  public IntentCheck(@Nullable IntentExtractor extractor, boolean required, double minConfidence) {
    this.extractor = extractor == null ? null : new CachingExtractor(extractor);
    this.required = required;
    this.minConfidence = minConfidence;
  }

  /** Checks a call; the intent found is empty when the call was not asked for one. */
  public CompletionStage<Outcome<Optional<Intent>>> check(Call call, Caller caller) {
    String prompt = call.prompt();
    if (prompt == null || prompt.isBlank()) {
      return required ? deny("intent prompt required (INTENTGATE_REQUIRE_INTENT=true)") : NO_INTENT;
    }
    if (extractor == null) {
      return required
          ? deny("intent prompt provided but no extractor URL is configured")
          : NO_INTENT;
    }
    ExtractionRequest request = new ExtractionRequest(caller.tenant(), caller.agentId(), prompt);
    String tool = call.tool();
    try {
      return Stages.recover(
          Stages.map(extractor.extract(request), intent -> judge(tool, intent)),
          IntentCheck::failed);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e));
    }
  }

  private Outcome<Optional<Intent>> judge(String tool, Intent intent) {
    Optional<Intent> found = Optional.of(intent);
    if (intent.isEmpty()) {
      return denied("intent is empty: the extractor named no tools for this prompt", found);
    }
    if (!(intent.confidence() >= minConfidence)) {
      return denied(
          "intent confidence " + intent.confidence() + " is below " + minConfidence, found);
    }
    if (intent.forbids(tool)) {
      return denied("tool is in intent.forbidden_tools", found);
    }
    if (!intent.covers(tool)) {
      return denied("tool not in intent.allowed_tools", found);
    }
    return new Pass<>(found);
  }

  private static CompletionStage<Outcome<Optional<Intent>>> deny(String reason) {
    return CompletableFuture.completedFuture(denied(reason, Optional.empty()));
  }

  private static Outcome<Optional<Intent>> failed(Throwable failure) {
    String reason =
        failure instanceof IntentException e && e.getMessage() != null
            ? e.getMessage()
            : "extractor failed";
    return denied(reason, Optional.empty());
  }

  private static Outcome<Optional<Intent>> denied(String reason, Optional<Intent> found) {
    return new Deny<>(Refusal.of(DenialCode.INTENT, reason), found);
  }
}
