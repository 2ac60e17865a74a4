package app.intentgate.intent;

import java.util.concurrent.CompletionStage;

/**
 * Turns a prompt into an intent. Must not block the caller; thread-safe. A stage that fails refuses
 * the call: with the message of an {@link IntentException}, otherwise with a plain one.
 */
@FunctionalInterface
public interface IntentExtractor {
  /** The intent of a prompt. */
  CompletionStage<Intent> extract(ExtractionRequest request);
}
