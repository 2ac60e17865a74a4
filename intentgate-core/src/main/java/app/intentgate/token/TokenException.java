package app.intentgate.token;

import java.util.Locale;

/**
 * A token, key or grant was refused. The message is the text of the wire contract, fit to be shown
 * to an agent: it never holds a key or a signature. Has no stack trace, since refusing must be
 * cheap.
 */
public final class TokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, as a stable code. */
  public enum Code {
    /**
     * The token is longer than {@link CapabilityToken#MAX_ENCODED_LENGTH} or has too many caveats.
     */
    TOO_LARGE,
    /** The token is not base64url as this gate writes it (B6). */
    NOT_BASE64URL,
    /** The token's JSON is not that of a capability token (B6). */
    MALFORMED_JSON,
    /** A member is missing, or the version is not 4. */
    INCOMPLETE,
    /** The signature is not 32 bytes of base64url. */
    SIGNATURE_ENCODING,
    /** No key of the ring made the signature. */
    SIGNATURE_MISMATCH,
    /** The token cannot be attenuated. */
    NOT_ATTENUABLE,
    /** What was asked to be minted is out of range or incomplete. */
    INVALID_GRANT,
    /** A tool pattern is malformed (B10). */
    INVALID_PATTERN,
    /** A master key is missing, short or not base64. */
    INVALID_KEY,
    /** An on-behalf-of token is malformed, forged or expired. */
    INVALID_ON_BEHALF_OF;

    /** The code in lower case, as it stands in JSON and logs. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;

  TokenException(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Why, as a stable code. */
  public Code code() {
    return code;
  }
}
