package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Mode;
import app.intentgate.server.config.Choices.Unenforceable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of what a call must bring, and how its intent and cost are found. */
public final class CheckSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Whether a token is required; unset depends on the master key. */
  public static final Setting<Boolean> REQUIRE_CAPABILITY =
      ROWS.flag(
          "REQUIRE_CAPABILITY",
          "",
          "Refuse calls without a token. Unset: true, unless INTENTGATE_MASTER_KEY is set and no"
              + " INTENTGATE_OAUTH_ISSUERS, where anonymous calls are judged by policy.");

  /** Whether a prompt is required. */
  public static final Setting<Boolean> REQUIRE_INTENT =
      ROWS.flag("REQUIRE_INTENT", "false", "Refuse calls without an intent prompt.");

  /** Whether a budget must be enforceable. */
  public static final Setting<Boolean> REQUIRE_BUDGET =
      ROWS.flag("REQUIRE_BUDGET", "false", "Refuse calls without a token at the budget check.");

  /** Whether refusals are carried out. */
  public static final Setting<Mode> MODE =
      ROWS.row(
          "MODE",
          "enforce",
          "enforce or observe",
          "Whether refusals are carried out. With observe the call goes on and its event says what"
              + " would have become of it; a missing, bad, expired or revoked token and kill"
              + " switches still refuse.",
          Parsers.choice(Map.of("enforce", Mode.ENFORCE, "observe", Mode.OBSERVE)));

  /** What a caveat that cannot be judged does. */
  public static final Setting<Unenforceable> UNENFORCEABLE_CAVEATS =
      ROWS.row(
          "UNENFORCEABLE_CAVEATS",
          "deny",
          "deny or ignore",
          "What max_cost and risk_max do where no cost or risk is known.",
          Parsers.choice(Map.of("deny", Unenforceable.DENY, "ignore", Unenforceable.IGNORE)));

  /** What each tool costs. */
  public static final Setting<Map<String, Long>> TOOL_COSTS =
      ROWS.row(
          "TOOL_COSTS",
          "",
          "a JSON object from tool pattern to cents",
          "Cost of a call, for max_cost; the first pattern that matches counts.",
          text -> JsonParsers.toolCosts(text));

  /** The prefix of tools that are agents. */
  public static final Setting<String> EASTWEST_AGENT_PREFIX =
      ROWS.row(
          "EASTWEST_AGENT_PREFIX",
          "agent:",
          "a text that is not blank",
          "Tools of this prefix are calls to another agent, which callee_allow judges.",
          Parsers::notBlank);

  /** The extractor's address. */
  public static final Setting<URI> EXTRACTOR_URL =
      ROWS.row(
          "EXTRACTOR_URL",
          "",
          "an absolute http or https URL",
          "Intent extractor; asked at URL/v1/extract.",
          Parsers::baseUrl);

  /** Rules of the built-in extractor. */
  public static final Setting<Path> INTENT_RULES =
      ROWS.row(
          "INTENT_RULES",
          "",
          "a readable file, and not together with INTENTGATE_EXTRACTOR_URL",
          "Rules of the built-in intent extractor.",
          Path::of);

  /** Below this an extraction is none. */
  public static final Setting<Double> INTENT_MIN_CONFIDENCE =
      ROWS.row(
          "INTENT_MIN_CONFIDENCE",
          "0",
          "a number from 0 to 1",
          "An extraction below this confidence refuses the call.",
          Parsers.fraction());

  private CheckSettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
