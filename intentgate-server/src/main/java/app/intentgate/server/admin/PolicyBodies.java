package app.intentgate.server.admin;

import app.intentgate.operator.Operator;
import org.jspecify.annotations.Nullable;

/** What the routes of policies have in common about who asks and what they send. */
final class PolicyBodies {
  private PolicyBodies() {}

  /** The tenant a body names, or the operator's own; empty for the default slot. */
  static String tenant(AdminCall call, Body body) {
    return call.principal().scope(body.text("tenant"), "body");
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
