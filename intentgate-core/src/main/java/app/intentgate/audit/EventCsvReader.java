package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@link EventCsv} back, by the columns that the first row names. Immutable. */
final class EventCsvReader {
  private final List<AuditField> columns;

  private EventCsvReader(List<AuditField> columns) {
    this.columns = columns;
  }

  /**
   * A reader of files with this first row.
   *
   * @throws AuditException when it names a column twice, one that is no member of an event, or not
   *     those without which no chain can be verified
   */
  static EventCsvReader of(String header) {
    List<AuditField> columns = new ArrayList<>();
    Set<AuditField> seen = new HashSet<>();
    for (String name : CsvCells.of(header)) {
      AuditField field = AuditField.named(name);
      if (field == null || !seen.add(field)) {
        throw unreadable(
            "the first row names the column \""
                + name
                + (field == null ? "\", which no event has" : "\" twice"));
      }
      columns.add(field);
    }
    for (AuditField field : AuditField.values()) {
      boolean needed =
          field.isAlwaysWritten() || field == AuditField.HASH || field == AuditField.PREV_HASH;
      if (needed && !seen.contains(field)) {
        throw unreadable("the column " + field.wireName() + " is missing");
      }
    }
    return new EventCsvReader(List.copyOf(columns));
  }

  /** The checkpoint that a row after the events holds, as the JSON line of an export; or null. */
  static @Nullable String trailer(List<String> cells) {
    if (cells.size() != 7 || !cells.get(1).equals("checkpoint")) {
      return null;
    }
    JsonObject note = JsonObject.of("note", JsonString.of(cells.get(5)));
    return JsonWriter.toText(JsonObject.of("checkpoint", note));
  }

  /**
   * Reads a row's cells.
   *
   * @throws AuditException {@link AuditException.Code#UNREADABLE} when they are no event
   */
  StoredEvent read(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw unreadable("it has " + cells.size() + " cells and not " + columns.size());
    }
    AuditEventBuilder builder = AuditEvent.builder();
    long seq = 0;
    String prevHash = "";
    String hash = "";
    for (int i = 0; i < cells.size(); i++) {
      AuditField field = columns.get(i);
      String cell = cells.get(i);
      String text = cell.startsWith("'") ? cell.substring(1) : cell;
      switch (field) {
        case SEQ -> seq = number(field, text);
        case PREV_HASH -> prevHash = text;
        case HASH -> hash = text;
        default -> {
          if (field == AuditField.DECISION && text.isEmpty()) {
            throw other(field);
          }
          Object value = value(field, text);
          if (value != null) {
            builder.stored(field, value);
          }
        }
      }
    }
    AuditEvent event = builder.build();
    AuditDecision.of(String.valueOf(event.value(AuditField.DECISION)));
    event.phase();
    return new StoredEvent(event, seq, prevHash, hash);
  }

  private static @Nullable Object value(AuditField field, String text) {
    return switch (field.kind()) {
      case TIME -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        yield Rfc3339.read(bytes, 0, bytes.length);
      }
      case TEXT -> CsvEscapes.read(text);
      case INT -> number(field, text);
      case FLAG ->
          switch (text) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw other(field);
          };
      case TEXTS -> text.isEmpty() ? null : texts(field, text);
      case OBJECT -> {
        if (text.isEmpty()) {
          yield null;
        }
        if (json(field, text) instanceof JsonObject object) {
          yield object;
        }
        throw other(field);
      }
    };
  }

  private static long number(AuditField field, String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw other(field);
    }
  }

  private static List<String> texts(AuditField field, String text) {
    List<String> texts = new ArrayList<>();
    if (!text.startsWith("[")) {
      for (String item : text.split(";", -1)) {
        texts.add(CsvEscapes.read(item));
      }
      return texts;
    }
    if (!(json(field, text) instanceof JsonArray array)) {
      throw other(field);
    }
    for (JsonValue item : array) {
      String each = item.asText();
      if (each == null) {
        throw other(field);
      }
      texts.add(each);
    }
    return texts;
  }

  private static JsonValue json(AuditField field, String text) {
    try {
      return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), EventJson.LIMITS);
    } catch (JsonParseException e) {
      throw other(field);
    }
  }

  private static AuditException other(AuditField field) {
    return unreadable("column " + field.wireName() + " has a value of another type");
  }

  private static AuditException unreadable(String why) {
    return new AuditException(AuditException.Code.UNREADABLE, why);
  }
}
