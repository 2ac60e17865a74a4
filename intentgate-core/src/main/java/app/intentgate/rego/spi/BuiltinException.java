package app.intentgate.rego.spi;

/**
 * A call of a builtin that failed. The message has OPA's words without the name of the function
 * ({@code operand 1 must be number but got string}); the evaluator puts {@code name: } before it.
 * Has no stack trace: policies may fail like this in the ordinary course of an evaluation.
 */
public final class BuiltinException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** An operand is of the wrong type: {@code eval_type_error}. */
    TYPE("eval_type_error"),
    /** Anything else: {@code eval_builtin_error}. */
    BUILTIN("eval_builtin_error");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The code that a strict evaluation reports. */
    public String code() {
      return code;
    }
  }

  private final Kind kind;

  private BuiltinException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** An error that is no wrong type. */
  public static BuiltinException of(String message) {
    return new BuiltinException(Kind.BUILTIN, message);
  }

  /** An error about an operand: {@code operand 2 must be …}; the text starts with those words. */
  public static BuiltinException ofType(String message) {
    return new BuiltinException(Kind.TYPE, message);
  }

  /** An operand of another type than needed; positions count from 1. */
  public static BuiltinException operand(int position, String need, String got) {
    return ofType("operand " + position + " must be " + need + " but got " + got);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
