package app.intentgate.memory;

import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pins of tools in memory. */
public final class MemoryToolPinStore implements ToolPinStore {
  private final ConcurrentHashMap<ToolPin.Key, ToolPin> pins = new ConcurrentHashMap<>();

  /** A store without pins. */
  public MemoryToolPinStore() {}

  @Override
  public @Nullable ToolPin find(ToolPin.Key key) {
    return pins.get(key);
  }

  @Override
  public List<ToolPin> list(@Nullable String upstream) {
    return pins.values().stream()
        .filter(pin -> upstream == null || pin.upstream().equals(upstream))
        .toList();
  }

  @Override
  public CompletionStage<Boolean> replace(@Nullable ToolPin expected, ToolPin next) {
    return CompletableFuture.completedFuture(
        expected == null
            ? pins.putIfAbsent(next.key(), next) == null
            : pins.replace(next.key(), expected, next));
  }
}
