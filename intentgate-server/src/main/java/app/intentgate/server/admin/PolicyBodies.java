package app.intentgate.server.admin;

import app.intentgate.operator.Operator;
import org.jspecify.annotations.Nullable;

/** What the routes of policies have in common about who asks and what they send. */
final class PolicyBodies {
  private PolicyBodies() {}

  /** The tenant that a query names, or the operator's own; empty for the default slot. */
  static String tenantOfQuery(AdminCall call) {
    return Names.storable("tenant", call.tenantOfQuery());
  }

  /** The draft that a body names. */
  static String draft(Body body) {
    return Names.storable("draft_id", body.text("draft_id").strip());
  }

  /** The change that a body wants to go back to; empty for the one before. */
  static String to(Body body) {
    return Names.storable("to", body.text("to").strip());
  }

  /** Who asks, in the one tenant they act in or in all. */
  static Operator actor(AdminCall call) {
    return call.operator(call.principal().tenant());
  }

  /** A revision that a body names; null when it names none. */
  static @Nullable Integer revision(Body body) {
    return body.has("revision") ? (int) body.count("revision", Integer.MAX_VALUE) : null;
  }
}
