package app.intentgate.rego.regex;

/**
 * A pattern that is no regular expression of the dialect, or is too large. The message is the one
 * Go's {@code regexp} gives, for instance {@code error parsing regexp: missing closing ): `(a`}.
 */
public final class RegexSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String fragment;

  RegexSyntaxException(String reason, String fragment) {
    super("error parsing regexp: " + reason + ": `" + fragment + "`", null, false, false);
    this.reason = reason;
    this.fragment = fragment;
  }

  /** What is wrong, without the part of the pattern it is about. */
  public String reason() {
    return reason;
  }

  /** The part of the pattern that is wrong; the whole pattern when no part can be blamed. */
  public String fragment() {
    return fragment;
  }
}
