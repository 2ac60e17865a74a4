package app.intentgate.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variables of features that are not built yet. One that would only add something is a warning,
 * also a sink's: what it would get is in the audit log. One that turns on a control, or the keeping
 * of payloads, stops the start: a gate that silently does not protect is worse than none.
 */
final class LaterSettings {
  /** Turned on by one switch; the other variables of that prefix only tune it. */
  private static final Map<String, String> CONTROLS =
      Map.ofEntries(
          Map.entry("PROVENANCE_ENABLED", "memory provenance"),
          Map.entry("PII_FILTER_ENABLED", "the PII filter"),
          Map.entry("OUTPUT_SCHEMAS_PATH", "output schemas"),
          Map.entry("TENANT_SCOPED_TOOLS", "tenant scope"),
          Map.entry("FAULT_ISOLATION_ENABLED", "fault isolation"),
          Map.entry("ACTION_GUARD_ENABLED", "the action guard"),
          Map.entry("REFVERIFY_ENABLED", "reference verification"),
          Map.entry("EASTWEST_ENABLED", "east-west control"),
          Map.entry("TOOL_SCOPE_ENABLED", "tool scopes"),
          Map.entry("ZONE_SCOPE_ENABLED", "tool scopes"),
          Map.entry("TASK_BINDING", "task binding"),
          Map.entry("PAYLOAD_CAPTURE_ENABLED", "payload capture"),
          Map.entry("DECEPTION_CONFIG_PATH", "deception"),
          Map.entry("DECEPTION_SYNC_URL", "deception"),
          Map.entry("DISCOVERY_AUTHORIZE_URL", "delegated authorization"),
          Map.entry("FEDERATION_DIRECTIVE_URL", "federated stop directives"));

  /** Known, and without effect until its feature is built. */
  private static final Set<String> OTHERS =
      Set.of(
          "CREDENTIAL_ENCRYPTION_KEY",
          "NODE_ID",
          "LAB_MODE",
          "LAB_ENV",
          "TASK_MAX_CALLS",
          "TASK_WARN_SCORE",
          "TASK_BLOCK_SCORE",
          "EASTWEST_CONFIG",
          "TOOL_SCOPE_CONFIG",
          "ZONE_SCOPE_CONFIG",
          "OUTPUT_SCHEMA_DEFAULT_ACTION",
          "TENANT_SCOPE_DEFAULT_ACTION");

  private static final List<String> FAMILIES =
      List.of(
          "PII_",
          "FAULT_ISOLATION_",
          "ACTION_GUARD_",
          "REFVERIFY_",
          "PAYLOAD_CAPTURE_",
          "DECEPTION_",
          "DISCOVERY_",
          "SIEM_",
          "WEBHOOK_",
          "RISK_",
          "FEDERATION_");

  private LaterSettings() {}

  /** Every name known to come, for the search of the nearest. */
  static List<String> names() {
    List<String> out = new ArrayList<>(CONTROLS.keySet());
    out.addAll(OTHERS);
    return out;
  }

  /**
   * The warning for a variable of a later feature, or null when the name is not known.
   *
   * @param name without {@code INTENTGATE_}
   * @throws ConfigException when the value turns on a control that would not protect
   */
  static @Nullable String judge(String name, String value) {
    String control = CONTROLS.get(name);
    if (control != null) {
      if (turnsOn(value)) {
        throw new ConfigException(
            "INTENTGATE_"
                + name
                + " asks for "
                + control
                + ", which this version does not have: unset it, or use a version that has it");
      }
      return "INTENTGATE_" + name + " is off; " + control + " is not built yet";
    }
    if (OTHERS.contains(name) || FAMILIES.stream().anyMatch(name::startsWith)) {
      return "INTENTGATE_" + name + " has no effect: its feature is not built yet";
    }
    return null;
  }

  private static boolean turnsOn(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "false", "0", "off", "none" -> false;
      default -> true;
    };
  }
}
