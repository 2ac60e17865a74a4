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
  private final boolean endsAtLimit;
  private final List<RegoError> errors = new ArrayList<>();

  private ErrorSink(int limit, boolean endsAtLimit) {
    this.limit = limit;
    this.endsAtLimit = endsAtLimit;
  }

  /** For modules: with the last of so many errors it is over. Takes any number for 0. */
  public static ErrorSink ofModules(int limit) {
    return new ErrorSink(limit, true);
  }

  /** For queries: with one more than so many errors it is over. Takes any number for 0. */
  public static ErrorSink ofQuery(int limit) {
    return new ErrorSink(limit, false);
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
    boolean full = limit > 0 && errors.size() >= limit;
    if (!full) {
      errors.add(error);
    }
    if (full || (endsAtLimit && errors.size() == limit)) {
      errors.add(RegoError.of(ErrorCode.COMPILE, Location.NONE, "error limit reached"));
      throw new LimitReached();
    }
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
