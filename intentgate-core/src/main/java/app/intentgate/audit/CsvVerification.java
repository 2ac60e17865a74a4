package app.intentgate.audit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the rows of a CSV export, one at a time. A file with the columns that a gate writes must
 * be what it writes, character for character; another program's copy is read for what it says. Not
 * thread-safe.
 */
final class CsvVerification {
  private final Lines lines;
  private final ChainsWalk walk;
  private final Trailers trailers;
  private final boolean exact;
  private final ByteBuilder record = new ByteBuilder(2048);
  private @Nullable EventCsvReader reader;
  private boolean written;
  private long rows;

  CsvVerification(Lines lines, ChainsWalk walk, Trailers trailers, boolean exact) {
    this.lines = lines;
    this.walk = walk;
    this.trailers = trailers;
    this.exact = exact;
  }

  /** Whether a file's first line is the first row of a CSV and no event. */
  static boolean isHeader(byte[] line, int from, int to) {
    return to > from
        && !text(line, from, to).contains("{")
        && text(line, from, to).contains("schema_version");
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  /** How many rows were events. */
  long rows() {
    return rows;
  }

  /** Verifies the record that begins with the line at hand, and maybe goes on in the next. */
  void record() throws IOException {
    long number = lines.number();
    record.reset();
    boolean tooLong = lines.isTooLong();
    boolean open = add(false);
    while (open && lines.isTerminated() && record.size() < Lines.MAX_LINE && lines.next()) {
      record.add('\n');
      open = add(true);
      tooLong |= lines.isTooLong();
    }
    try {
      if (tooLong) {
        throw unreadable(ChainsWalk.TOO_LONG);
      }
      if (exact && !lines.isTerminated()) {
        throw unreadable("the last row is torn: it does not end in a line feed");
      }
      row(text(), number);
    } catch (AuditException e) {
      walk.unreadable(number, String.valueOf(e.getMessage()));
    }
  }

  /** Adds a line to the record; true when a quote is open at its end. */
  private boolean add(boolean open) {
    boolean quoted = open;
    for (int i = lines.from(); i < lines.to(); i++) {
      quoted ^= lines.buffer()[i] == '"';
    }
    record.add(lines.buffer(), lines.from(), lines.to());
    return quoted;
  }

  private String text() {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(record.asBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw unreadable("it is not UTF-8");
    }
    return !exact && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private void row(String text, long number) {
    EventCsvReader known = reader;
    if (known == null) {
      String header = text.startsWith("\ufeff") && !exact ? text.substring(1) : text;
      reader = EventCsvReader.of(header);
      written = EventCsv.header().equals(header + "\n");
      return;
    }
    List<String> cells = CsvCells.of(text);
    String trailer = EventCsvReader.trailer(cells);
    if (trailer != null) {
      if (!trailers.add(trailer)) {
        throw unreadable(Trailers.TOO_MANY);
      }
      return;
    }
    rows++;
    if (trailers.count() > 0) {
      throw unreadable("an event comes after the checkpoints that end the file");
    }
    StoredEvent event = known.read(cells);
    if (exact && written && !EventCsv.row(event).equals(text + "\n")) {
      throw unreadable("it is not in the form that events are written in");
    }
    byte[] line = EventJson.bytes(event);
    walk.line(line, 0, line.length, number);
  }

  private static AuditException unreadable(String why) {
    return new AuditException(AuditException.Code.UNREADABLE, why);
  }
}
