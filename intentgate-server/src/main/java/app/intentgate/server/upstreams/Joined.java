package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What several servers say of themselves, as one. */
final class Joined {
  private static final Set<String> LISTED = Set.of("tools", "prompts", "resources");

  private final String version;

  /**
   * For a gate.
   *
   * @param version the gate's version
   */
  Joined(String version) {
    this.version = version;
  }

  /** The result of {@code initialize}: the lowest version, every feature. */
  JsonObject initialize(List<Gather.Said> answers) {
    String lowest = "";
    for (Gather.Said said : answers) {
      String theirs = protocol(said);
      lowest = lowest.isEmpty() || theirs.compareTo(lowest) < 0 ? theirs : lowest;
    }
    JsonObject.Builder out =
        JsonObject.builder(4)
            .put("protocolVersion", lowest)
            .put("capabilities", capabilities(answers))
            .put("serverInfo", info());
    String instructions = instructions(answers);
    return instructions.isEmpty() ? out.build() : out.put("instructions", instructions).build();
  }

  /** The result of {@code server/discover}: the versions that all speak, every feature. */
  JsonObject discover(List<Gather.Said> answers) {
    Set<JsonValue> versions = null;
    for (Gather.Said said : answers) {
      Set<JsonValue> theirs = new LinkedHashSet<>();
      if (result(said).get("supportedVersions") instanceof JsonArray array) {
        array.forEach(theirs::add);
      }
      if (versions == null) {
        versions = theirs;
      } else {
        versions.retainAll(theirs);
      }
    }
    JsonObject.Builder out =
        JsonObject.builder(8)
            .put(
                "supportedVersions",
                JsonArray.copyOf(versions == null ? Set.<JsonValue>of() : versions))
            .put("capabilities", capabilities(answers))
            .put("serverInfo", info())
            .put("resultType", "complete")
            .put("ttlMs", 0)
            .put("cacheScope", "private");
    String instructions = instructions(answers);
    return instructions.isEmpty() ? out.build() : out.put("instructions", instructions).build();
  }

  private JsonObject info() {
    return JsonObject.builder(2).put("name", "intentgate").put("version", version).build();
  }

  /** The version agreed with a server. */
  static String protocol(Gather.Said said) {
    return result(said).get("protocolVersion") instanceof JsonString named
            && named.value().matches("[0-9-]{1,20}")
        ? named.value()
        : "2025-03-26";
  }

  private static JsonObject result(Gather.Said said) {
    return said.result() instanceof UpstreamResult.Result answer
            && answer.value() instanceof JsonObject object
        ? object
        : JsonObject.EMPTY;
  }

  /** Every feature that a server has. */
  private static JsonObject capabilities(List<Gather.Said> answers) {
    JsonObject all = JsonObject.EMPTY;
    for (Gather.Said said : answers) {
      if (result(said).get("capabilities") instanceof JsonObject theirs) {
        all = joined(all, theirs);
      }
    }
    JsonObject.Builder out = JsonObject.builder(all.size());
    for (int i = 0; i < all.size(); i++) {
      String name = all.nameAt(i);
      if (LISTED.contains(name) && all.valueAt(i) instanceof JsonObject listed) {
        // The gate itself says so when a server comes late.
        out.put(name, listed.toBuilder().put("listChanged", true).build());
      } else {
        out.put(name, all.valueAt(i));
      }
    }
    return out.build();
  }

  private static JsonObject joined(JsonObject one, JsonObject other) {
    JsonObject.Builder out = one.toBuilder();
    for (int i = 0; i < other.size(); i++) {
      String name = other.nameAt(i);
      out.put(name, joined(one.get(name), other.valueAt(i)));
    }
    return out.build();
  }

  private static JsonValue joined(@Nullable JsonValue one, JsonValue other) {
    if (one instanceof JsonObject object && other instanceof JsonObject more) {
      return joined(object, more);
    }
    return one == null || one.equals(JsonBoolean.FALSE) ? other : one;
  }

  private static String instructions(List<Gather.Said> answers) {
    StringBuilder out = new StringBuilder();
    for (Gather.Said said : answers) {
      if (result(said).get("instructions") instanceof JsonString text && !text.value().isBlank()) {
        out.append(out.length() == 0 ? "" : "\n\n")
            .append(said.server().name())
            .append(": ")
            .append(text.value());
      }
    }
    return out.toString();
  }
}
