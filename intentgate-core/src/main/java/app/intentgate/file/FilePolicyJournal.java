package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.memory.PolicyJournal;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.store.Stages;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes each change of the policies down, one line each. */
final class FilePolicyJournal implements PolicyJournal {
  private final Consumer<JsonObject> log;

  private FilePolicyJournal(Consumer<JsonObject> log) {
    this.log = log;
  }

  /** A journal that waits until each line is durable. */
  static FilePolicyJournal durable(Function<JsonObject, CompletionStage<Void>> log) {
    return new FilePolicyJournal(line -> await(log.apply(line)));
  }

  /** A journal that hands its lines over. */
  static FilePolicyJournal into(Consumer<JsonObject> lines) {
    return new FilePolicyJournal(lines);
  }

  private static void await(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Stages.unwrap(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void saved(PolicyDraft draft) {
    log.accept(PolicyLines.of(draft));
  }

  @Override
  public void deleted(PolicyDraft draft) {
    log.accept(PolicyLines.deletion(draft.id()));
  }

  @Override
  public void put(PolicySlot slot, @Nullable PolicyChange change) {
    log.accept(PolicyLines.of(slot, change));
  }
}
