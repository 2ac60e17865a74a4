package app.intentgate.audit;

import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes stored lines as the rows that {@link EventCsv} describes, from the bytes they are kept in:
 * most cells are copied, and only one with an escape in it is read. Reuses its buffers: not
 * thread-safe.
 */
public final class CsvLines {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long COMMAS = ONES * ',';
  private static final long BACKSLASHES = ONES * '\\';
  private static final MemberSlot[] COLUMNS =
      EventCsv.COLUMNS.stream().map(MemberSlot::of).toArray(MemberSlot[]::new);

  private final ByteBuilder row = new ByteBuilder(2048);
  private final ByteBuilder cell = new ByteBuilder(256);

  /** A writer of rows. */
  public CsvLines() {}

  /**
   * Writes a line's row, with its line feed.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when a value is no JSON; nothing
   *     was written then
   */
  public void write(StoredLine line, OutputStream out) throws IOException {
    EventMembers members = line.members();
    row.reset();
    for (int i = 0; i < COLUMNS.length; i++) {
      if (i > 0) {
        row.add(',');
      }
      if (members.has(COLUMNS[i])) {
        cell(COLUMNS[i], members);
      } else {
        row.ascii(EventCsv.absent(COLUMNS[i].field().kind()));
      }
    }
    row.add('\n').writeTo(out);
  }

  private void cell(MemberSlot column, EventMembers members) {
    byte[] source = members.source();
    int from = members.valueFrom(column);
    int to = members.valueTo(column);
    switch (column.field().kind()) {
      case TIME, TEXT -> {
        if (!plain(source, from + 1, to - 1)) {
          row.utf8(EventCsv.textCell(members.text(column)));
        }
      }
      case INT, FLAG -> {
        if (source[from] == '-') {
          row.add('\'');
        }
        row.add(source, from, to);
      }
      case TEXTS -> {
        if (!joined(source, from, to)) {
          row.utf8(EventCsv.listCell(texts(source, from, to)));
        }
      }
      case OBJECT -> object(source, from, to);
    }
  }

  /** Adds text as it is, in quotes where it needs them; false when it has an escape in it. */
  private boolean plain(byte[] source, int from, int to) {
    if (from == to) {
      return true;
    }
    boolean quotes = source[from] == ' ';
    int i = from;
    while (i < to) {
      if (i + 8 <= to && !hasSpecial((long) WORD.get(source, i))) {
        i += 8;
        continue;
      }
      byte b = source[i++];
      if (b == '\\') {
        return false;
      }
      quotes |= b == ',';
    }
    if (quotes) {
      row.add('"');
    }
    if (EventCsv.isDangerous((char) source[from])) {
      row.add('\'');
    }
    row.add(source, from, to);
    if (quotes) {
      row.add('"');
    }
    return true;
  }

  private static boolean hasSpecial(long word) {
    long comma = word ^ COMMAS;
    long backslash = word ^ BACKSLASHES;
    return ((((comma - ONES) & ~comma) | ((backslash - ONES) & ~backslash)) & HIGHS) != 0;
  }

  /** Adds a list joined by semicolons; false when that needs a closer look. */
  private boolean joined(byte[] source, int from, int to) {
    cell.reset();
    int at = from + 1;
    while (at < to - 1) {
      // At an item's first quote: what has no escape ends at the next one.
      int start = ++at;
      while (source[at] != '"') {
        if (source[at] == '\\' || source[at] == ';') {
          return false;
        }
        at++;
      }
      if (at == start || (cell.size() == 0 && source[start] == '[')) {
        return false;
      }
      if (cell.size() > 0) {
        cell.add(';');
      }
      cell.add(source, start, at);
      at += 2;
    }
    return plain(cell.array(), 0, cell.size());
  }

  private static List<String> texts(byte[] source, int from, int to) {
    try {
      return EventJson.textsOf(
          JsonReader.parse(Arrays.copyOfRange(source, from, to), EventJson.LIMITS));
    } catch (JsonParseException e) {
      throw new AuditException(AuditException.Code.UNREADABLE, "a list is not JSON", e);
    }
  }

  /** Adds an object as JSON, whose quotes are doubled. */
  private void object(byte[] source, int from, int to) {
    row.add('"');
    int start = from;
    for (int i = from; i < to; i++) {
      if (source[i] == '"') {
        row.add(source, start, i + 1);
        start = i;
      }
    }
    row.add(source, start, to).add('"');
  }
}
