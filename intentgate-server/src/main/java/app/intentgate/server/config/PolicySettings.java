package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Policies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of the policy. */
public final class PolicySettings {
  private static final SettingRows ROWS = new SettingRows();

  /** The policy. */
  public static final Setting<Path> POLICY_FILE =
      ROWS.row(
          "POLICY_FILE",
          "",
          "a readable Rego file",
          "Policy of the gate; unset, the built-in one.",
          Path::of);

  /** How long a policy may take. */
  public static final Setting<Long> POLICY_TIMEOUT_MS =
      ROWS.number(
          "POLICY_TIMEOUT_MS", "50", 1, 10_000, "Longest evaluation of a policy, in milliseconds.");

  /** Whether policies can be changed while the gate runs. */
  public static final Setting<Policies> POLICY_STORE =
      ROWS.row(
          "POLICY_STORE",
          "memory",
          "off, memory or postgres",
          "Whether operators can draft and promote policies: off takes the routes away; memory and"
              + " postgres keep policies in the store of the gate.",
          Parsers.choice(
              Map.of("off", Policies.OFF, "memory", Policies.ON, "postgres", Policies.ON)));

  /** Whether a second operator must approve. */
  public static final Setting<Boolean> POLICY_REQUIRE_APPROVAL =
      ROWS.flag(
          "POLICY_REQUIRE_APPROVAL",
          "false",
          "Whether a second operator must approve each change of what is in force: promote,"
              + " rollback and clear.");

  private PolicySettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
