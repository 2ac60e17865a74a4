package app.intentgate.rego.spi;

/** OPA's error codes, as they stand in error texts. */
public final class ErrorCode {
  /** The source is no Rego. */
  public static final String PARSE = "rego_parse_error";

  /** A rule of the language other than types and safety is broken. */
  public static final String COMPILE = "rego_compile_error";

  /** Operands, arities or functions do not fit. */
  public static final String TYPE = "rego_type_error";

  /** A variable has no value that anything could give it. */
  public static final String UNSAFE_VAR = "rego_unsafe_var_error";

  /** A rule depends on itself. */
  public static final String RECURSION = "rego_recursion_error";

  /** Something in the engine itself failed. */
  public static final String EVAL_INTERNAL = "eval_internal_error";

  /** The evaluation was canceled or ran into one of its limits. */
  public static final String EVAL_CANCEL = "eval_cancel_error";

  /** Rules gave different values for one document. */
  public static final String EVAL_CONFLICT = "eval_conflict_error";

  /** A value had a type that the operation cannot take. */
  public static final String EVAL_TYPE = "eval_type_error";

  /** A built-in function failed. */
  public static final String EVAL_BUILTIN = "eval_builtin_error";

  /** A {@code with} replacement could not be merged into the document it replaces. */
  public static final String EVAL_WITH_MERGE = "eval_with_merge_error";

  private ErrorCode() {}
}
