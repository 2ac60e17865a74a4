package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool answered, piece by piece. */
class ToolResultTest {
  private static ToolResult of(String json) {
    return ToolResult.of(JsonReader.parse(json), "c1");
  }

  private static ToolContent piece(String json) {
    return ToolContent.of((JsonObject) JsonReader.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"text\",\"text\":\"ä\"} | Text",
        "{\"type\":\"text\"} | Text",
        "{\"type\":\"image\",\"data\":\"AAE=\",\"mimeType\":\"image/png\"} | Image",
        "{\"type\":\"audio\",\"data\":\"AAE=\",\"mimeType\":\"audio/wav\"} | Audio",
        "{\"type\":\"resource_link\",\"uri\":\"file:///a\"} | Link",
        "{\"type\":\"resource\",\"resource\":{\"uri\":\"file:///a\"}} | Resource",
        "{\"type\":\"resource\",\"resource\":\"file:///a\"} | Other",
        "{\"type\":\"Text\",\"text\":\"x\"} | Other",
        "{\"type\":\"video\"} | Other",
        "{\"type\":7} | Other",
        "{} | Other",
      })
  void a_piece_is_of_the_kind_it_says_and_kept_whole(String json, String kind) {
    assertThat(piece(json).getClass().getSimpleName()).isEqualTo(kind);
    assertThat(piece(json).json()).hasToString(json);
  }

  @Test
  void images_and_sounds_give_their_bytes() {
    var image = (ToolContent.Image) piece("{\"type\":\"image\",\"data\":\"AAE=\"}");
    var audio = (ToolContent.Audio) piece("{\"type\":\"audio\",\"data\":\"/+8=\"}");

    assertThat(image.bytes()).containsExactly(0, 1);
    assertThat(audio.bytes()).containsExactly(0xff, 0xef);
    assertThat(image.mimeType()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A-_=", "AA==\\n", "not base64"})
  void what_is_no_base64_is_refused_when_it_is_asked_for_and_not_before(String data) {
    var image = (ToolContent.Image) piece("{\"type\":\"image\",\"data\":\"" + data + "\"}");

    assertThatThrownBy(image::bytes).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void texts_are_joined_by_lines_and_other_pieces_passed_over() {
    ToolResult result =
        of(
            "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},7,{\"type\":\"image\"},"
                + "{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"b\"}]}");

    assertThat(result.text()).isEqualTo("a\n\nb");
    assertThat(result.content()).hasSize(5);
    assertThat(result.content().get(1).json()).hasToString("{\"value\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"_intentgate\":{\"decision\":\"allow\",\"reason\":\"r\",\"latency_ms\":12}} | allow r"
            + " 12",
        "{\"_intentgate\":{\"latency_ms\":1.5}} | allow  0",
        "{\"_intentgate\":{\"latency_ms\":1e40,\"reason\":7}} | allow  0",
        "{\"_intentgate\":\"allow\"} | allow  0",
        "{} | allow  0",
        "[] | allow  0",
      })
  void what_the_gate_says_of_a_call_is_read_as_far_as_it_can_be(String json, String verdict) {
    ToolResult.Verdict read = of(json).verdict();

    assertThat(read.decision() + " " + read.reason() + " " + read.latencyMs()).isEqualTo(verdict);
    assertThat(read.callId()).isEqualTo("c1");
  }

  @Test
  void pieces_cannot_be_changed_afterwards() {
    ToolResult result = of("{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}");

    assertThatThrownBy(() -> result.content().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"upstream_status\":502}', 502",
    "'{\"upstream_status\":\"502\"}', 0",
    "'{\"upstream_status\":1e40}', 0",
    "'{}', 0",
    "'\"a sentence\"', 0"
  })
  void a_tool_servers_status_is_told_where_it_is_a_number(String data, int status) {
    Failure failure =
        new Failure(
            -32603, "upstream error", "", "upstream", "c1", JsonReader.parse(data), true, null);

    assertThat(new UpstreamFailed(failure).upstreamStatus()).isEqualTo(status);
  }

  @Test
  void a_tool_described_by_hand_is_listed_as_a_gate_lists_it() {
    JsonObject schema = JsonObject.EMPTY;

    assertThat(ToolDescription.of("pay", "pays", schema).json())
        .hasToString("{\"name\":\"pay\",\"description\":\"pays\",\"inputSchema\":{}}");
  }
}
