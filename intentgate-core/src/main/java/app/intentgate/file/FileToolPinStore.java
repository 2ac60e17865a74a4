package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import app.intentgate.store.Stages;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pins of tools held in memory and kept in a file. Thread-safe: a change and its line are made
 * under one lock, so that the last line of a pin is its last change; asking takes no lock.
 */
final class FileToolPinStore implements ToolPinStore {
  private final ToolPinStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileToolPinStore(ToolPinStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public @Nullable ToolPin find(ToolPin.Key key) {
    return memory.find(key);
  }

  @Override
  public List<ToolPin> list(@Nullable String upstream) {
    return memory.list(upstream);
  }

  /** In force at once, even should it fail to become durable. */
  @Override
  public synchronized CompletionStage<Boolean> replace(@Nullable ToolPin expected, ToolPin next) {
    return Stages.then(
        memory.replace(expected, next),
        replaced ->
            replaced
                ? log.apply(PinLines.of(next)).thenApply(done -> true)
                : CompletableFuture.completedFuture(false));
  }
}
