package app.intentgate.check;

import java.util.List;

/** What a caller presented: nothing, a bearer text, or something that cannot be one. */
public sealed interface Credential {
  /** Nothing was presented. */
  record None() implements Credential {}

  /**
   * A bearer token, not looked at yet.
   *
   * @param text the token's text; masked in {@link #toString}
   * @param notAfter the first second in which it counts no longer, whatever the token says: that of
   *     the proof of identity it was given for; 0 when there is none
   */
  record Bearer(String text, long notAfter) implements Credential {
    /** A bearer token that counts as long as it says itself. */
    public Bearer(String text) {
      this(text, 0);
    }

    @Override
    public String toString() {
      return "Bearer[…]";
    }
  }

  /**
   * Something that is no bearer token.
   *
   * @param reason what is wrong with it, as the agent may read it
   */
  record Unusable(String reason) implements Credential {}

  /** Nothing was presented. */
  Credential NONE = new None();

  /**
   * Reads the values of an HTTP request's {@code Authorization} header: the scheme in any letter
   * case (B13), more than one header refused (B48).
   */
  static Credential fromAuthorization(List<String> values) {
    return BearerHeader.read(values);
  }
}
