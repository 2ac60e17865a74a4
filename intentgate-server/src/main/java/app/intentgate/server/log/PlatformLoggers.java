package app.intentgate.server.log;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What the core and the JDK log through {@link System.Logger}, in the same lines as all else. */
public final class PlatformLoggers extends System.LoggerFinder {
  /** For the JDK. */
  public PlatformLoggers() {}

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new PlatformLogger(name);
  }

  private record PlatformLogger(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && LogOutput.shows(name, of(level));
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        LogOutput.write(of(level), name, String.valueOf(message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        String text =
            format == null || parameters == null || parameters.length == 0
                ? String.valueOf(format)
                : formatted(format, parameters);
        LogOutput.write(of(level), name, text, null);
      }
    }

    /** A message that is no pattern is told as it is: what logs must not fail because of it. */
    private static String formatted(String format, @Nullable Object[] parameters) {
      try {
        return MessageFormat.format(format, parameters);
      } catch (IllegalArgumentException e) {
        return format + " " + Arrays.toString(parameters);
      }
    }

    private static org.slf4j.event.Level of(Level level) {
      return switch (level) {
        case ERROR, OFF -> org.slf4j.event.Level.ERROR;
        case WARNING -> org.slf4j.event.Level.WARN;
        case INFO -> org.slf4j.event.Level.INFO;
        case DEBUG -> org.slf4j.event.Level.DEBUG;
        default -> org.slf4j.event.Level.TRACE;
      };
    }
  }
}
