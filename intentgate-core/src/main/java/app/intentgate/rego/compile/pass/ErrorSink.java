package app.intentgate.rego.compile.pass;

import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects errors, up to a limit. Not thread-safe. */
public final class ErrorSink {
  private final int limit;
  private final List<RegoError> errors = new ArrayList<>();

  /** Takes so many errors; one more, and {@link LimitReached} is thrown. */
  public ErrorSink(int limit) {
    this.limit = limit;
  }

  /** Ends a compilation that found too many errors. */
  public static final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached() {
      super("error limit reached", null, false, false);
    }
  }

  /**
   * Takes an error.
   *
   * @throws LimitReached when there are too many
   */
  public void add(RegoError error) {
    if (errors.size() >= limit) {
      errors.add(RegoError.of(ErrorCode.COMPILE, Location.NONE, "error limit reached"));
      throw new LimitReached();
    }
    errors.add(error);
  }

  /** Takes several errors. */
  public void addAll(Collection<RegoError> more) {
    more.forEach(this::add);
  }

  void compileError(Location location, String message) {
    add(RegoError.of(ErrorCode.COMPILE, location, message));
  }

  void typeError(Location location, String message) {
    add(RegoError.of(ErrorCode.TYPE, location, message));
  }

  /** Whether there is any. */
  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** What was found, in order. */
  public List<RegoError> errors() {
    return List.copyOf(errors);
  }
}
