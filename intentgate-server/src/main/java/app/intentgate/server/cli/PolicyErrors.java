package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints errors of policies the way tools for Rego do. */
final class PolicyErrors {
  private PolicyErrors() {}

  static JsonObject json(List<RegoError> errors) {
    List<JsonValue> items = new ArrayList<>();
    for (RegoError error : errors) {
      JsonObject.Builder item =
          JsonObject.builder(3).put("message", error.message()).put("code", error.code());
      Location at = error.location();
      if (at != null) {
        item.put("location", location(at));
      }
      items.add(item.build());
    }
    return JsonObject.of("errors", JsonArray.copyOf(items));
  }

  static String text(List<RegoError> errors) {
    StringBuilder out = new StringBuilder();
    out.append(errors.size())
        .append(errors.size() == 1 ? " error occurred: " : " errors occurred:");
    for (RegoError error : errors) {
      out.append(errors.size() == 1 ? "" : "\n").append(error);
    }
    return out.toString();
  }

  private static JsonObject location(@Nullable Location at) {
    return at == null
        ? JsonObject.EMPTY
        : JsonObject.builder(3)
            .put("file", at.file())
            .put("row", at.row())
            .put("col", at.col())
            .build();
  }
}
