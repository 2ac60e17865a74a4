package app.intentgate.operator;

import java.util.Locale;

/** What an operator may do; each role may do what those before it may. */
public enum Role {
  /** Reads, without payloads, secrets or exports. */
  VIEWER,
  /** Also decides approvals, revokes, halts its own tenant, drafts and proposes policies. */
  OPERATOR,
  /** Also mints, promotes policies and manages operators of the same scope. */
  ADMIN;

  /** Whether this role may do what another may. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }

  /** The word used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.wireName().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("role must be viewer, operator or admin");
  }
}
