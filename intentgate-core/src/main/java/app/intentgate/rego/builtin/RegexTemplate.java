package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.rego.regex.Regex;
import app.intentgate.rego.regex.Sized;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;

/**
 * A text with regular expressions between delimiters, {@code urn:foo:<[0-9]+>}, matched as a whole.
 *
 * @param regex the text and its expressions as one
 */
record RegexTemplate(Regex regex) implements Sized {
  @Override
  public long bytes() {
    return regex.bytes();
  }

  static RegexTemplate compile(BuiltinContext context, String template, char start, char end)
      throws BuiltinException {
    if (template.length() > Regex.MAX_PATTERN) {
      throw BuiltinException.of("template too large");
    }
    StringBuilder pattern = new StringBuilder("^");
    int depth = 0;
    int open = 0;
    int behind = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == start) {
        if (depth++ == 0) {
          open = i;
        }
      } else if (c == end) {
        if (--depth < 0) {
          throw unbalanced(template);
        }
        if (depth == 0) {
          String expression = template.substring(open + 1, i);
          RegexFunctions.compile(context, "^" + expression + "$");
          pattern.append(Regex.quote(template.substring(behind, open)));
          pattern.append('(').append(expression).append(')');
          behind = i + 1;
        }
      }
    }
    if (depth != 0) {
      throw unbalanced(template);
    }
    pattern.append(Regex.quote(template.substring(behind)));
    return new RegexTemplate(RegexFunctions.compile(context, pattern.append('$').toString()));
  }

  private static BuiltinException unbalanced(String template) {
    return BuiltinException.of("unbalanced braces in " + JsonString.of(template));
  }
}
