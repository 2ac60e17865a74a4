package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy that was saved.
 *
 * @param id its id; empty when there is none
 * @param name its name
 * @param description what it is for
 * @param regoSource its source
 * @param tenant the tenant it belongs to; empty for none
 * @param revision its revision; 0 when the gate counts none
 * @param regoSha256 the hash of its source; empty when the gate says none
 * @param updatedAt when it was last saved
 * @param json the draft as it came
 */
public record PolicyDraft(
    String id,
    String name,
    String description,
    String regoSource,
    String tenant,
    long revision,
    String regoSha256,
    @Nullable Instant updatedAt,
    JsonObject json) {

  static PolicyDraft of(JsonObject draft) {
    return new PolicyDraft(
        Reading.text(draft, "id"),
        Reading.text(draft, "name"),
        Reading.text(draft, "description"),
        Reading.text(draft, "rego_source"),
        Reading.text(draft, "tenant"),
        Reading.number(draft, "revision"),
        Reading.text(draft, "rego_sha256"),
        Reading.time(draft, "updated_at"),
        draft);
  }
}
