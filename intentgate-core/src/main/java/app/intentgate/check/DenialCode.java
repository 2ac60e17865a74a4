package app.intentgate.check;

/** Why a call was refused, as a stable code: the JSON-RPC code and message of the wire contract. */
public enum DenialCode {
  /** No token, a bad one, or one that does not cover the call. */
  CAPABILITY(CheckName.CAPABILITY, -32010, "capability check failed"),
  /** The user's words do not cover the call. */
  INTENT(CheckName.INTENT, -32011, "intent check failed"),
  /** The tool is new or has changed, and no operator accepted it yet. */
  TOOL_QUARANTINED(CheckName.TOOL_SCHEMA, -32012, "tool quarantined"),
  /** The policy blocks the call, or gave no valid decision. */
  POLICY(CheckName.POLICY, -32012, "policy check failed"),
  /** The policy asks for a human and no approvals are kept. */
  ESCALATION_REQUIRED(CheckName.POLICY, -32012, "policy escalation required"),
  /** The approval could not be enqueued or read. */
  ESCALATION_FAILED(CheckName.POLICY, -32012, "policy escalation failed"),
  /** A human refused. */
  APPROVAL_REJECTED(CheckName.POLICY, -32012, "policy: rejected by reviewer"),
  /** Nobody decided in time, or the approval was not used in time. */
  APPROVAL_EXPIRED(CheckName.POLICY, -32012, "policy: approval window expired"),
  /** The call names an approval that does not exist. */
  APPROVAL_NOT_FOUND(CheckName.POLICY, -32012, "approval id not found"),
  /** The approval was given for another call (B14). */
  APPROVAL_MISMATCH(CheckName.POLICY, -32012, "approval mismatch"),
  /** The approval was used before (B14). */
  APPROVAL_USED(CheckName.POLICY, -32012, "approval already used"),
  /** Whoever made the call left before it could go on (B16). */
  CLIENT_LEFT(CheckName.POLICY, -32012, "client left"),
  /** A limit of the token is used up, or cannot be counted. */
  BUDGET(CheckName.BUDGET, -32013, "budget check failed");

  private final CheckName check;
  private final int code;
  private final String message;

  DenialCode(CheckName check, int code, String message) {
    this.check = check;
    this.code = code;
    this.message = message;
  }

  /** The check that refused. */
  public CheckName check() {
    return check;
  }

  /** The JSON-RPC error code. */
  public int code() {
    return code;
  }

  /** The JSON-RPC error message; the reason goes into its data. */
  public String message() {
    return message;
  }
}
