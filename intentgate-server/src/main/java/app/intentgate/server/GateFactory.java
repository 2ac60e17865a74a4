package app.intentgate.server;

import app.intentgate.IntentGate;
import app.intentgate.IntentGateBuilder;
import app.intentgate.check.CheckObserver;
import app.intentgate.check.CostSource;
import app.intentgate.check.ToolGuard;
import app.intentgate.intent.HttpIntentExtractor;
import app.intentgate.intent.IntentExtractor;
import app.intentgate.intent.IntentRules;
import app.intentgate.intent.RuleIntentExtractor;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lifecycle.PolicyCompiler;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.server.config.ApprovalSettings;
import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.CheckSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.OperatorSettings;
import app.intentgate.server.config.PolicySettings;
import app.intentgate.server.metrics.GateMetrics;
import app.intentgate.server.metrics.MeteredAudit;
import app.intentgate.server.metrics.MeteredRevocations;
import app.intentgate.server.opa.OpaEndpoint;
import app.intentgate.server.opa.OpaPolicyEngine;
import app.intentgate.server.stores.GateStorage;
import app.intentgate.token.ToolPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a gate together from a configuration. */
final class GateFactory {
  private static final Logger LOG = LoggerFactory.getLogger(GateFactory.class);

  private GateFactory() {}

  /**
   * The gate that a configuration describes.
   *
   * @throws ConfigException when a file it names cannot be used
   */
  static IntentGate gate(
      Config config,
      Credentials credentials,
      GateStorage storage,
      PolicyEngine policy,
      ToolGuard tools,
      @Nullable GateMetrics metrics) {
    IntentGateBuilder builder =
        IntentGate.builder()
            .keys(credentials.keys())
            .policy(policy)
            .audit(metrics == null ? storage.audit() : new MeteredAudit(storage.audit(), metrics))
            .revocations(
                metrics == null
                    ? storage.revocations()
                    : new MeteredRevocations(storage.revocations(), metrics))
            .checkObserver(metrics == null ? CheckObserver.NONE : metrics)
            .killSwitches(storage.killSwitches())
            .budgets(storage.budgets())
            .approvals(
                config.get(ApprovalSettings.APPROVALS_BACKEND) == Choices.Approvals.OFF
                    ? null
                    : storage.approvals())
            .approvalWindow(ApprovalSettings.window(config))
            .toolGuard(tools)
            .requireToken(config.requiresCapability())
            .requireIntent(config.get(CheckSettings.REQUIRE_INTENT))
            .requireBudget(config.get(CheckSettings.REQUIRE_BUDGET))
            .onlyObserve(config.get(CheckSettings.MODE) == Choices.Mode.OBSERVE)
            .onBehalfOfKey(config.find(OperatorSettings.OBO_KEY))
            .intentExtractor(extractor(config))
            .minIntentConfidence(config.get(CheckSettings.INTENT_MIN_CONFIDENCE))
            .argValues(config.get(AuditSettings.AUDIT_PERSIST_ARG_VALUES))
            .ignoreUnenforceableCaveats(
                config.get(CheckSettings.UNENFORCEABLE_CAVEATS) == Choices.Unenforceable.IGNORE)
            .agentToolPrefix(config.get(CheckSettings.EASTWEST_AGENT_PREFIX));
    Map<String, Long> costs = config.find(CheckSettings.TOOL_COSTS);
    if (costs != null) {
      builder.costs(costs(costs));
    }
    return builder.build();
  }

  /**
   * The policy that a configuration names.
   *
   * @throws ConfigException when it cannot be used
   */
  static PolicyEngine policy(Config config) {
    Duration deadline = Duration.ofMillis(config.get(PolicySettings.POLICY_TIMEOUT_MS));
    Path file = config.find(PolicySettings.POLICY_FILE);
    URI opa = config.find(PolicySettings.OPA_URL);
    if (opa != null) {
      return opa(config, opa, file);
    }
    if (file == null) {
      return BuiltInPolicies.defaultPolicy(deadline);
    }
    String source = read(PolicySettings.POLICY_FILE.name(), file);
    if (!PolicyCompiler.definesDecision(source)) {
      LOG.warn(
          "{}: {} does not define {}: every call is denied",
          PolicySettings.POLICY_FILE.name(),
          file,
          RegoPolicyEngine.QUERY);
    }
    try {
      return RegoPolicyEngine.compile(file.toString(), source, "file:" + file, deadline);
    } catch (RegoCompileException e) {
      String errors = e.errors().stream().map(GateFactory::text).collect(Collectors.joining("; "));
      throw new ConfigException(
          PolicySettings.POLICY_FILE.name() + " does not compile: " + errors, e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(PolicySettings.POLICY_FILE.name() + ": " + e.getMessage(), e);
    }
  }

  private static PolicyEngine opa(Config config, URI url, @Nullable Path file) {
    if (file != null) {
      throw new ConfigException(
          PolicySettings.OPA_URL.name()
              + " and "
              + PolicySettings.POLICY_FILE.name()
              + " each name a policy: unset one");
    }
    return new OpaPolicyEngine(
        new OpaEndpoint(
            url,
            config.get(PolicySettings.OPA_PATH),
            config.find(PolicySettings.OPA_AUTH_HEADER),
            Duration.ofMillis(config.get(PolicySettings.OPA_TIMEOUT_MS))));
  }

  private static String text(RegoError error) {
    Location at = error.location();
    String place = at.isNone() ? "" : at.file() + ":" + at.row() + ":" + at.col() + ": ";
    return place + error.code() + ": " + error.message();
  }

  private static @Nullable IntentExtractor extractor(Config config) {
    URI url = config.find(CheckSettings.EXTRACTOR_URL);
    if (url != null) {
      return new HttpIntentExtractor(url);
    }
    Path rules = config.find(CheckSettings.INTENT_RULES);
    if (rules == null) {
      return null;
    }
    String source = read(CheckSettings.INTENT_RULES.name(), rules);
    try {
      return new RuleIntentExtractor(IntentRules.of(JsonReader.parse(source)));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new ConfigException(CheckSettings.INTENT_RULES.name() + ": " + e.getMessage(), e);
    }
  }

  private static CostSource costs(Map<String, Long> cents) {
    Map<String, ToolPattern> patterns = new java.util.LinkedHashMap<>();
    cents.keySet().forEach(text -> patterns.put(text, ToolPattern.of(text)));
    return tool -> {
      for (Map.Entry<String, ToolPattern> entry : patterns.entrySet()) {
        if (entry.getValue().matches(tool)) {
          return OptionalLong.of(java.util.Objects.requireNonNull(cents.get(entry.getKey())));
        }
      }
      return OptionalLong.empty();
    };
  }

  private static String read(String variable, Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigException(
          variable + " must be a readable file; " + file + " cannot be read", e);
    }
  }
}
