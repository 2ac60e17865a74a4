package app.intentgate.check;

import java.util.Locale;

/** The four checks, in the order in which they run. */
public enum CheckName {
  /** May this token call this tool at all? */
  CAPABILITY,
  /** Do the user's own words cover it? */
  INTENT,
  /** Does the policy agree? */
  POLICY,
  /** Is there anything left to spend? */
  BUDGET;

  /** The word used on the wire and in the audit log. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
