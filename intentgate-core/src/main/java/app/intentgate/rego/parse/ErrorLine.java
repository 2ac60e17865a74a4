package app.intentgate.rego.parse;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The details of a parse error: the source line, and the byte in it that the error is at. An error
 * at the end of the source, or on blanks, points at the last character before it that is none. Of a
 * long line it is what stands around the place: many errors in one line of a megabyte would each
 * hold a copy of it.
 *
 * @param line the source line
 * @param index the byte in it
 */
record ErrorLine(String line, int index) {
  /** The most characters of a line before the place, and as many after it. */
  private static final int MAX_SIDE = 1000;

  /** As OPA's JSON has it. */
  JsonObject details() {
    return JsonObject.of("line", JsonValue.of(line), "idx", JsonValue.of((long) index));
  }

  /** The line, and a mark below the place. */
  List<String> lines() {
    int tabs = 0;
    while (tabs < line.length() && line.charAt(tabs) == '\t') {
      tabs++;
    }
    return List.of(line.substring(tabs), " ".repeat(Math.max(0, index - tabs)) + "^");
  }

  static ErrorLine of(String source, Location place) {
    int at = Math.max(0, Math.min(offset(source, place), source.length() - 1));
    while (at > 0 && isBlank(source.charAt(at))) {
      at--;
    }
    int begin = at;
    int first = Math.max(0, at - MAX_SIDE);
    while (begin > first && !isBreak(source.charAt(begin))) {
      begin--;
    }
    if (begin < source.length() && isBreak(source.charAt(begin))) {
      begin++;
    }
    int end = at;
    int last = Math.min(source.length(), at + MAX_SIDE);
    while (end < last && !isBreak(source.charAt(end))) {
      end++;
    }
    // A piece of a line begins and ends with whole characters.
    begin += begin < at && Character.isLowSurrogate(source.charAt(begin)) ? 1 : 0;
    end -=
        end > at && end < source.length() && Character.isLowSurrogate(source.charAt(end)) ? 1 : 0;
    begin = Math.min(begin, end);
    int index =
        at < begin
            ? at - begin
            : source.substring(begin, at).getBytes(StandardCharsets.UTF_8).length;
    return new ErrorLine(source.substring(begin, end), index);
  }

  private static int offset(String source, Location place) {
    int row = 1;
    int at = 0;
    while (row < place.row()) {
      int lineBreak = source.indexOf('\n', at);
      if (lineBreak < 0) {
        return source.length();
      }
      at = lineBreak + 1;
      row++;
    }
    if (place.col() == 0) {
      return at - 1;
    }
    int col = 1;
    while (col < place.col() && at < source.length() && source.charAt(at) != '\n') {
      at += Character.charCount(source.codePointAt(at));
      col++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0;
  }

  private static boolean isBreak(char c) {
    return c == '\r' || c == '\n';
  }
}
