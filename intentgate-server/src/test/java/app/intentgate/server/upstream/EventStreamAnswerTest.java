package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamAnswerTest {
  private static JsonObject find(String stream, int chunk) {
    EventStreamAnswer answer = new EventStreamAnswer(JsonNumber.of(1));
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    JsonObject found = null;
    for (int i = 0; i < bytes.length && found == null; i += chunk) {
      found = answer.feed(ByteBuffer.wrap(bytes, i, Math.min(chunk, bytes.length - i)));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"id\":1,\"result\":7}\n\n",
        "data:{\"id\":1,\"result\":7}\r\n\r\n",
        "data: {\"id\":1,\rdata: \"result\":7}\r\r",
        ": comment\nid: 5\nevent: message\nretry: 10\ndata: {\"id\":1,\"result\":7}\n\n",
        "data\n\ndata: x\n\ndata: {\"id\":2,\"result\":8}\n\ndata: {\"id\":1.0,\"result\":7}\n\n",
        "data: {\"id\":1,\"method\":\"roots/list\"}\n\ndata: {\"id\":1,\"result\":7}\n\n",
        "\ufeffdata: {\"id\":1,\"result\":7}\n\n",
        "dataset: {\"id\":1,\"result\":8}\n\ndata: {\"id\":1,\"result\":7}\n\n"
      })
  void theAnswerIsFoundHoweverTheBytesCome(String stream) {
    for (int chunk : new int[] {1, 2, 7, 10_000}) {
      JsonObject found = find(stream, chunk);
      assertThat(found).as("chunks of %d", chunk).isNotNull();
      assertThat(found.get("result")).isEqualTo(JsonNumber.of(7));
    }
  }

  @Test
  void anEventThatIsNotEndedIsNone() {
    assertThat(find("data: {\"id\":1,\"result\":7}\n", 100)).isNull();
  }
}
