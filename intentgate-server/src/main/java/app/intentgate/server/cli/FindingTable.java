package app.intentgate.server.cli;

import app.intentgate.server.doctor.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Findings as a table whose last column is wrapped and never cut. */
final class FindingTable {
  private static final int WIDTH = 72;
  private static final String FORMAT = "%-5s  %-";

  private FindingTable() {}

  static void print(List<Finding> found, PrintWriter out) {
    int subject = "WHAT".length();
    for (Finding finding : found) {
      subject = Math.max(subject, finding.subject().length());
    }
    String format = FORMAT + subject + "s  %s%n";
    out.printf(format, "LEVEL", "WHAT", "FOUND");
    for (Finding finding : found) {
      String level = finding.level().name();
      String what = finding.subject();
      for (String line : wrapped(finding.text())) {
        out.printf(format, level, what, line);
        level = "";
        what = "";
      }
    }
    out.printf(
        "%d bad, %d to know of, %d as they should be%n",
        count(found, Finding.Level.BAD),
        count(found, Finding.Level.WARN),
        count(found, Finding.Level.OK));
  }

  private static long count(List<Finding> found, Finding.Level level) {
    return found.stream().filter(f -> f.level() == level).count();
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
