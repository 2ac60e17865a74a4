package app.intentgate.jdbc;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Function;

/** Reads rows that are stored whole, as JSON. */
public final class StoredJson {
  /** A request may have one mebibyte; what is stored of it is somewhat larger. */
  private static final JsonLimits LIMITS = JsonLimits.ofDefaults().withMaxBytes(64 << 20);

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
