package app.intentgate.policy.lifecycle;

import org.jspecify.annotations.Nullable;

/** What can be done to a slot. */
public enum PolicyAction {
  /** A revision of a draft comes into force. */
  PROMOTE("promote"),
  /** What an earlier change put in force comes back, or the policy the gate started with. */
  ROLLBACK("rollback"),
  /** The slot is emptied: the tenant falls back to the default slot. */
  CLEAR("clear");

  private final String wireName;

  PolicyAction(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in stores. */
  public String wireName() {
    return wireName;
  }

  /** The action of a name, or null when there is none. */
  public static @Nullable PolicyAction of(String wireName) {
    for (PolicyAction action : values()) {
      if (action.wireName.equals(wireName)) {
        return action;
      }
    }
    return null;
  }
}
