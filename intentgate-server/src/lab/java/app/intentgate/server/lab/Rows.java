package app.intentgate.server.lab;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what was answered is on the chain. */
final class Rows {
  private static final Pattern VERIFIED = Pattern.compile("\"verified\":(\\d+)");

  private Rows() {}

  /**
   * Verifies the chain of a gate.
   *
   * @param answered calls that were answered; those under way when a round ended may be there too
   */
  static String check(Target target, long answered) throws IOException {
    String report = Figures.get(target, "/v1/admin/audit/verify");
    Matcher found = VERIFIED.matcher(report);
    boolean intact = report.contains("\"ok\":true");
    long rows = found.find() ? Long.parseLong(found.group(1)) : -1;
    return String.format(
        Locale.ROOT,
        "%-18s %d calls answered, %d events verified, chain %s, missing %d",
        target.name(),
        answered,
        rows,
        intact ? "intact" : "BROKEN: " + report,
        Math.max(0, answered - rows));
  }
}
