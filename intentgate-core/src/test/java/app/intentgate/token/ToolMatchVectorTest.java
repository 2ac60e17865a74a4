package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolMatchVectorTest {
  @Test
  void toolsMatchPatternsAndBelongToServersAsRecorded() {
    Tally tally = Tally.of("vectors tool-match.json");
    JsonObject file = (JsonObject) GoldenData.vectorsJson("tool-match.json");
    for (JsonValue each : (JsonArray) file.get("tool_patterns")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.toString(), () -> checkPatterns(c));
    }
    for (JsonValue each : (JsonArray) file.get("mcp_servers")) {
      JsonObject c = (JsonObject) each;
      tally.check(
          c.toString(),
          () ->
              assertThat(new Caveat.McpAllow(texts(c, "servers")).permits(c.get("tool").asText()))
                  .isEqualTo(c.get("belongs") == JsonBoolean.TRUE));
    }
    tally.finish();
  }

  private static void checkPatterns(JsonObject c) {
    List<String> texts = texts(c, "patterns");
    String tool = c.get("tool").asText();
    ToolPatterns patterns = ToolPatterns.of(texts);
    boolean malformed = texts.stream().anyMatch(ReferenceRules::isMalformedPattern);
    assertThat(patterns.hasMalformed()).isEqualTo(malformed);
    if (!(c.get("pattern_error") instanceof JsonNull)) {
      assertThat(malformed).isTrue();
    }
    boolean matches = c.get("tool_scope_matches") == JsonBoolean.TRUE;
    if (!malformed) {
      assertThat(patterns.matches(tool)).isEqualTo(matches);
    }
    assertThat(Tokens.permits(new Caveat.ToolAllow(texts), tool))
        .as("B10: a list with a malformed pattern allows nothing")
        .isEqualTo(matches && !malformed);
    assertThat(Tokens.permits(new Caveat.ToolDeny(texts), tool))
        .as("B10: a list with a malformed pattern denies everything")
        .isEqualTo(!matches && !malformed);
  }

  private static List<String> texts(JsonObject object, String name) {
    List<String> texts = new ArrayList<>();
    ((JsonArray) object.get(name)).forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
