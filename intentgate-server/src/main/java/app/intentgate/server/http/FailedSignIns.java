package app.intentgate.server.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts failed sign-ins per address and beginning of the token, minute by minute (B31, B41): the
 * first of a minute is recorded, the rest as one sum, and beyond a limit the caller has to wait.
 * Bounded; thread-safe.
 */
public final class FailedSignIns {
  /** More failures than this in a minute are answered with 429. */
  static final int LIMIT = 100;

  private static final int MAX_SOURCES = 10_000;
  private static final long MINUTE = 60_000;

  private final LongSupplier clock;
  private final Map<String, Window> windows = new LinkedHashMap<>();
  private final List<Summary> over = new ArrayList<>();
  private long overElsewhere;

  /** What became of one failure. */
  public enum Verdict {
    /** The first of its minute: to be recorded. */
    FIRST,
    /** One of many. */
    REPEATED,
    /** One too many. */
    TOO_MANY
  }

  /** So many failures of one source, of a minute that is over, were not recorded one by one. */
  public record Summary(String address, long count) {}

  private static final class Window {
    private final String address;
    private final long end;
    private long count;

    Window(String address, long end) {
      this.address = address;
      this.end = end;
    }
  }

  /** Counts by a clock in milliseconds. */
  public FailedSignIns(LongSupplier clockMillis) {
    this.clock = clockMillis;
  }

  /** Counts one. */
  public synchronized Verdict count(String address, String token) {
    long now = clock.getAsLong();
    String source = address + ' ' + token.substring(0, Math.min(8, token.length()));
    Window window = windows.get(source);
    if (window == null || now >= window.end) {
      if (window == null && windows.size() >= MAX_SOURCES) {
        source = "others";
        window = windows.get(source);
      }
      if (window == null || now >= window.end) {
        if (window != null) {
          keep(window);
        }
        window = new Window(source.equals("others") ? "" : address, now + MINUTE);
        windows.put(source, window);
      }
    }
    window.count++;
    if (window.count > LIMIT) {
      return Verdict.TOO_MANY;
    }
    return window.count == 1 ? Verdict.FIRST : Verdict.REPEATED;
  }

  /** Keeps what a minute that is over held until it is asked for; beyond the bound as one sum. */
  private void keep(Window window) {
    long more = window.count - 1;
    if (more > 0 && over.size() < MAX_SOURCES) {
      over.add(new Summary(window.address, more));
    } else {
      overElsewhere += more;
    }
  }

  /**
   * Forgets the minutes that are over, and says what was not recorded in them.
   *
   * @param all whether minutes that still run are over, too
   */
  public synchronized List<Summary> drain(boolean all) {
    long now = clock.getAsLong();
    List<Summary> out = new ArrayList<>(over);
    if (overElsewhere > 0) {
      out.add(new Summary("", overElsewhere));
    }
    over.clear();
    overElsewhere = 0;
    for (Iterator<Window> it = windows.values().iterator(); it.hasNext(); ) {
      Window window = it.next();
      if (all || now >= window.end) {
        it.remove();
        if (window.count > 1) {
          out.add(new Summary(window.address, window.count - 1));
        }
      }
    }
    return out;
  }
}
