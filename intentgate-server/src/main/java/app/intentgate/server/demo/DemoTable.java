package app.intentgate.server.demo;

import java.io.PrintWriter;

/** The table of the demonstration. */
final class DemoTable {
  private static final String ROW = "%-42s %-11s %-12s %8s  %s%n";

  private final PrintWriter out;

  DemoTable(PrintWriter out) {
    this.out = out;
  }

  void header() {
    out.printf(ROW, "call", "decision", "check", "ms", "reason");
    out.printf(ROW, "-".repeat(42), "-".repeat(11), "-".repeat(12), "-".repeat(8), "-".repeat(24));
  }

  void row(String what, DemoClient.Answer answer) {
    boolean refused = !answer.outcome().equals("allow") && !answer.outcome().equals("escalate");
    out.printf(
        ROW,
        what,
        refused ? "block" : answer.outcome(),
        refused ? answer.outcome() : answer.outcome().equals("escalate") ? "policy" : "all four",
        "%.2f".formatted(answer.micros() / 1000.0),
        answer.reason());
  }
}
