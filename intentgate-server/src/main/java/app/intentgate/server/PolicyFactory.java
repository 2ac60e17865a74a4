package app.intentgate.server;

import app.intentgate.IntentGate;
import app.intentgate.policy.lifecycle.PolicyService;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.PolicySettings;
import app.intentgate.server.stores.GateStorage;
import app.intentgate.token.TokenIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Starts what keeps a gate's policies up to date. */
final class PolicyFactory {
  private PolicyFactory() {}

  /**
   * The policies of a gate; null when they cannot be changed.
   *
   * @throws app.intentgate.store.StoreUnavailableException when the store does not answer
   */
  static @Nullable PolicyService start(Config config, GateStorage storage, IntentGate gate) {
    if (config.get(PolicySettings.POLICY_STORE) == Choices.Policies.OFF) {
      return null;
    }
    SecureRandom random = new SecureRandom();
    byte[] id = new byte[8];
    random.nextBytes(id);
    Clock clock = Clock.systemUTC();
    return PolicyService.start(
        new PolicyService.Parts(
            storage.policies(),
            gate.policies(),
            gate.audit(),
            Duration.ofMillis(config.get(PolicySettings.POLICY_TIMEOUT_MS)),
            config.get(PolicySettings.POLICY_REQUIRE_APPROVAL),
            "gate-" + HexFormat.of().formatHex(id),
            new TokenIds(clock, random)::next,
            clock));
  }
}
