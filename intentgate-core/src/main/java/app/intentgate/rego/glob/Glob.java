package app.intentgate.rego.glob;

import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.regex.RegexSyntaxException;
import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.regex.StepBudget;

/**
 * A compiled glob, matched against whole texts:
 *
 * <ul>
 *   <li>{@code *} any characters but delimiters, {@code **} any characters, {@code ?} one character
 *       but a delimiter
 *   <li>{@code [abc]} one of these, {@code [a-z]} one of a range, {@code [!...]} one of all others;
 *       a list is no range, delimiters do not matter here
 *   <li>{@code {a,b}} one of several patterns, nested at will; an open brace reaches to the end
 *   <li>{@code \} takes the meaning off what follows
 * </ul>
 *
 * <p>Characters are code points; a lone surrogate in a text counts as U+FFFD. Immutable and
 * thread-safe. A pattern is limited as a regular expression is.
 */
public final class Glob implements Sized {
  private static final String SPECIAL = "*?\\[]{}";

  private final String pattern;
  private final Regex regex;

  private Glob(String pattern, Regex regex) {
    this.pattern = pattern;
    this.regex = regex;
  }

  /**
   * Compiles a glob.
   *
   * @param delimiters the characters that {@code *} and {@code ?} do not match; may be empty
   * @throws GlobSyntaxException when the pattern is not valid, or too large
   */
  public static Glob compile(String pattern, String delimiters) {
    String translated = new GlobTranslator(pattern, delimiters).translate();
    try {
      return new Glob(pattern, Regex.compile(translated));
    } catch (RegexSyntaxException e) {
      throw new GlobSyntaxException("glob " + e.reason());
    }
  }

  /** A glob that matches exactly the given text. */
  public static String quote(String text) {
    StringBuilder b = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        b.append('\\');
      }
      b.append(c);
    }
    return b.toString();
  }

  /** Whether the whole text matches. */
  public boolean matches(CharSequence text) {
    return regex.matches(text);
  }

  /** Whether the whole text matches, within a budget. */
  public boolean matches(CharSequence text, StepBudget budget) {
    return regex.matches(text, budget);
  }

  /** What compiling took time for. */
  public int size() {
    return regex.size();
  }

  @Override
  public long bytes() {
    return regex.bytes();
  }

  /** The pattern as it was given. */
  public String pattern() {
    return pattern;
  }

  /** The pattern. */
  @Override
  public String toString() {
    return pattern;
  }
}
