package app.intentgate.server.oauth;

import java.io.Serial;

/**
 * Why an access token was not taken. The message may be read by whoever sent the token: it names no
 * address, no key and nothing that the issuer's server said.
 */
final class OAuthRefusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What the caller can do about it. */
  enum Kind {
    /** The token is not one of this gate's issuers for this gate, or not now. */
    INVALID_TOKEN(401, "invalid_token"),
    /** The token is good, and no rule gives it anything. */
    INSUFFICIENT_SCOPE(403, "insufficient_scope"),
    /** The token cannot be judged at the moment. */
    UNAVAILABLE(503, "");

    private final int status;
    private final String error;

    Kind(int status, String error) {
      this.status = status;
      this.error = error;
    }

    /** The HTTP status for a caller that knows OAuth. */
    int status() {
      return status;
    }

    /** The error code of RFC 6750; empty where that has none. */
    String error() {
      return error;
    }
  }

  private OAuthRefusal(Kind kind, String message) {
    // Refusing costs no walk of the stack: anybody can cause it.
    super(message, null, false, false);
    this.kind = kind;
  }

  static OAuthRefusal invalid(String why) {
    return new OAuthRefusal(Kind.INVALID_TOKEN, "access token: " + why);
  }

  static OAuthRefusal insufficient(String why) {
    return new OAuthRefusal(Kind.INSUFFICIENT_SCOPE, "access token: " + why);
  }

  static OAuthRefusal unavailable() {
    return new OAuthRefusal(
        Kind.UNAVAILABLE, "access token: its issuer's keys cannot be had at the moment");
  }

  Kind kind() {
    return kind;
  }

  /** The message; never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
