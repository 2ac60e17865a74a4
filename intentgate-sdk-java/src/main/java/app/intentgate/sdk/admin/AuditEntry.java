package app.intentgate.sdk.admin;

import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the audit log.
 *
 * @param json the event as it came
 */
public record AuditEntry(JsonObject json) {
  /** When. */
  public @Nullable Instant at() {
    return Reading.time(json, "ts");
  }

  /** {@code allow}, {@code block} or {@code escalate}. */
  public String decision() {
    return Reading.text(json, "decision");
  }

  /** The check that decided; may be empty. */
  public String check() {
    return Reading.text(json, "check");
  }

  /** Why. */
  public String reason() {
    return Reading.text(json, "reason");
  }

  /** The tool, or what an operator did. */
  public String tool() {
    return Reading.text(json, "tool");
  }

  /** The agent. */
  public String agentId() {
    return Reading.text(json, "agent_id");
  }

  /** The id all events of one call share. */
  public String callId() {
    return Reading.text(json, "call_id");
  }

  /** Its number in its chain. */
  public long seq() {
    return Reading.number(json, "seq");
  }

  /**
   * The event as the core knows it, to verify a chain with.
   *
   * @throws app.intentgate.audit.AuditException when it has members this version does not know
   */
  public StoredEvent stored() {
    return EventJson.read(JsonWriter.toBytes(json));
  }
}
