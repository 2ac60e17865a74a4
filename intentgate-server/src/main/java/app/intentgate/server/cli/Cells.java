package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Members of JSON objects as a table. What agents wrote is shown without control characters, which
 * a terminal would obey.
 */
final class Cells {
  private final List<String> members;

  private Cells(List<String> members) {
    this.members = members;
  }

  /** A table of these members. */
  static Cells of(String... members) {
    return new Cells(List.of(members));
  }

  void print(JsonArray rows, PrintWriter out) {
    List<List<String>> table = new ArrayList<>();
    table.add(members);
    for (JsonValue row : rows) {
      if (row instanceof JsonObject object) {
        table.add(members.stream().map(m -> plain(text(object.get(m)))).toList());
      }
    }
    if (table.size() == 1) {
      out.println("none");
    } else {
      new TextTable(table).print(out);
    }
  }

  /** Prints the members that an object has, below each other. */
  static void members(JsonObject object, PrintWriter out, String... members) {
    for (String member : members) {
      JsonValue value = object.get(member);
      if (value != null) {
        out.printf("%-18s %s%n", member, plain(text(value)));
      }
    }
  }

  /** Texts as they are, all else as JSON, nothing as nothing. */
  static String text(@Nullable JsonValue value) {
    if (value == null || value instanceof JsonNull) {
      return "";
    }
    return value instanceof JsonString text ? text.asText() : JsonWriter.toText(value);
  }

  /** A text without characters that control a terminal or turn the direction of writing. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE) {
                plain.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }
}
