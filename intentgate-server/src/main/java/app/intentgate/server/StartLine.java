package app.intentgate.server;

import app.intentgate.IntentGate;
import app.intentgate.server.config.CheckSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.HttpSettings;
import app.intentgate.server.config.ListenAddress;
import app.intentgate.server.config.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator reads when the gate is up: one line, and one more for each thing left open. */
final class StartLine {
  private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);

  private StartLine() {}

  static void log(
      Config config, Credentials credentials, IntentGate gate, int port, boolean forwards) {
    ListenAddress address = config.get(HttpSettings.ADDR);
    List<String> open = open(config, credentials, address, forwards);
    String policy = gate.policies().forTenant("").sha256();
    LOG.info(
        "listening on {} store={} data={} policy={} ({}) {}",
        new ListenAddress(address.host(), port),
        config.store().name().toLowerCase(java.util.Locale.ROOT),
        config.get(StoreSettings.DATA_DIR).toAbsolutePath().normalize(),
        policy.substring(0, Math.min(12, policy.length())),
        gate.policies().forTenant("").label(),
        open.isEmpty() ? "nothing is left open" : "left open: " + String.join("; ", open));
    if (config.get(CheckSettings.MODE) == Choices.Mode.OBSERVE) {
      LOG.warn("INTENTGATE_MODE=observe: what is refused goes on all the same");
    }
    if (!config.requiresCapability()) {
      LOG.warn(
          "calls without a token are judged by policy alone; INTENTGATE_REQUIRE_CAPABILITY=true"
              + " refuses them");
    }
    if (credentials.generatedAdmin() != null) {
      LOG.info(
          "the admin token is in {}", credentials.generatedAdmin().toAbsolutePath().normalize());
    }
  }

  private static List<String> open(
      Config config, Credentials credentials, ListenAddress address, boolean forwards) {
    List<String> open = new ArrayList<>();
    if (!address.isLoopback()) {
      open.add("reachable from other machines without TLS");
    }
    if (config.get(CheckSettings.MODE) == Choices.Mode.OBSERVE) {
      open.add("refusals are only recorded (INTENTGATE_MODE=observe)");
    }
    if (!config.requiresCapability()) {
      open.add("no token required");
    }
    if (config.store() == Choices.Store.MEMORY) {
      open.add("nothing survives a restart");
    }
    if (!forwards) {
      open.add("no upstream, allowed calls get a stub answer");
    }
    if (!credentials.hasOperators()) {
      open.add("no operator, admin routes are off");
    }
    return open;
  }
}
