package app.intentgate.server.pin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.pin.ToolPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pins in a file, as {@code GET /v1/admin/tool-pins} of another gate shows them: {@code
 * {"pins":[{"upstream","tool","accepted_sha256"}]}}, where {@code sha256} counts if there is no
 * {@code accepted_sha256} and the status is no other than {@code accepted}.
 */
final class PinFile {
  private PinFile() {}

  /**
   * Accepts what a file says, where nothing was accepted before.
   *
   * @throws IllegalArgumentException when it cannot be read, saying which entry is wrong
   */
  static void read(Path file, ToolPins into) {
    JsonValue document;
    try {
      document = JsonReader.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(file + " is no JSON: " + e.getMessage(), e);
    }
    if (!(document instanceof JsonObject object)
        || !(object.get("pins") instanceof JsonArray pins)) {
      throw new IllegalArgumentException(file + " is no object with an array \"pins\"");
    }
    int number = 0;
    for (JsonValue entry : pins) {
      number++;
      if (!(entry instanceof JsonObject pin)) {
        throw new IllegalArgumentException(file + ": entry " + number + " is no object");
      }
      String tool = text(pin, "tool");
      String sha256 = text(pin, "accepted_sha256");
      String status = text(pin, "status");
      if (sha256.isEmpty() && (status.isEmpty() || status.equals("accepted"))) {
        sha256 = text(pin, "sha256");
      }
      if (sha256.isEmpty() && !status.isEmpty()) {
        // Exported while it waited: it waits here too.
        continue;
      }
      if (tool.isEmpty() || text(pin, "upstream").isEmpty() || !sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            file
                + ": entry "
                + number
                + " needs upstream, tool, and 64 lower-case hex digits in sha256");
      }
      into.accept(text(pin, "upstream"), tool, sha256);
    }
  }

  private static String text(JsonObject pin, String member) {
    return pin.get(member) instanceof JsonString text ? text.value() : "";
  }
}
