package app.intentgate.server.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.EventConstants;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * One name's logger. Libraries ask several times per request whether they should speak, so the
 * answer is a plain field; a change is seen by other threads soon, not at once.
 */
final class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private int lowest;

  StderrLogger(String name, int lowest) {
    this.name = name;
    this.lowest = lowest;
  }

  /** Sets the lowest level that is shown, as {@link Level#toInt} numbers it. */
  void setLowest(int level) {
    lowest = level;
  }

  @Override
  public boolean isTraceEnabled() {
    return lowest <= EventConstants.TRACE_INT;
  }

  @Override
  public boolean isDebugEnabled() {
    return lowest <= EventConstants.DEBUG_INT;
  }

  @Override
  public boolean isInfoEnabled() {
    return lowest <= EventConstants.INFO_INT;
  }

  @Override
  public boolean isWarnEnabled() {
    return lowest <= EventConstants.WARN_INT;
  }

  @Override
  public boolean isErrorEnabled() {
    return lowest <= EventConstants.ERROR_INT;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    LogOutput.write(level, name, text == null ? "" : text, failure);
  }
}
