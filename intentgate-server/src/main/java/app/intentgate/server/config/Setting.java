package app.intentgate.server.config;

/**
 * One environment variable: its name, what it accepts, what holds when it is not set, and what it
 * does.
 *
 * @param <T> what its text means
 * @param name the variable
 * @param fallback the text that holds when the variable is unset or empty; empty when nothing does
 * @param accepted what it accepts, as the end of "NAME must be ..."
 * @param description one sentence for the operator
 * @param secret whether the value must never be shown
 * @param parser from text to meaning
 */
public record Setting<T>(
    String name,
    String fallback,
    String accepted,
    String description,
    boolean secret,
    Parser<T> parser) {

  /** Reads a text. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * What the text means.
     *
     * @throws IllegalArgumentException when it means nothing; a message, if any, says why
     */
    T parse(String text);
  }

  /**
   * What a text given for this variable means.
   *
   * @throws ConfigException naming the variable and what it accepts, but no secret
   */
  T read(String text) {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      boolean hidden = secret || mayHoldPassword(text);
      String given = hidden ? "" : ", not \"" + shown(text) + "\"";
      String why =
          e instanceof Refused && e.getMessage() != null ? " (" + e.getMessage() + ")" : "";
      String sentence = name + " must be " + accepted + given + why;
      // The cause's own message may quote the text.
      throw hidden ? new ConfigException(sentence) : new ConfigException(sentence, e);
    }
  }

  /** Whether a text may be an address with a user and a password, well-formed or not. */
  static boolean mayHoldPassword(String text) {
    return text.indexOf('@') > 0;
  }

  /**
   * Looks whether a text is accepted.
   *
   * @throws ConfigException naming the variable and what it accepts
   */
  public void check(String text) {
    var unused = read(text);
  }

  private static String shown(String text) {
    String one =
        text.codePoints()
            .limit(80)
            .collect(
                StringBuilder::new,
                (b, c) -> b.appendCodePoint(Character.isISOControl(c) ? '?' : c),
                StringBuilder::append)
            .toString();
    return one.length() < text.length() ? one + "..." : one;
  }

  /** A refusal whose message is meant for the operator. */
  static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
