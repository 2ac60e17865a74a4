package app.intentgate.json;

/**
 * Says why a text is not the JSON a reader accepts, and where. The message names at most one
 * character or one member name of the text, so it may be shown and logged. Has no stack trace:
 * hostile input must not be expensive to refuse.
 */
public final class JsonParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of rule was broken. */
  public enum Problem {
    /** The text does not follow the grammar of RFC 8259. */
    SYNTAX,
    /** An object has two members of one name. */
    DUPLICATE_MEMBER,
    /** The bytes are not UTF-8. */
    INVALID_UTF8,
    /** Objects and arrays are nested too deeply. */
    TOO_DEEP,
    /** The document has too many bytes. */
    TOO_LARGE
  }

  private final Problem problem;
  private final int line;
  private final int column;
  private final String expected;

  JsonParseException(Problem problem, int line, int column, String expected, String fact) {
    super(
        fact + ", expected " + expected + " (line " + line + ", column " + column + ")",
        null,
        false,
        false);
    this.problem = problem;
    this.line = line;
    this.column = column;
    this.expected = expected;
  }

  /** What kind of rule was broken. */
  public Problem problem() {
    return problem;
  }

  /** The line of the first character that does not fit, from 1. */
  public int line() {
    return line;
  }

  /** The column of that character, from 1, counted in code points. */
  public int column() {
    return column;
  }

  /** What would have been right there, in words. */
  public String expected() {
    return expected;
  }
}
