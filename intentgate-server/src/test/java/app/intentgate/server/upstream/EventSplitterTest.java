package app.intentgate.server.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSplitterTest {
  private static final String MESSAGE = "data: {\"id\":1,\"result\":7}\n\n";

  private static List<StreamEvent> split(String stream, int chunk) {
    EventSplitter splitter = new EventSplitter(1000);
    byte[] bytes = stream.getBytes(UTF_8);
    List<StreamEvent> out = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += chunk) {
      out.addAll(splitter.feed(ByteBuffer.wrap(bytes, i, Math.min(chunk, bytes.length - i))));
    }
    return out;
  }

  /** Whoever reads the piece first drops one mark, and would see what the gate did not. */
  @ParameterizedTest
  @ValueSource(strings = {"\ufeff", "\ufeff\ufeff", "data: x\n\n\ufeff", ": ping\n\ufeff"})
  void a_byte_order_mark_at_the_start_of_a_piece_hides_no_message(String before) {
    for (int chunk : new int[] {1, 2, 4, 1000}) {
      List<StreamEvent> events = split(before + MESSAGE, chunk);
      StreamEvent last = events.get(events.size() - 1);
      assertThat(last.data()).as("chunks of %d", chunk).isNotNull();
      assertThat(new String(last.data(), UTF_8)).isEqualTo("{\"id\":1,\"result\":7}");
      assertThat(new String(last.raw(), UTF_8)).endsWith(MESSAGE).doesNotContain("\ufeff");
    }
  }

  @Test
  void a_mark_elsewhere_stays_as_it_came() {
    String stream = "event: a\n\ufeffdata: x\ndata: y\ufeff\n\n";
    assertThat(split(stream, 3))
        .singleElement()
        .satisfies(event -> assertThat(new String(event.raw(), UTF_8)).isEqualTo(stream))
        .satisfies(event -> assertThat(new String(event.data(), UTF_8)).isEqualTo("y\ufeff"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a\n: c\rdata: b\n\n",
        "id: 5\r\ndata: a\r\ndata: b\r\n\r\n",
        ": c\rdata\rdata: b\n\n"
      })
  void an_event_with_other_data_ends_where_it_ended(String event) {
    StreamEvent changed = split(event, 1000).get(0).replacing("x".getBytes(UTF_8));
    List<StreamEvent> events = split(new String(changed.raw(), UTF_8) + MESSAGE, 1000);
    assertThat(events.stream().filter(e -> e.data() != null))
        .extracting(e -> new String(e.data(), UTF_8))
        .containsExactly("x", "{\"id\":1,\"result\":7}");
  }
}
