package app.intentgate.check;

/**
 * Why a check refused a call.
 *
 * @param code the stable code
 * @param reason one sentence the agent may read; carries no address and nothing internal (B5)
 * @param authentication whether the caller did not prove who it is, which an HTTP server answers
 *     with 401 where the caller understands it (B56), rather than being known and not permitted
 */
public record Refusal(DenialCode code, String reason, boolean authentication) {
  /** A refusal of a caller that is known. */
  public static Refusal of(DenialCode code, String reason) {
    return new Refusal(code, reason, false);
  }

  /** A refusal of a caller that did not prove who it is. */
  public static Refusal unauthenticated(String reason) {
    return new Refusal(DenialCode.CAPABILITY, reason, true);
  }
}
