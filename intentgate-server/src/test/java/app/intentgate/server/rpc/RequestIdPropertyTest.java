package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies in which much looks like an id: the one that counts goes back as it was written. */
class RequestIdPropertyTest {
  private static final String[] PIECES = {
    "a",
    "id",
    ":",
    ",",
    "{",
    "}",
    "[",
    "]",
    " ",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u0041",
    "\\u0022",
    "\\ud83d\\ude00",
    "\u00e4",
    "\ud83d\ude00",
    "\\\"id\\\":\\\"x\\\"",
    "/",
    "<",
    "&",
    "\u2028"
  };
  private static final String[] SPACES = {"", " ", "\t", "\n", "\r\n", "  "};

  private static String text(Random random) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return out.append('"').toString();
  }

  private static String space(Random random) {
    return SPACES[random.nextInt(SPACES.length)];
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 3 : 5)) {
      case 0 -> text(random);
      case 1 -> "1.50";
      case 2 -> "null";
      case 3 -> "[" + text(random) + space(random) + "," + value(random, depth + 1) + "]";
      default ->
          "{" + space(random) + "\"id\"" + space(random) + ":" + value(random, depth + 1) + "}";
    };
  }

  /** What must come: the text as written, but for what means something in HTML. */
  private static String safe(String id) {
    return id.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  @Test
  void the_id_of_the_request_itself_comes_back_as_it_was_spelt() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      String id = text(random);
      List<String> members = new ArrayList<>();
      members.add("\"id\"" + space(random) + ":" + space(random) + id);
      for (int i = random.nextInt(4); i > 0; i--) {
        members.add("\"m" + i + "\"" + space(random) + ":" + value(random, 0));
      }
      Collections.shuffle(members, random);
      String body =
          space(random) + "{" + String.join(space(random) + "," + space(random), members) + "}";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      JsonObject request = (JsonObject) JsonReader.parse(bytes);

      JsonOutput out = JsonOutput.htmlSafe();
      RequestId.of(request.get("id"), bytes).write(out);

      assertThat(out.toText()).as("seed %s: %s", seed, body).isEqualTo(safe(id));
      assertThat(JsonReader.parse(out.toText())).as("seed %s", seed).isEqualTo(request.get("id"));
    }
  }
}
