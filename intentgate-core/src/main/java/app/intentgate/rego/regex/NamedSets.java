package app.intentgate.rego.regex;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ASCII classes of Perl ({@code \d}) and POSIX ({@code [:alpha:]}). */
final class NamedSets {
  private static final CodePointSet DIGIT = ascii("09");
  private static final CodePointSet SPACE = ascii("\t\n\f\r  ");
  static final CodePointSet WORD = ascii("09AZ__az");

  private static final Map<String, CodePointSet> POSIX =
      Map.ofEntries(
          Map.entry("alnum", ascii("09AZaz")),
          Map.entry("alpha", ascii("AZaz")),
          Map.entry("ascii", ascii("\0\u007f")),
          Map.entry("blank", ascii("\t\t  ")),
          Map.entry("cntrl", ascii("\0\u001f\u007f\u007f")),
          Map.entry("digit", DIGIT),
          Map.entry("graph", ascii("!~")),
          Map.entry("lower", ascii("az")),
          Map.entry("print", ascii(" ~")),
          Map.entry("punct", ascii("!/:@[`{~")),
          Map.entry("space", ascii("\t\r  ")),
          Map.entry("upper", ascii("AZ")),
          Map.entry("word", WORD),
          Map.entry("xdigit", ascii("09AFaf")));

  private NamedSets() {}

  private static CodePointSet ascii(String firstAndLast) {
    CodePointSet.Builder b = new CodePointSet.Builder();
    for (int i = 0; i < firstAndLast.length(); i += 2) {
      b.add(firstAndLast.charAt(i), firstAndLast.charAt(i + 1));
    }
    return b.build();
  }

  /** The class a letter after a backslash stands for, without regard to case of the letter. */
  static @Nullable CodePointSet perl(int letter) {
    return switch (letter) {
      case 'd', 'D' -> DIGIT;
      case 's', 'S' -> SPACE;
      case 'w', 'W' -> WORD;
      default -> null;
    };
  }

  static @Nullable CodePointSet posix(String name) {
    return POSIX.get(name);
  }
}
