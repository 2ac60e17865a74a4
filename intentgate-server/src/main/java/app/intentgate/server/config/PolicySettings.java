package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Policies;
import java.net.URI;
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

  /** Where a running OPA is. */
  public static final Setting<URI> OPA_URL =
      ROWS.row(
          "OPA_URL",
          "",
          "an absolute http or https URL, and not together with INTENTGATE_POLICY_FILE",
          "A running OPA that decides instead of a policy in the gate; asked at"
              + " URL/v1/data/INTENTGATE_OPA_PATH. Without its answer calls are refused.",
          Parsers::baseUrl);

  /** Which document decides. */
  public static final Setting<String> OPA_PATH =
      ROWS.row(
          "OPA_PATH",
          "intentgate/policy/decision",
          "a path of names with slashes between them",
          "The document of OPA that is the decision.",
          PolicySettings::documentPath);

  /** How long OPA may take. */
  public static final Setting<Long> OPA_TIMEOUT_MS =
      ROWS.number(
          "OPA_TIMEOUT_MS",
          "500",
          1,
          60_000,
          "Longest exchange with OPA, in milliseconds; then the call is refused.");

  /** What the gate shows OPA. */
  public static final Setting<HeaderLine> OPA_AUTH_HEADER =
      ROWS.secret(
          "OPA_AUTH_HEADER",
          "\"Name: value\", a header that may be set",
          "Header sent with every question to OPA.",
          HeaderLine::parse);

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

  private static String documentPath(String text) {
    String path = text.strip();
    for (String name : path.split("/", -1)) {
      if (name.isBlank() || name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException(text);
      }
    }
    return path;
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
