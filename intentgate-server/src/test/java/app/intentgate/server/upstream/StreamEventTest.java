package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that go on with other data, or with an id that says whose they are. */
class StreamEventTest {
  /** What a client dispatches: its last id, the event's name and data. */
  private record Dispatched(String id, String name, String data) {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<StreamEvent> events(String text) {
    return new EventSplitter(100_000).feed(ByteBuffer.wrap(bytes(text)));
  }

  private static StreamEvent event(String text) {
    List<StreamEvent> all = events(text);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** A client as the standard describes it, written without looking at ours. */
  private static List<Dispatched> client(String stream) {
    List<Dispatched> out = new ArrayList<>();
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line : stream.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          out.add(new Dispatched(id, name, data.substring(0, data.length() - 1)));
        }
        name = "";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" -> data.append(value).append('\n');
        case "event" -> name = value;
        case "id" -> id = value;
        default -> {
          // A comment, or a field that nobody knows.
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: 7\\n | id: a-7\\n",
        "id:7\\n | id: a-7\\n",
        "id:  7\\n | id: a- 7\\n",
        "id\\n | id: a-\\n",
        "id:\\n | id: a-\\n",
        "id: \\n | id: a-\\n",
        "idx: 7\\n | idx: 7\\n",
        ": id: 7\\n | : id: 7\\n",
        "event: id: 7\\n | event: id: 7\\n",
        "id: 1\\nid: 2\\n | id: a-1\\nid: a-2\\n",
        "id: 7\\r\\n | id: a-7\\r\\n",
        "id: 7\\r | id: a-7\\r"
      })
  void an_ids_prefix_stands_before_every_id_and_nowhere_else(String line, String changed) {
    String raw = line.strip().replace("\\n", "\n").replace("\\r", "\r") + "data: x\n\n";
    String expected = changed.strip().replace("\\n", "\n").replace("\\r", "\r") + "data: x\n\n";

    StreamEvent got = event(raw).withIdPrefix("a-");

    assertThat(text(got.raw())).isEqualTo(expected);
    assertThat(got.data()).isEqualTo(bytes("x"));
  }

  @Test
  void a_message_of_several_lines_stays_one_event_whatever_ends_them() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String message = "{" + end + "\"a\":1," + end + end + "\"b\":2}" + end;

      String raw = text(StreamEvent.of(bytes(message)).raw());

      assertThat(client(raw)).hasSize(1);
      assertThat(client(raw).get(0).data()).isEqualTo("{\n\"a\":1,\n\n\"b\":2}");
      assertThat(client(raw).get(0).name()).isEqualTo("message");
    }
  }

  @Test
  void other_data_leaves_id_name_and_comments_as_they_were() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String raw =
          String.join(end, ": c", "id: 7", "data: one", "event: e", "data: two", "retry: 9");
      StreamEvent event = events(raw + end + end).get(0);

      StreamEvent other = event.replacing(bytes("new"));

      assertThat(text(other.raw())).isEqualTo(": c\nid: 7\ndata: new\nevent: e\nretry: 9\n\n");
      assertThat(other.data()).isEqualTo(bytes("new"));
      assertThat(other.hasId()).isTrue();
      assertThat(client(text(other.raw()))).containsExactly(new Dispatched("7", "e", "new"));
    }
  }

  @Test
  void random_events_mean_the_same_to_a_client_but_for_what_was_changed() {
    Random random = new Random(7_311);
    String[] lines = {
      "data: x",
      "data",
      "data:",
      "data:  y",
      "id: 1",
      "id",
      "id:",
      "event: e",
      ": c",
      "retry: 1",
      "dataset: q",
      "ident: q",
      "\u00e4\u00f6"
    };
    String[] ends = {"\n", "\r\n", "\r"};
    for (int round = 0; round < 3_000; round++) {
      StringBuilder raw = new StringBuilder();
      String end = ends[random.nextInt(3)];
      int count = 1 + random.nextInt(7);
      for (int i = 0; i < count; i++) {
        raw.append(lines[random.nextInt(lines.length)]).append(end);
      }
      raw.append("data: z").append(end).append(end);
      // A line feed may still belong to a last carriage return: the event is whole before it.
      StreamEvent event = events(raw.toString()).get(0);
      List<Dispatched> before = client(raw.toString());
      assertThat(before).as("%s", raw).hasSize(1);
      Dispatched was = before.get(0);

      List<Dispatched> changed = client(text(event.withData(bytes("new\nlines"))));
      List<Dispatched> prefixed = client(text(event.withIdPrefix("s1.").raw()));

      assertThat(changed)
          .as("%s", raw)
          .containsExactly(new Dispatched(was.id(), was.name(), "new\nlines"));
      assertThat(prefixed)
          .as("%s", raw)
          .containsExactly(
              new Dispatched(event.hasId() ? "s1." + was.id() : "", was.name(), was.data()));
    }
  }
}
