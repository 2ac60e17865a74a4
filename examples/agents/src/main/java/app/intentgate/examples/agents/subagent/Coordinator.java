package app.intentgate.examples.agents.subagent;

import app.intentgate.sdk.IntentGateClient;
import app.intentgate.sdk.ToolResult;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Gives part of its work to a sub-agent, with a token that can do less than its own: made offline,
 * without a key and without asking the gate, and never to be widened again.
 */
public final class Coordinator {
  private final String url;
  private final CapabilityToken token;

  /** A coordinator with a token of its own. */
  public Coordinator(String url, CapabilityToken token) {
    this.url = url;
    this.token = token;
  }

  /** What a sub-agent gets: reading only, so many calls, five minutes. */
  public CapabilityToken forReader(int calls) {
    return token.attenuate(
        List.of(
            new Caveat.ToolAllow(List.of("read_*")),
            new Caveat.MaxCalls(calls),
            new Caveat.Expiry(Instant.now().plus(Duration.ofMinutes(5)).getEpochSecond())));
  }

  /** A sub-agent's work: it has nothing but the token it was given. */
  public static ToolResult read(String url, CapabilityToken given, int invoice) {
    try (IntentGateClient gate = IntentGateClient.builder().url(url).token(given).build()) {
      return gate.call("read_invoice", Map.of("id", invoice));
    }
  }

  /** Reads by a sub-agent and pays by itself. */
  public String settle(int invoice, int amount) {
    String text = read(url, forReader(1), invoice).text();
    try (IntentGateClient gate = IntentGateClient.builder().url(url).token(token).build()) {
      return text + "; " + gate.call("pay_invoice", Map.of("id", invoice, "amount", amount)).text();
    }
  }
}
