package app.intentgate.sdk;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate is there and cannot decide now: its audit store is away, or it is asked too often. */
public final class GateUnavailable extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  private final @Nullable Duration retryAfter;

  GateUnavailable(Failure failure, @Nullable Duration retryAfter) {
    super(failure);
    this.retryAfter = retryAfter;
  }

  @Override
  public boolean isDenial() {
    return false;
  }

  /** When to come back, where the gate said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
