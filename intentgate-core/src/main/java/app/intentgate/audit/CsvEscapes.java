package app.intentgate.audit;

import java.util.regex.Pattern;

/**
 * Text in a CSV cell: NUL and lone surrogates, which a text file cannot hold, as their JSON escapes
 * in lower case, and the backslash of what would be taken for such an escape as one too. So every
 * text has one form, and none is another's.
 */
final class CsvEscapes {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u(0000|005c|d[89a-f][0-9a-f]{2})");

  private CsvEscapes() {}

  static String write(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == '\\' || Character.isSurrogate(c)) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    String safe = ESCAPE.matcher(text).replaceAll("\\\\u005cu$1");
    StringBuilder out = new StringBuilder(safe.length() + 16);
    safe.codePoints()
        .forEach(
            c -> {
              if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                out.append("\\u%04x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  static String read(String cell) {
    if (cell.indexOf('\\') < 0) {
      return cell;
    }
    return ESCAPE
        .matcher(cell)
        .replaceAll(
            found -> {
              char c = (char) Integer.parseInt(found.group(1), 16);
              return c == '\\' ? "\\\\" : String.valueOf(c);
            });
  }
}
