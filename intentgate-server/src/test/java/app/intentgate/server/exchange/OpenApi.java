package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI document that the gate serves. */
public final class OpenApi {
  private static final String RESOURCE = "/app/intentgate/server/http/openapi.json";
  private static final JsonNode DOCUMENT = read();

  private OpenApi() {}

  /**
   * One operation.
   *
   * @param method the method, in capitals
   * @param path the path, with its parameters in braces
   * @param json the rest
   */
  public record Operation(String method, String path, JsonNode json) {
    /** The method and the path. */
    public String name() {
      return method + " " + path;
    }

    /** Whether this version serves it. */
    public boolean built() {
      return json.path("x-intentgate-built").asBoolean(true);
    }
  }

  private static JsonNode read() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      return Vectors.JSON.readTree(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole document. */
  public static JsonNode document() {
    return DOCUMENT;
  }

  /** Every operation, in the document's order. */
  public static List<Operation> operations() {
    List<Operation> out = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        out.add(
            new Operation(
                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
      }
    }
    return out;
  }

  /** What a reference points at; anything else as it is. */
  public static JsonNode resolve(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : DOCUMENT.at(ref.substring(1));
  }

  /** A schema that stands alone, and in which an object has no member that is not named. */
  static String closed(JsonNode schema) {
    ObjectNode root = Vectors.JSON.createObjectNode();
    root.set("allOf", Vectors.JSON.createArrayNode().add(schema.deepCopy()));
    root.set("$defs", DOCUMENT.at("/components/schemas").deepCopy());
    close(root);
    return root.toString().replace("#/components/schemas/", "#/$defs/");
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").toString().contains("object")
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApi::close);
  }
}
