package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's account.
 *
 * @param id its id
 * @param name what it is called
 * @param role {@code viewer}, {@code operator} or {@code admin}
 * @param tenant the tenant it acts in; empty for all
 * @param expiresAt when it ends by itself; null for never
 * @param lastUsedAt when it last signed in; null when the gate does not know
 * @param revokedAt when it was ended; null while it works
 * @param json the account as it came
 */
public record OperatorRow(
    String id,
    String name,
    String role,
    String tenant,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt,
    JsonObject json) {

  static OperatorRow of(JsonObject row) {
    return new OperatorRow(
        Reading.text(row, "id"),
        Reading.text(row, "name"),
        Reading.text(row, "role"),
        Reading.text(row, "tenant"),
        Reading.time(row, "expires_at"),
        Reading.time(row, "last_used_at"),
        Reading.time(row, "revoked_at"),
        row);
  }
}
