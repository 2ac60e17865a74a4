package app.intentgate.server.cli;

import java.io.PrintWriter;
import java.util.List;

/** A table with lines around it; cells that are long are cut. */
final class TextTable {
  private static final int MAX_CELL = 80;

  private final List<List<String>> rows;
  private final int[] widths;

  /** A table whose first row is its head; all rows have as many cells. */
  TextTable(List<List<String>> rows) {
    this.rows = rows.stream().map(row -> row.stream().map(TextTable::cut).toList()).toList();
    this.widths = new int[rows.get(0).size()];
    for (List<String> row : this.rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
  }

  private static String cut(String cell) {
    if (cell.length() <= MAX_CELL) {
      return cell;
    }
    int end = Character.isHighSurrogate(cell.charAt(MAX_CELL - 1)) ? MAX_CELL - 1 : MAX_CELL;
    return cell.substring(0, end) + "...";
  }

  void print(PrintWriter out) {
    StringBuilder line = new StringBuilder("+");
    for (int width : widths) {
      line.append("-".repeat(width + 2)).append('+');
    }
    out.println(line);
    boolean head = true;
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
      }
      out.println(text);
      if (head) {
        out.println(line);
        head = false;
      }
    }
    out.println(line);
  }
}
