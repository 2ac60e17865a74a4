package app.intentgate.server.stdio;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.HeaderText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that HTTP clients of the stateless era have to repeat in headers: tools say so in
 * their schemas ({@code x-mcp-header}), and a client that speaks lines knows nothing of it (mcp
 * M4). Thread-safe.
 */
final class ParamHeaders {
  private static final String PREFIX = "Mcp-Param-";
  private static final int MAX_TOOLS = 10_000;

  private final Map<String, Map<List<String>, String>> tools = new ConcurrentHashMap<>();

  /** Learns from the result of {@code tools/list}. */
  void learn(@Nullable JsonValue result) {
    if (!(result instanceof JsonObject object)
        || !(object.get("tools") instanceof JsonArray list)) {
      return;
    }
    for (JsonValue item : list) {
      if (item instanceof JsonObject tool
          && tool.get("name") instanceof JsonString name
          && tools.size() < MAX_TOOLS) {
        Map<List<String>, String> found = new LinkedHashMap<>();
        find(tool.get("inputSchema"), List.of(), found);
        if (found.isEmpty()) {
          tools.remove(name.value());
        } else {
          tools.put(name.value(), found);
        }
      }
    }
  }

  private static void find(
      @Nullable JsonValue schema, List<String> path, Map<List<String>, String> found) {
    if (path.size() > 16
        || !(schema instanceof JsonObject object)
        || !(object.get("properties") instanceof JsonObject properties)) {
      return;
    }
    for (int i = 0; i < properties.size(); i++) {
      List<String> below = new ArrayList<>(path);
      below.add(properties.nameAt(i));
      if (properties.valueAt(i) instanceof JsonObject property) {
        if (property.get("x-mcp-header") instanceof JsonString header
            && header.value().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
          found.put(below, PREFIX + header.value());
        }
        find(property, below, found);
      }
    }
  }

  /** The headers of a call, name and value in turn. */
  List<String> of(@Nullable JsonObject params) {
    if (params == null || !(params.get("name") instanceof JsonString name)) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    tools
        .getOrDefault(name.value(), Map.of())
        .forEach(
            (path, header) -> {
              JsonValue at = params.get("arguments");
              for (String step : path) {
                at = at instanceof JsonObject object ? object.get(step) : null;
              }
              String value = text(at);
              if (value != null) {
                out.add(header);
                out.add(HeaderText.encode(value));
              }
            });
    return out;
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      return text.value();
    }
    return value instanceof JsonNumber || value instanceof JsonBoolean ? value.toString() : null;
  }
}
