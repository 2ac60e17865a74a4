package app.intentgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of a chain the slow way, one character after the other and member for member, as
 * docs/audit-format.md says it; what the fast way is held against.
 */
final class PlainEventLine {
  private final String line;
  private final Map<AuditField, String> values = new EnumMap<>(AuditField.class);
  private int at;

  private PlainEventLine(String line) {
    this.line = line;
  }

  /** The members' values as they stand there; null when it is not in the form of events. */
  static @Nullable Map<AuditField, String> read(byte[] line) {
    PlainEventLine reader = new PlainEventLine(new String(line, StandardCharsets.ISO_8859_1));
    boolean oneLine = reader.line.chars().noneMatch(c -> c < ' ');
    return oneLine && reader.members() ? reader.values : null;
  }

  /** What a hash covers after the previous hash. */
  static byte[] canonical(Map<AuditField, String> values) {
    List<AuditField> hashed =
        AuditField.hashed(values.getOrDefault(AuditField.SCHEMA_VERSION, "").replace("\"", ""));
    return hashed.stream()
        .filter(values::containsKey)
        .map(field -> "\"" + field.wireName() + "\":" + values.get(field))
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean members() {
    if (!take("{")) {
      return false;
    }
    for (AuditField field : AuditField.values()) {
      String comma = values.isEmpty() ? "" : ",";
      if (!take(comma + "\"" + field.wireName() + "\":")) {
        if (field.isAlwaysWritten()) {
          return false;
        }
        continue;
      }
      int start = at;
      boolean whole =
          switch (field.kind()) {
            case TIME, TEXT -> string();
            case INT -> number();
            case FLAG -> take("true");
            case TEXTS -> strings();
            case OBJECT -> object();
          };
      String value = line.substring(start, Math.min(at, line.length()));
      boolean zero = List.of("0", "-0", "\"\"", "{}").contains(value);
      if (!whole || (zero && !field.isAlwaysWritten())) {
        return false;
      }
      values.put(field, value);
    }
    return take("}") && at == line.length();
  }

  private boolean take(String text) {
    boolean there = line.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private boolean string() {
    if (!take("\"")) {
      return false;
    }
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '"') {
        at++;
        return true;
      }
      at += c == '\\' ? 2 : 1;
    }
    return false;
  }

  private boolean number() {
    take("-");
    int start = at;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    int digits = at - start;
    return digits > 0 && digits < 20 && (digits == 1 || line.charAt(start) != '0');
  }

  private boolean strings() {
    if (!take("[") || !string()) {
      return false;
    }
    while (take(",")) {
      if (!string()) {
        return false;
      }
    }
    return take("]");
  }

  private boolean object() {
    if (!line.startsWith("{", at)) {
      return false;
    }
    int depth = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '"') {
        if (!string()) {
          return false;
        }
        continue;
      }
      at++;
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }
}
