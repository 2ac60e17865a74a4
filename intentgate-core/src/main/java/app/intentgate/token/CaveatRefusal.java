package app.intentgate.token;

/**
 * Why a token does not permit a call.
 *
 * @param reason what kind of refusal it is
 * @param caveat the position of the caveat that refused, or -1 when it was {@code nbf}
 * @param text the wire contract's text, fit to be shown to the agent
 */
public record CaveatRefusal(Reason reason, int caveat, String text) {
  /** What kind of refusal it is. */
  public enum Reason {
    /** The token is not valid yet: authentication fails (B56). */
    NOT_YET_VALID,
    /** The token is no longer valid: authentication fails (B56). */
    EXPIRED,
    /** The token is valid and does not permit this call. */
    NOT_PERMITTED
  }

  /** Whether the token itself is no good at this time, rather than the call. */
  public boolean isAuthenticationFailure() {
    return reason != Reason.NOT_PERMITTED;
  }
}
