package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A recorded server's behaviour: the first of its answers that fits and is not used up. */
final class RecordedReplies implements Function<StubServer.Request, StubServer.Reply> {
  private final JsonNode responses;
  private final int[] used;
  private volatile String self = "";

  RecordedReplies(JsonNode server) {
    responses = server.path("responses");
    used = new int[responses.size()];
  }

  /** The server's own address, which answers may name. */
  void setSelf(String url) {
    self = url;
  }

  @Override
  public StubServer.Reply apply(StubServer.Request request) {
    JsonNode body = request.json();
    for (int i = 0; i < responses.size(); i++) {
      JsonNode r = responses.get(i);
      if (used[i] < r.path("times").asInt(Integer.MAX_VALUE)
          && fits(r, "match_path", request.path())
          && fits(r, "match_method", body.path("method").asText())
          && fits(r, "match_tool", body.path("params").path("name").asText())
          && fits(r, "match_prompt", body.path("prompt").asText())) {
        used[i]++;
        return reply(r);
      }
    }
    return new StubServer.Reply(599, Map.of(), "no response configured".getBytes(), 0, false);
  }

  private static boolean fits(JsonNode response, String member, String actual) {
    return !response.has(member) || response.get(member).asText().equals(actual);
  }

  private StubServer.Reply reply(JsonNode r) {
    Map<String, String> headers = new LinkedHashMap<>();
    r.path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText().replace("${self}", self)));
    return new StubServer.Reply(
        r.path("status").asInt(200),
        headers,
        bodyOf(r, text -> text.replace("${self}", self)),
        r.path("delay_ms").asLong(0),
        r.path("close").asBoolean(false));
  }

  /** The body a step or an answer describes. */
  static byte[] bodyOf(JsonNode node, Function<String, String> substitute) {
    if (node.has("body_b64")) {
      return Base64.getDecoder().decode(node.get("body_b64").asText());
    }
    if (node.has("body_repeat")) {
      JsonNode repeat = node.get("body_repeat");
      return (repeat.path("prefix").asText()
              + repeat.get("unit").asText().repeat(repeat.get("count").asInt())
              + repeat.path("suffix").asText())
          .getBytes(StandardCharsets.UTF_8);
    }
    return substitute.apply(node.path("body").asText("")).getBytes(StandardCharsets.UTF_8);
  }
}
