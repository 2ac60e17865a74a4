package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import java.util.Base64;

/** One piece of what a tool answered. {@link #json} is the piece as it came. */
public sealed interface ToolContent {
  /** The piece as it came, with whatever else stood in it. */
  JsonObject json();

  /** The piece of an answer's {@code content}; {@link Other} when it is of no known kind. */
  static ToolContent of(JsonObject json) {
    String type = Json.text(json, "type", "");
    String data = Json.text(json, "data", "");
    return switch (type) {
      case "text" -> new Text(json, Json.text(json, "text", ""));
      case "image" -> new Image(json, Json.text(json, "mimeType", ""), data);
      case "audio" -> new Audio(json, Json.text(json, "mimeType", ""), data);
      case "resource_link" -> new Link(json, Json.text(json, "uri", ""));
      case "resource" ->
          json.get("resource") instanceof JsonObject r ? new Resource(json, r) : new Other(json);
      default -> new Other(json);
    };
  }

  /** A text. */
  record Text(JsonObject json, String text) implements ToolContent {}

  /** An image. */
  record Image(JsonObject json, String mimeType, String base64) implements ToolContent {
    /**
     * The image itself.
     *
     * @throws IllegalArgumentException when it is no base64
     */
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /** A sound. */
  record Audio(JsonObject json, String mimeType, String base64) implements ToolContent {
    /**
     * The sound itself.
     *
     * @throws IllegalArgumentException when it is no base64
     */
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /** A link to a resource. */
  record Link(JsonObject json, String uri) implements ToolContent {}

  /** A resource, embedded. */
  record Resource(JsonObject json, JsonObject resource) implements ToolContent {}

  /** Something else. */
  record Other(JsonObject json) implements ToolContent {}
}
