package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Exports copy what a store holds. Whoever can write to the store must not be able to put a line of
 * their own into the copy by a line feed within an event.
 */
class StoredLineTest {
  private static final char[] CONTROLS = {'\n', '\r', '\0', '\t', '\u001f'};

  private final StoredLine line = new StoredLine();

  private boolean isLine(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return line.set(bytes, 0, bytes.length);
  }

  private static String stored(AuditEvent event) {
    StoredEvent stored = AuditChain.link(event, 1, "");
    return new String(EventJson.bytes(stored), StandardCharsets.UTF_8);
  }

  private void assertNoControlFits(String json) {
    assertThat(isLine(json)).as(json).isTrue();
    for (char control : CONTROLS) {
      for (int i = 0; i <= json.length(); i++) {
        String longer = json.substring(0, i) + control + json.substring(i);
        assertThat(isLine(longer)).as("%d at %d of %s", (int) control, i, json).isFalse();
        if (i < json.length()) {
          String changed = json.substring(0, i) + control + json.substring(i + 1);
          assertThat(isLine(changed)).as("%d at %d of %s", (int) control, i, json).isFalse();
        }
      }
    }
  }

  @Test
  void no_control_character_is_part_of_a_line_wherever_it_is_put() {
    assertNoControlFits(
        stored(
            RandomEvents.call("acme")
                .reason("a \"quoted\" \\ reason")
                .argValues(
                    JsonObject.of(
                        "a\nb", JsonString.of("c"), "d", JsonObject.of("e", JsonString.of("[f]"))))
                .build()));
    RandomEvents events = new RandomEvents(7);
    for (int i = 0; i < 20; i++) {
      assertNoControlFits(stored(events.next()));
    }
  }

  @Test
  void an_event_forged_behind_an_escape_or_between_members_is_not_copied() throws Exception {
    String json = stored(RandomEvents.call("acme").reason("x\\y").build());
    String forged = "\n{\"ts\":\"2026-05-11T22:30:00Z\",\"event\":\"intentgate.tool_call\"}\n";
    String escaped = forged.replace("\"", "\\\"");
    assertThat(isLine(json)).isTrue();
    new CsvLines().write(line, new ByteArrayOutputStream());

    assertThat(isLine(json.replace("x\\\\y", "x" + escaped.replace("\n", "\\\n") + "y"))).isFalse();
    assertThat(isLine(json.replace("x\\\\y", "x" + escaped + "y"))).isFalse();
  }
}
