package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Approvals;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Variables of the calls that wait for a person. */
public final class ApprovalSettings {
  private static final SettingRows ROWS = new SettingRows();
  private static final long YEAR_S = 365L * 24 * 60 * 60;

  /** What becomes of escalated calls. */
  public static final Setting<Approvals> APPROVALS_BACKEND =
      ROWS.row(
          "APPROVALS_BACKEND",
          "memory",
          "off, memory or postgres",
          "What becomes of calls that policy escalates: off refuses them; memory and postgres"
              + " keep them, in the store of the gate, for an operator.",
          Parsers.choice(
              Map.of("off", Approvals.OFF, "memory", Approvals.ON, "postgres", Approvals.ON)));

  /** Whether callers are answered at once. */
  public static final Setting<Boolean> APPROVAL_ASYNC =
      ROWS.flag(
          "APPROVAL_ASYNC",
          "false",
          "Answer a call that waits for a person at once, with its pending id, instead of holding"
              + " it.");

  /** How long a held call can be decided. */
  public static final Setting<Long> APPROVAL_TIMEOUT_S =
      ROWS.number(
          "APPROVAL_TIMEOUT_S",
          "300",
          1,
          YEAR_S,
          "How long a person can decide, in seconds, where calls are held.");

  /** How long a call can be decided that was answered at once. */
  public static final Setting<Long> APPROVAL_ASYNC_TIMEOUT_S =
      ROWS.number(
          "APPROVAL_ASYNC_TIMEOUT_S",
          "86400",
          1,
          YEAR_S,
          "How long a person can decide, in seconds, where calls are answered at once.");

  /** How long a call is held. */
  public static final Setting<Long> APPROVAL_HOLD_S =
      ROWS.number(
          "APPROVAL_HOLD_S",
          "25",
          1,
          3600,
          "How long a caller that takes no event streams is held, in seconds; it then gets the"
              + " pending id.");

  /** Where people reach the gate. */
  public static final Setting<URI> PUBLIC_URL =
      ROWS.row(
          "PUBLIC_URL",
          "",
          "an absolute http or https URL",
          "Where people reach the gate with a browser. Set, it serves the pages on which the person"
              + " behind an agent agrees to a call.",
          Parsers::baseUrl);

  private ApprovalSettings() {}

  /** How long a call can be decided. */
  public static Duration window(Config config) {
    return Duration.ofSeconds(
        config.get(APPROVAL_ASYNC)
            ? config.get(APPROVAL_ASYNC_TIMEOUT_S)
            : config.get(APPROVAL_TIMEOUT_S));
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
