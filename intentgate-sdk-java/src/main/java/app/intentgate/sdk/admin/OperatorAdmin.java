package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.operator.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators' accounts. Nobody grants more than they have. */
public final class OperatorAdmin {
  private static final String PATH = "/v1/admin/operators";

  private final AdminHttp http;

  OperatorAdmin(AdminHttp http) {
    this.http = http;
  }

  /** The accounts that the caller may see. */
  public List<OperatorRow> list() {
    return Reading.list(http.get(PATH), "operators", OperatorRow::of);
  }

  /**
   * Makes an account.
   *
   * @param name what it is called
   * @param role what it may do
   * @param tenant the tenant it acts in; empty for all
   * @param subject the agent that is the same person; empty for none
   * @param expiresAt when it ends; null for never
   */
  public IssuedOperator create(
      String name, Role role, String tenant, String subject, @Nullable Instant expiresAt) {
    JsonObject.Builder body = JsonObject.builder(5).put("name", name).put("role", role.wireName());
    if (!tenant.isEmpty()) {
      body.put("tenant", tenant);
    }
    if (!subject.isEmpty()) {
      body.put("subject", subject);
    }
    if (expiresAt != null) {
      body.put("expires_at", expiresAt.toString());
    }
    return IssuedOperator.of(http.post(PATH, body.build()));
  }

  /**
   * Makes a new token for an account.
   *
   * @param grace how long the old one works on
   */
  public IssuedOperator rotate(String id, Duration grace) {
    return IssuedOperator.of(
        http.post(
            PATH + "/" + Parameters.segment(id) + "/rotate",
            JsonObject.of("grace_seconds", JsonValue.of(grace.toSeconds()))));
  }

  /** Ends an account. */
  public OperatorRow revoke(String id) {
    return OperatorRow.of(
        Reading.object(http.delete(PATH + "/" + Parameters.segment(id)), "operator"));
  }
}
