package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One recorded scenario: a configuration, the servers it needs, and steps. */
public record Scenario(JsonNode json) {
  /** All scenarios of a file of recordings. */
  public static List<Scenario> of(JsonNode file) {
    List<Scenario> out = new ArrayList<>();
    file.get("scenarios").forEach(s -> out.add(new Scenario(s)));
    return out;
  }

  /** Its unique name. */
  public String name() {
    return json.get("name").asText();
  }

  /** The area it belongs to. */
  public String area() {
    return json.get("area").asText();
  }

  /** Whether it was recorded on PostgreSQL. */
  public boolean isOfPostgres() {
    return json.path("store").asText().equals("postgres");
  }

  /** Whether the gate is stopped and started on the way. */
  public boolean restarts() {
    for (JsonNode step : steps()) {
      if (step.has("restart")) {
        return true;
      }
    }
    return false;
  }

  /** The environment as recorded, before names are filled in. */
  public Map<String, String> config() {
    Map<String, String> out = new TreeMap<>();
    json.path("config").properties().forEach(e -> out.put(e.getKey(), e.getValue().asText()));
    return out;
  }

  /** The paths it asks, without queries. */
  public List<String> paths() {
    List<String> out = new ArrayList<>();
    for (JsonNode step : steps()) {
      if (step.has("path")) {
        out.add(step.get("path").asText().split("\\?")[0]);
      }
    }
    return out;
  }

  JsonNode steps() {
    return json.get("steps");
  }

  @Override
  public String toString() {
    return name();
  }
}
