package app.intentgate.audit;

import java.util.ArrayList;
import java.util.List;

/** Takes a record of RFC 4180 apart. */
final class CsvCells {
  private CsvCells() {}

  /**
   * The cells of a record, without its line end.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when its quotes do not fit
   */
  static List<String> of(String record) {
    List<String> cells = new ArrayList<>(64);
    int at = 0;
    while (true) {
      StringBuilder cell = null;
      int start = at;
      if (at < record.length() && record.charAt(at) == '"') {
        cell = new StringBuilder();
        at = quoted(record, at + 1, cell);
      } else {
        while (at < record.length() && record.charAt(at) != ',') {
          if (record.charAt(at++) == '"') {
            throw unreadable();
          }
        }
      }
      cells.add(cell == null ? record.substring(start, at) : cell.toString());
      if (at == record.length()) {
        return cells;
      }
      if (record.charAt(at++) != ',') {
        throw unreadable();
      }
    }
  }

  /** Reads up to the closing quote; gives the place after it. */
  private static int quoted(String record, int from, StringBuilder cell) {
    int at = from;
    while (at < record.length()) {
      char c = record.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (at < record.length() && record.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        return at;
      }
    }
    throw unreadable();
  }

  private static AuditException unreadable() {
    return new AuditException(AuditException.Code.UNREADABLE, "its quotes do not fit");
  }
}
