package app.intentgate.rego.graphql;

import java.util.ArrayList;
import java.util.List;

/** What a block string means: its lines without common indentation and blank ends. */
final class BlockText {
  private BlockText() {}

  static String of(String raw) {
    List<String> lines = new ArrayList<>(List.of(raw.split("\n", -1)));
    int common = Integer.MAX_VALUE;
    for (String line : lines.subList(1, lines.size())) {
      int indent = indent(line);
      if (indent < line.length()) {
        common = Math.min(common, indent);
      }
    }
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      lines.set(i, line.substring(Math.min(common, line.length())));
    }
    int first = 0;
    int end = lines.size();
    while (first < end && isBlank(lines.get(first))) {
      first++;
    }
    while (first < end && isBlank(lines.get(end - 1))) {
      end--;
    }
    return String.join("\n", lines.subList(first, end));
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(String line) {
    return indent(line) == line.length();
  }
}
