package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;

/** Prints errors of policies the way tools for Rego do. */
final class PolicyErrors {
  private PolicyErrors() {}

  static JsonObject json(List<RegoError> errors) {
    List<JsonValue> items = new ArrayList<>();
    for (RegoError error : errors) {
      items.add(json(error));
    }
    return JsonObject.of("errors", JsonArray.copyOf(items));
  }

  static JsonObject json(RegoLoadException failure) {
    List<JsonValue> items = new ArrayList<>();
    for (String problem : failure.problems()) {
      items.add(JsonObject.of("message", JsonValue.of(problem)));
    }
    return JsonObject.of("errors", JsonArray.copyOf(items));
  }

  static JsonObject json(RegoError error) {
    JsonObject.Builder item =
        JsonObject.builder(4).put("message", error.message()).put("code", error.code());
    if (!error.location().isNone()) {
      item.put("location", location(error.location()));
    }
    JsonObject details = error.details();
    if (details != null) {
      item.put("details", details);
    }
    return item.build();
  }

  static String text(List<RegoError> errors) {
    return text(errors, "");
  }

  /** The same; what is wrong with the syntax shows while files are loaded. */
  static String ofFiles(List<RegoError> errors) {
    boolean syntax = errors.stream().allMatch(e -> e.code().equals(ErrorCode.PARSE));
    return text(errors, syntax ? " during loading" : "");
  }

  private static String text(List<RegoError> errors, String when) {
    StringBuilder out = new StringBuilder();
    out.append(errors.size())
        .append(errors.size() == 1 ? " error occurred" : " errors occurred")
        .append(when)
        .append(errors.size() == 1 ? ": " : ":");
    for (RegoError error : errors) {
      out.append(errors.size() == 1 ? "" : "\n").append(error.text());
    }
    return out.toString();
  }

  static JsonObject location(Location at) {
    return JsonObject.builder(3)
        .put("file", at.file())
        .put("row", at.row())
        .put("col", at.col())
        .build();
  }
}
