package app.intentgate.check;

import java.util.Locale;

/** The four checks, in the order in which they run, and what is asked before the third. */
public enum CheckName {
  /** May this token call this tool at all? */
  CAPABILITY,
  /** Do the user's own words cover it? */
  INTENT,
  /** Is the tool what it was when it was agreed to? Runs between intent and policy. */
  TOOL_SCHEMA,
  /** Does the policy agree? */
  POLICY,
  /** Is there anything left to spend? */
  BUDGET;

  /** The word used on the wire and in the audit log. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
