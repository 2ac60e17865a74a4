package app.intentgate.server.cli;

import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.VerificationReport;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what a verification found, to people and to programs. What is verified may have been written
 * by anyone: no text of it makes a line of its own, which could say that all is intact.
 */
final class VerificationPrinter {
  private VerificationPrinter() {}

  static void text(AuditFileVerifier.Result result, List<String> problems, PrintWriter out) {
    for (VerificationReport chain : result.chains()) {
      out.printf("chain %s: %d events hold%n", Cells.plain(chain.chain()), chain.verified());
      VerificationReport.Start start = chain.start();
      if (start != null && !start.genesis()) {
        out.printf("  starts at event %d: %s%n", start.seq(), Cells.plain(start.why()));
      }
      ChainHead head = chain.head();
      if (head != null) {
        out.printf("  newest: %d, %s, %s%n", head.seq(), head.at(), Cells.plain(head.hash()));
      }
    }
    BrokenEvent broken = result.broken();
    if (broken == null) {
      out.printf("%s: %d events%n", problems.isEmpty() ? "intact" : "linked", result.events());
    } else {
      String line = broken.line() == 0 ? "" : "line " + broken.line() + ", ";
      out.printf("BROKEN at %sevent %d: %s%n", line, broken.seq(), broken.how().reason());
      out.println("  " + Cells.plain(broken.detail()));
    }
    problems.forEach(problem -> out.println("BROKEN: " + Cells.plain(problem)));
  }

  static JsonObject json(AuditFileVerifier.Result result, List<String> problems) {
    List<JsonValue> chains = new ArrayList<>();
    for (VerificationReport chain : result.chains()) {
      JsonObject.Builder one =
          JsonObject.builder(6)
              .put("chain", chain.chain())
              .put("ok", chain.ok())
              .put("verified", chain.verified());
      VerificationReport.Start start = chain.start();
      if (start != null && !start.genesis()) {
        one.put("starts_at", start.seq()).put("starts_why", start.why());
      }
      ChainHead head = chain.head();
      if (head != null) {
        one.put("head_seq", head.seq()).put("head_hash", head.hash());
      }
      chains.add(one.build());
    }
    JsonObject.Builder out =
        JsonObject.builder(5)
            .put("ok", result.ok() && problems.isEmpty())
            .put("events", result.events())
            .put("chains", JsonArray.copyOf(chains));
    if (!problems.isEmpty()) {
      out.put(
          "checkpoint_problems",
          JsonArray.of(problems.stream().map(JsonString::of).toArray(JsonValue[]::new)));
    }
    BrokenEvent broken = result.broken();
    if (broken != null) {
      out.put(
          "broken_at",
          JsonObject.builder(6)
              .put("line", broken.line())
              .put("seq", broken.seq())
              .put("reason", broken.how().reason())
              .put("detail", broken.detail())
              .put("stored_hash", broken.storedHash())
              .put("expected_hash", broken.expectedHash())
              .build());
    }
    return out.build();
  }
}
