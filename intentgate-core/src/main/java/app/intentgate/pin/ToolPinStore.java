package app.intentgate.pin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where pins are kept. {@link #find} and {@link #list} answer from memory and never block.
 * Thread-safe.
 */
public interface ToolPinStore {
  /** A pin, or null when there is none. */
  @Nullable ToolPin find(ToolPin.Key key);

  /** Every pin of a server, marks included; of every server where that is null. In no order. */
  List<ToolPin> list(@Nullable String upstream);

  /**
   * Keeps a pin in place of another.
   *
   * @param expected the pin as it was read, or null when there was none
   * @return whether it still was so and is replaced; complete once that is durable and in force
   */
  CompletionStage<Boolean> replace(@Nullable ToolPin expected, ToolPin next);
}
