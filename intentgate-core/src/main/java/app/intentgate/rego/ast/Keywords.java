package app.intentgate.rego.ast;

import java.util.Set;

/** The words of the language. */
public final class Keywords {
  private static final Set<String> RESERVED =
      Set.of(
          "not",
          "package",
          "import",
          "as",
          "default",
          "else",
          "with",
          "null",
          "true",
          "false",
          "some",
          "if",
          "contains",
          "in",
          "every");

  private Keywords() {}

  /** Whether the word is a keyword of version 1, so that printed refs put it in brackets. */
  public static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }
}
