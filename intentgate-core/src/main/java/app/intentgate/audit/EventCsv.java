package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events as CSV (RFC 4180 with LF; admin contract 2.8): the reference's columns, then every other
 * stored member in the order it is hashed in, then the hashes. Stateless and thread-safe.
 *
 * <p>A cell that a spreadsheet could take for a formula, or that starts with an apostrophe, gets an
 * apostrophe before it (B33); whoever reads the file to verify it takes one off. A list is joined
 * by semicolons, as in the reference, and written as a JSON array where that could not be told
 * apart: when an item is empty, holds a semicolon, or the first starts with a bracket. NUL and lone
 * surrogates are written as their JSON escapes, and so is the backslash of what reads like one.
 * {@link CsvLines} writes the same rows from stored lines.
 */
public final class EventCsv {
  static final List<AuditField> COLUMNS =
      Stream.concat(
              AuditField.hashed(AuditEvent.SCHEMA_8).stream(),
              Stream.of(AuditField.PREV_HASH, AuditField.HASH))
          .toList();

  private EventCsv() {}

  /** The first line, with its line feed. */
  public static String header() {
    return COLUMNS.stream().map(AuditField::wireName).collect(Collectors.joining(",")) + "\n";
  }

  /** An event's line, with its line feed. */
  public static String row(StoredEvent stored) {
    StringBuilder line = new StringBuilder(512);
    for (AuditField column : COLUMNS) {
      if (column != AuditField.TS) {
        line.append(',');
      }
      quoted(neutral(cell(column, stored)), line);
    }
    return line.append('\n').toString();
  }

  private static String cell(AuditField column, StoredEvent stored) {
    return switch (column) {
      case SEQ -> Long.toString(stored.seq());
      case PREV_HASH -> stored.prevHash();
      case HASH -> stored.hash();
      default -> cell(column.kind(), stored.event().value(column));
    };
  }

  private static String cell(AuditField.Kind kind, @Nullable Object value) {
    if (value instanceof Instant time) {
      return Rfc3339.text(time);
    }
    if (value instanceof List<?> texts) {
      return list(texts.stream().map(String.class::cast).toList());
    }
    if (value instanceof JsonObject object) {
      return JsonWriter.goText(object);
    }
    if (value instanceof String text) {
      return CsvEscapes.write(text);
    }
    return value == null ? absent(kind) : value.toString();
  }

  /** What stands for a member that is not there. */
  static String absent(AuditField.Kind kind) {
    return switch (kind) {
      case INT -> "0";
      case FLAG -> "false";
      case TIME, TEXT, TEXTS, OBJECT -> "";
    };
  }

  /** A text member's cell as it stands in a row. */
  static String textCell(String text) {
    return whole(CsvEscapes.write(text));
  }

  /** A list member's cell as it stands in a row. */
  static String listCell(List<String> items) {
    return whole(list(items));
  }

  private static String whole(String cell) {
    StringBuilder out = new StringBuilder(cell.length() + 16);
    quoted(neutral(cell), out);
    return out.toString();
  }

  private static String list(List<String> items) {
    boolean ambiguous =
        items.get(0).startsWith("[")
            || items.stream().anyMatch(item -> item.isEmpty() || item.indexOf(';') >= 0);
    return ambiguous
        ? JsonWriter.goText(
            JsonArray.of(items.stream().map(JsonString::of).toArray(JsonValue[]::new)))
        : items.stream().map(CsvEscapes::write).collect(Collectors.joining(";"));
  }

  private static String neutral(String cell) {
    return !cell.isEmpty() && isDangerous(cell.charAt(0)) ? "'" + cell : cell;
  }

  /** Whether a cell that starts so gets an apostrophe before it. */
  static boolean isDangerous(char first) {
    return "=+-@\t\r'".indexOf(first) >= 0;
  }

  private static void quoted(String cell, StringBuilder out) {
    boolean quotes = cell.startsWith(" ") || cell.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    if (!quotes) {
      out.append(cell);
      return;
    }
    out.append('"').append(cell.replace("\"", "\"\"")).append('"');
  }
}
