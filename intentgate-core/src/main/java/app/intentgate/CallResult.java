package app.intentgate;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What came of {@link Decision#ifAllowed}: the tool's result, or the decision that kept it from
 * running.
 *
 * @param <T> what the tool returns
 */
public final class CallResult<T extends @Nullable Object> {
  private final Decision decision;
  private final @Nullable T value;

  private CallResult(Decision decision, @Nullable T value) {
    this.decision = decision;
    this.value = value;
  }

  static <T extends @Nullable Object> CallResult<T> run(
      Decision.Allow decision, Callable<? extends T> tool) {
    T value;
    try {
      value = tool.call();
    } catch (Exception e) {
      decision.failed(e);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw e instanceof RuntimeException r ? r : new ToolFailedException(e);
    } catch (Throwable e) {
      decision.failed(e);
      throw e;
    }
    decision.completed(0, 0);
    return new CallResult<>(decision, value);
  }

  static <T extends @Nullable Object> CallResult<T> refused(Decision decision) {
    return new CallResult<>(decision, null);
  }

  /** What was decided. */
  public Decision decision() {
    return decision;
  }

  /**
   * The tool's result.
   *
   * @throws DeniedException when the call was not allowed
   */
  @SuppressWarnings("NullAway") // an allowed call's value is of T, null where T permits it
  public T orElseThrow() {
    if (!decision.allowed()) {
      throw new DeniedException(decision);
    }
    return value;
  }
}
