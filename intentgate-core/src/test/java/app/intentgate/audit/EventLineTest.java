package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a line ends and a value ends, byte by byte. */
class EventLineTest {
  private final EventMembers members = new EventMembers();

  private static byte[] line() {
    AuditEvent event =
        RandomEvents.call("acme")
            .reason("a \"quoted\" \\ reason")
            .argKeys(List.of("x", "y"))
            .argValues(JsonObject.of("a", JsonValue.of("]}"), "b", JsonValue.of(1)))
            .requiresStepUp(true)
            .errorCode(-5)
            .build();
    return EventJson.bytes(AuditChain.link(event, 1, ""));
  }

  private boolean scan(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return EventLine.scan(bytes, 0, bytes.length, members);
  }

  private static String endingIn(String callId) {
    return "{\"ts\":\"t\",\"event\":\"e\",\"schema_version\":\"8\",\"decision\":\"allow\","
        + "\"tool\":\"\",\"latency_ms\":0,\"call_id\":\""
        + callId
        + "\"}";
  }

  @Test
  void no_part_of_a_line_is_one_though_the_rest_lies_behind_it() {
    byte[] line = line();
    assertThat(EventLine.scan(line, 0, line.length, members)).isTrue();
    for (int i = 0; i < line.length; i++) {
      assertThat(EventLine.scan(line, 0, i, members)).as("%d bytes", i).isFalse();
      assertThat(i > 0 && EventLine.scan(line, i, line.length, members)).as("from %d", i).isFalse();
    }
    byte[] two = (new String(line, UTF_8) + new String(line, UTF_8)).getBytes(UTF_8);
    assertThat(EventLine.scan(two, 0, line.length, members)).isTrue();
    assertThat(EventLine.scan(two, line.length, two.length, members)).isTrue();
    assertThat(EventLine.scan(two, 0, two.length, members)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u0000', '\n', '\u001f'})
  void no_control_character_is_part_of_a_line(char control) {
    String line = new String(line(), UTF_8);
    assertThat(scan(line)).isTrue();
    for (int i = 0; i <= line.length(); i++) {
      String longer = line.substring(0, i) + control + line.substring(i);
      assertThat(scan(longer)).as("%d at %d", (int) control, i).isFalse();
    }
    assertThat(scan(endingIn("\\" + control))).isFalse();
    assertThat(scan(endingIn("\\" + control + "much longer than a word"))).isFalse();
  }

  @Test
  void any_other_character_is_part_of_a_text_wherever_it_stands() {
    for (String character :
        List.of(" ", "!", "#", "[", "]", "\u007f", "\u0080", "\uffff", "\\\"", "\\\\")) {
      for (int before = 0; before < 18; before++) {
        for (int after = 0; after < 10; after++) {
          String text = "x".repeat(before) + character + "y".repeat(after);
          assertThat(scan(endingIn(text))).as(text).isTrue();
          assertThat(members.escapedText(MemberSlot.of(AuditField.CALL_ID))).isEqualTo(text);
        }
      }
    }
    assertThat(scan(endingIn("a\"b"))).isFalse();
    assertThat(scan(endingIn("a\\"))).isFalse();
  }

  @Test
  void within_an_object_only_brackets_count() {
    String line = endingIn("c");
    for (String object :
        List.of("{ \"a\" : [1, {\"b\":\"}\"}] }", "{\"a\":[[]]}", "{\"\\\"}\":1}")) {
      String with = line.replace("\"latency_ms\"", "\"arg_values\":" + object + ",\"latency_ms\"");
      assertThat(scan(with)).as(object).isTrue();
      assertThat(members.is(MemberSlot.of(AuditField.ARG_VALUES), object.getBytes(UTF_8))).isTrue();
    }
    for (String object : List.of("{\"a\":{}", "{\"a\":\"}", "[1]", "{", "{\"a\":1}}")) {
      String with = line.replace("\"latency_ms\"", "\"arg_values\":" + object + ",\"latency_ms\"");
      assertThat(scan(with)).as(object).isFalse();
    }
  }
}
