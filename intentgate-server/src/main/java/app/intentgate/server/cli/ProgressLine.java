package app.intentgate.server.cli;

import app.intentgate.audit.AuditFileVerifier.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line that says how far something long is and how fast it goes, written over and over. For
 * people at a terminal: nothing is written unless it is one, or they ask for it. Shows nothing of
 * what is over within half a second, unless asked for.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final int CELLS = 30;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PrintWriter out;
  private final boolean shown;
  private final boolean always;
  private final String label;
  private final long begun = System.nanoTime();
  private long last;
  private long total;
  private long bytes;
  private long events;
  private int width;

  private ProgressLine(PrintWriter out, String label, boolean shown, boolean always) {
    this.out = out;
    this.label = label;
    this.shown = shown;
    this.always = always;
  }

  /**
   * A line of this kind.
   *
   * @param asked whether to show it; null for when there is a terminal
   */
  static ProgressLine of(PrintWriter out, @Nullable Boolean asked) {
    return of(out, "", asked);
  }

  /** A line of this kind that begins with a word of what is being done. */
  static ProgressLine of(PrintWriter out, String label, @Nullable Boolean asked) {
    boolean always = Boolean.TRUE.equals(asked);
    return new ProgressLine(out, label, asked == null ? isTerminal() : asked, always);
  }

  /** Newer JVMs have a console without a terminal too, and say so by a method of their own. */
  @SuppressWarnings("SystemConsoleNull") // what newer JVMs say is asked for, too
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** How many bytes it will be; unknown without. */
  void total(long all) {
    total = all;
  }

  @Override
  public void at(long newBytes, long newEvents) {
    bytes = newBytes;
    events = newEvents;
    long now = System.nanoTime();
    boolean due = width == 0 ? now - begun >= FIRST_NANOS : now - last >= EVERY_NANOS;
    if (shown && due) {
      last = now;
      print(text(now));
    }
  }

  private String text(long now) {
    double seconds = Math.max(1e-3, (now - begun) / 1e9);
    String rate = String.format(Locale.ROOT, "%,d events, %,.0f/s", events, events / seconds);
    String before = label.isEmpty() ? "" : label + " ";
    if (total <= 0) {
      return before + rate;
    }
    double share = Math.min(1, (double) bytes / total);
    int full = (int) Math.round(share * CELLS);
    return String.format(
        Locale.ROOT,
        "%s[%s%s] %3.0f %%  %s",
        before,
        "#".repeat(full),
        ".".repeat(CELLS - full),
        share * 100,
        rate);
  }

  private void print(String text) {
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = Math.max(width, text.length());
  }

  /** Ends the line, if there is one. */
  @Override
  public void close() {
    if (shown && (width > 0 || always)) {
      print(text(System.nanoTime()));
      out.println();
    }
  }
}
