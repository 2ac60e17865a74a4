package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares CSV: a row of ours may have further cells at its end, the recorded ones must be first
 * and in their order.
 */
final class CsvRows {
  private CsvRows() {}

  static List<String> differences(JsonNode expected, String body) {
    List<List<String>> rows = rows(body);
    List<String> out = new ArrayList<>();
    if (expected.isArray()) {
      if (expected.size() != rows.size()) {
        out.add("csv has " + rows.size() + " rows, not " + expected.size());
        return out;
      }
      for (int i = 0; i < rows.size(); i++) {
        if (!fits(expected.get(i), rows.get(i))) {
          out.add("csv row " + i + " " + rows.get(i) + " is not " + expected.get(i));
        }
      }
      return out;
    }
    for (JsonNode row : expected.path("<contains>")) {
      if (rows.stream().noneMatch(got -> fits(row, got))) {
        out.add("csv has no row " + row + " in " + rows);
      }
    }
    return out;
  }

  private static boolean fits(JsonNode want, List<String> got) {
    if (got.size() < want.size()) {
      return false;
    }
    for (int i = 0; i < want.size(); i++) {
      if (!Differences.of(want.get(i), TextNode.valueOf(got.get(i))).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Rows of RFC 4180 with LF. */
  static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    return rows;
  }
}
