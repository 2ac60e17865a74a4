package app.intentgate.sdk;

/** Tells a token that has run out from one that does not cover the call. */
final class StaleTokens {
  private StaleTokens() {}

  /** Whether a newer token might be accepted where this one was refused. */
  static boolean isStale(CapabilityDenied denied) {
    String reason = denied.reason();
    return reason.endsWith(": expired")
        || reason.equals("token revoked")
        || reason.equals("signature mismatch")
        || reason.startsWith("Bearer")
        || reason.equals("unknown token schema version");
  }
}
