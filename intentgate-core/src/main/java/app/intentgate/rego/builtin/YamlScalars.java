package app.intentgate.rego.builtin;

import app.intentgate.rego.regex.Regex;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which plain YAML 1.1 scalars mean something else than their text, as OPA's YAML library sees it.
 */
final class YamlScalars {
  private static final Set<String> WORDS =
      Set.of(
          "", "~", "null", "Null", "NULL", "<<", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON",
          "n", "N", "no", "No", "NO", "off", "Off", "OFF", "true", "True", "TRUE", "false", "False",
          "FALSE", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
          "-.inf", "-.Inf", "-.INF");
  private static final Pattern INTEGER =
      Pattern.compile("[+-]?(?:[1-9][0-9]*+|0[0-7]*+|0[xX][0-9a-fA-F]++|0[bB][01]++|0[oO][0-7]++)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]++|[0-9]++(?:\\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?");
  private static final Regex BASE_60 =
      Regex.compile("^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?$");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]++)?(?:Z|[+-][0-9:]++)?)?");

  private YamlScalars() {}

  /** Whether a text, written plain, would be read as null, a boolean, a number or a time. */
  static boolean isAmbiguous(String text) {
    if (WORDS.contains(text)) {
      return true;
    }
    char first = text.charAt(0);
    if ("+-.0123456789".indexOf(first) < 0) {
      return false;
    }
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    return INTEGER.matcher(digits).matches()
        || FLOAT.matcher(digits).matches()
        || BASE_60.matches(text)
        || TIMESTAMP.matcher(text).matches();
  }
}
