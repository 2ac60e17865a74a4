package app.intentgate.jdbc.history;

import app.intentgate.testing.Step;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation as its caller saw it.
 *
 * @param name what it was, for people
 * @param meaning what it does to a sequential model
 * @param begun when it was asked for, in {@link System#nanoTime}
 * @param ended when the answer was there; what had begun by then may still have been at work
 * @param answer the answer; null when none came, and then it may have happened at any later time,
 *     or never
 */
public record Operation<S>(
    String name, Function<S, Step<S>> meaning, long begun, long ended, @Nullable String answer) {
  /** Whether an answer came. */
  public boolean answered() {
    return answer != null;
  }

  @Override
  public String toString() {
    return "[%d..%s] %s: %s".formatted(begun, answered() ? Long.toString(ended) : "", name, answer);
  }
}
