package app.intentgate.server.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One name's logger. What is shown is decided at each line, so that the level may be set late. */
final class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  StderrLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return LogOutput.shows(name, Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return LogOutput.shows(name, Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return LogOutput.shows(name, Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return LogOutput.shows(name, Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return LogOutput.shows(name, Level.ERROR);
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
