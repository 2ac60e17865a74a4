package app.intentgate.audit;

import java.util.ArrayList;
import java.util.List;

/** The checkpoint lines that end a file: kept up to a size, counted beyond it. Not thread-safe. */
final class Trailers {
  /** Enough for an export of 200,000 chains. */
  static final long MOST_CHARS = 64 << 20;

  static final String TOO_MANY = "more checkpoints end the file than 64 MiB";

  private final List<String> kept = new ArrayList<>();
  private long chars;
  private long count;

  /** Takes the next one; false when there is no room to keep it. */
  boolean add(String line) {
    count++;
    chars += line.length();
    return chars <= MOST_CHARS && kept.add(line);
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** Those that were kept, in order. */
  List<String> kept() {
    return kept;
  }
}
