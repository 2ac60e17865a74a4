package app.intentgate.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the names of tools hint at. A hint for a person who looks, nothing to decide by: a name
 * proves nothing.
 */
final class RiskSignals {
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "payment",
          Set.of("pay", "payment", "payout", "transfer", "funds", "refund", "charge", "wire"),
          "production-data",
          Set.of("prod", "production", "customer", "customers", "ledger"),
          "outbound",
          Set.of("email", "mail", "send", "sms", "webhook", "post", "publish", "upload", "slack"),
          "regulated-data",
          Set.of("patient", "medical", "health", "pii", "ssn", "bsn", "passport", "payroll"));

  private RiskSignals() {}

  /** The signals of an agent, sorted. */
  static List<String> of(String agentId, Collection<String> tools) {
    TreeSet<String> signals = new TreeSet<>();
    if (agentId.isEmpty()) {
      signals.add("unknown-identity");
    }
    for (String tool : tools) {
      for (String word : tool.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
        WORDS.forEach(
            (signal, words) -> {
              if (words.contains(word)) {
                signals.add(signal);
              }
            });
      }
    }
    return List.copyOf(signals);
  }
}
