package app.intentgate.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * One engaged kill switch.
 *
 * @param scope what it stops
 * @param tenant the tenant it stops; made empty for {@link Scope#GLOBAL}
 * @param agent the agent it stops; made empty unless the scope is {@link Scope#AGENT}
 * @param reason what the operator wrote; may be empty
 * @param setAt when it was first engaged; what is finer than a microsecond is cut off
 * @param setBy who engaged it; may be empty
 */
public record KillSwitchEntry(
    Scope scope, String tenant, String agent, String reason, Instant setAt, String setBy) {

  /** What a kill switch stops. */
  public enum Scope {
    /** Every call on every gate, anonymous ones included (B45). */
    GLOBAL,
    /** Every call of one tenant. */
    TENANT,
    /** Every call of one agent of one tenant. */
    AGENT;

    /** The word used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that the scope has what it needs, and leaves out what it has no use for.
   *
   * @throws IllegalArgumentException naming the missing member
   */
  public KillSwitchEntry {
    if (scope != Scope.GLOBAL && tenant.isEmpty()) {
      throw new IllegalArgumentException(
          "tenant is required for " + (scope == Scope.AGENT ? "an agent kill" : "a tenant kill"));
    }
    if (scope == Scope.AGENT && agent.isEmpty()) {
      throw new IllegalArgumentException("value (agent id) is required for an agent kill");
    }
    tenant = scope == Scope.GLOBAL ? "" : tenant;
    agent = scope == Scope.AGENT ? agent : "";
    setAt = setAt.truncatedTo(ChronoUnit.MICROS);
  }
}
