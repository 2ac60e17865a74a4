package app.intentgate.server.config;

import app.intentgate.audit.ArgValues;
import app.intentgate.server.config.Choices.AuditMode;
import app.intentgate.server.config.Choices.AuditTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of the audit log. */
public final class AuditSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Where events are printed. */
  public static final Setting<AuditTarget> AUDIT_TARGET =
      ROWS.row(
          "AUDIT_TARGET",
          "stdout",
          "stdout, none or off",
          "Where each event is printed after it was stored; a reader that stops delays no call.",
          Parsers.choice(
              Map.of(
                  "stdout",
                  AuditTarget.STDOUT,
                  "none",
                  AuditTarget.NONE,
                  "off",
                  AuditTarget.NONE)));

  /** Whether the audit can be asked. */
  public static final Setting<Boolean> AUDIT_PERSIST =
      ROWS.flag(
          "AUDIT_PERSIST",
          "true",
          "Serve the routes that tell what the audit holds: query, stream, export, verification,"
              + " agents, flow map, tokens, decisions, proof of intent, dry-run; false answers them"
              + " with 404.");

  /** What is kept of arguments. */
  public static final Setting<ArgValues> AUDIT_PERSIST_ARG_VALUES =
      ROWS.row(
          "AUDIT_PERSIST_ARG_VALUES",
          "off",
          "off, scalars or raw",
          "What the audit keeps of argument values: nothing, numbers and booleans, or everything.",
          AuditSettings::argumentValues);

  /** What an answer waits for. */
  public static final Setting<AuditMode> AUDIT_MODE =
      ROWS.row(
          "AUDIT_MODE",
          "durable",
          "durable or buffered",
          "Whether a decision is stored before it is answered, or kept in memory and, when the"
              + " database is behind, in a spill file; buffered needs sqlite or postgres.",
          Parsers.choice(Map.of("durable", AuditMode.DURABLE, "buffered", AuditMode.BUFFERED)));

  /** How long a call waits for its event. */
  public static final Setting<Long> AUDIT_WAIT_MS =
      ROWS.number(
          "AUDIT_WAIT_MS",
          "5000",
          1,
          600_000,
          "Longest wait for an event to be stored, in milliseconds; then the call is refused.");

  /** After how many events a checkpoint is signed. */
  public static final Setting<Long> CHECKPOINT_EVENTS =
      ROWS.number(
          "CHECKPOINT_EVENTS",
          "10000",
          1,
          1_000_000_000,
          "A checkpoint of a chain is signed after so many events.");

  /** After how long a checkpoint is signed. */
  public static final Setting<Long> CHECKPOINT_SECONDS =
      ROWS.number(
          "CHECKPOINT_SECONDS",
          "60",
          1,
          86_400,
          "A checkpoint of a chain that grew is signed after so many seconds.");

  /** Where copies of checkpoints are written. */
  public static final Setting<Path> CHECKPOINT_FILE =
      ROWS.row(
          "CHECKPOINT_FILE",
          "",
          "a file that can be appended to",
          "Every checkpoint is also appended here: somewhere the owner of the store cannot reach.",
          Path::of);

  /** Where copies of checkpoints are sent. */
  public static final Setting<URI> CHECKPOINT_URL =
      ROWS.row(
          "CHECKPOINT_URL",
          "",
          "an absolute http or https URL",
          "Every checkpoint is also sent here, as the text of its signed note.",
          Parsers::httpUrl);

  private AuditSettings() {}

  private static ArgValues argumentValues(String text) {
    ArgValues values = ArgValues.parse(text);
    if (values == null) {
      throw new IllegalArgumentException();
    }
    return values;
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
