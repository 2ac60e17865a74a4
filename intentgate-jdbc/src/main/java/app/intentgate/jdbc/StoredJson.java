package app.intentgate.jdbc;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Function;

/** Reads rows that are stored whole, as JSON. */
public final class StoredJson {
  /**
   * What is stored of a request is larger than it was, and its arguments lie deeper in a row than
   * in a request; a row that cannot be read keeps every tenant's from being read.
   */
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, JsonLimits.GREATEST_DEPTH);

  private StoredJson() {}

  /**
   * What a line says.
   *
   * @throws SQLException when it cannot be read
   */
  public static <T> T read(String line, Function<JsonObject, T> reading) throws SQLException {
    try {
      if (JsonReader.parse(line.getBytes(StandardCharsets.UTF_8), LIMITS) instanceof JsonObject o) {
        return reading.apply(o);
      }
    } catch (RuntimeException e) {
      throw new SQLException("a stored row cannot be read: " + e.getMessage(), e);
    }
    throw new SQLException("a stored row is no JSON object");
  }
}
