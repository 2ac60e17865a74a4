package app.intentgate.server.config;

import app.intentgate.server.config.Choices.LogFormat;
import app.intentgate.server.config.Choices.LogLevel;
import java.util.List;
import java.util.Map;

/** Variables of what is logged. */
public final class LogSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** What is logged. */
  public static final Setting<LogLevel> LOG_LEVEL =
      ROWS.row(
          "LOG_LEVEL",
          "info",
          "debug, info, warn or error",
          "What is logged, on standard error.",
          Parsers.choice(
              Map.of(
                  "debug",
                  LogLevel.DEBUG,
                  "info",
                  LogLevel.INFO,
                  "warn",
                  LogLevel.WARN,
                  "error",
                  LogLevel.ERROR)));

  /** How it is logged. */
  public static final Setting<LogFormat> LOG_FORMAT =
      ROWS.row(
          "LOG_FORMAT",
          "text",
          "text or json",
          "How log lines look.",
          Parsers.choice(Map.of("text", LogFormat.TEXT, "json", LogFormat.JSON)));

  private LogSettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
