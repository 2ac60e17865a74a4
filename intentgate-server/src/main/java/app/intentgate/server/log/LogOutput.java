package app.intentgate.server.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Where all lines go: standard error, one line an entry, control characters escaped so that no text
 * from outside can forge a line; in the text form a trace follows, each of its lines indented.
 * Libraries show warnings and errors unless the level is debug.
 */
public final class LogOutput {
  private static final ConcurrentMap<String, StderrLogger> LOGGERS = new ConcurrentHashMap<>();
  private static volatile Level threshold = Level.INFO;
  private static volatile boolean json;

  private LogOutput() {}

  /** Sets, for the whole process, what is shown and how. */
  public static void configure(Level lowest, boolean asJson) {
    threshold = lowest;
    json = asJson;
    LOGGERS.forEach((name, logger) -> logger.setLowest(lowestFor(name)));
  }

  static Logger logger(String name) {
    return LOGGERS.computeIfAbsent(name, n -> new StderrLogger(n, lowestFor(n)));
  }

  static boolean shows(String name, Level level) {
    return level.toInt() >= lowestFor(name);
  }

  private static int lowestFor(String name) {
    int lowest = threshold.toInt();
    boolean library = !name.startsWith("app.intentgate") && lowest > Level.DEBUG.toInt();
    return library ? Math.max(lowest, Level.WARN.toInt()) : lowest;
  }

  static void write(Level level, String name, String message, @Nullable Throwable failure) {
    StringBuilder out = new StringBuilder(message.length() + 80);
    String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    String trace = failure == null ? "" : trace(failure);
    if (json) {
      out.append("{\"ts\":\"").append(time);
      out.append("\",\"level\":\"").append(level.toString().toLowerCase(java.util.Locale.ROOT));
      out.append("\",\"logger\":\"");
      escape(name, out);
      out.append("\",\"message\":\"");
      escape(message, out);
      if (!trace.isEmpty()) {
        out.append("\",\"exception\":\"");
        escape(trace, out);
      }
      out.append("\"}\n");
    } else {
      out.append(time).append(' ').append(level).append(' ');
      out.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
      escapeControls(message, out);
      out.append('\n');
      indent(trace, out);
    }
    PrintStream stderr = System.err;
    stderr.print(out);
    stderr.flush();
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** No line begins as an entry does, whatever the messages in a trace hold. */
  private static void indent(String trace, StringBuilder out) {
    for (String line : trace.split(System.lineSeparator() + "|\n")) {
      int tabs = 0;
      while (tabs < line.length() && line.charAt(tabs) == '\t') {
        tabs++;
      }
      if (!line.isEmpty()) {
        out.append("  ".repeat(tabs + 1));
        escapeControls(line.substring(tabs), out);
        out.append('\n');
      }
    }
  }

  private static void escapeControls(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f && c < 0xa0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < 0x20 || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }
}
