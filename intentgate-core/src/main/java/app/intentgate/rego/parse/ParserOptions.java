package app.intentgate.rego.parse;

import app.intentgate.rego.ast.RegoVersion;
import java.util.function.Predicate;

/**
 * How a source is to be read. Immutable.
 *
 * @param version the language: {@link RegoVersion#V1} or {@link RegoVersion#V0}
 * @param isBuiltin whether a dotted name is that of a built-in function; a statement that calls one
 *     is no rule
 * @param maxSourceChars the longest source, in UTF-16 units
 * @param maxDepth the deepest nesting of brackets, bodies and else branches; parentheses and
 *     template strings count twice, as what reads them needs more of the stack
 */
public record ParserOptions(
    RegoVersion version, Predicate<String> isBuiltin, int maxSourceChars, int maxDepth) {
  private static final int DEFAULT_SOURCE_CHARS = 4 << 20;
  private static final int DEFAULT_DEPTH = 250;

  /** Version 1, no built-ins but the operators, 4 Mi characters, 250 levels. */
  public static ParserOptions ofDefaults() {
    return new ParserOptions(RegoVersion.V1, name -> false, DEFAULT_SOURCE_CHARS, DEFAULT_DEPTH);
  }

  /** The same for another version of the language. */
  public ParserOptions withVersion(RegoVersion newVersion) {
    return new ParserOptions(newVersion, isBuiltin, maxSourceChars, maxDepth);
  }

  /** The same with knowledge of these built-in functions. */
  public ParserOptions withBuiltins(Predicate<String> newIsBuiltin) {
    return new ParserOptions(version, newIsBuiltin, maxSourceChars, maxDepth);
  }

  boolean isV1() {
    return version == RegoVersion.V1;
  }
}
