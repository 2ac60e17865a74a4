package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/audit-format.md} says what the code does. */
class AuditFormatDocTest {
  private final String text = read();
  private final Map<String, String> blocks = blocks(text);

  private static String read() {
    Path base = Path.of(System.getProperty("intentgate.basedir", "")).toAbsolutePath();
    for (Path at = base; at != null; at = at.getParent()) {
      Path doc = at.resolve("docs").resolve("audit-format.md");
      if (Files.exists(doc)) {
        try {
          return Files.readString(doc);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new AssertionError("docs/audit-format.md is not above " + base);
  }

  private static Map<String, String> blocks(String text) {
    Matcher fences = Pattern.compile("```\\w+ (\\S+)\n(.*?)\n```").matcher(text);
    Map<String, String> blocks = new HashMap<>();
    while (fences.find()) {
      blocks.put(fences.group(1), fences.group(2));
    }
    return blocks;
  }

  private String block(String name) {
    String block = blocks.get(name);
    assertThat(block).as(name).isNotNull();
    return String.valueOf(block);
  }

  @Test
  void theWorkedChainIsWhatTheCodeComputes() {
    String prevHash = "";
    for (int i = 1; i <= 2; i++) {
      StoredEvent event = EventJson.read(block("line-" + i).getBytes(StandardCharsets.UTF_8));
      byte[] canonical = CanonicalEvent.bytes(event.event(), event.seq());

      assertThat(EventJson.text(event)).isEqualTo(block("line-" + i));
      assertThat(new String(canonical, StandardCharsets.UTF_8)).isEqualTo(block("canonical-" + i));
      assertThat(event.seq()).isEqualTo(i);
      assertThat(event.prevHash()).isEqualTo(prevHash);
      assertThat(AuditChain.link(event.event(), i, prevHash).hash()).isEqualTo(block("hash-" + i));
      prevHash = block("hash-" + i);
    }
  }

  @Test
  void theMembersAreListedInWireOrder() {
    List<String> listed =
        Pattern.compile("^\\| [123] \\| (.*) \\|$", Pattern.MULTILINE)
            .matcher(text)
            .results()
            .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
            .map(name -> name.replaceAll("[`?]", ""))
            .toList();

    assertThat(listed)
        .isEqualTo(Arrays.stream(AuditField.values()).map(AuditField::wireName).toList());
  }

  @Test
  void schema7IsListedInHashOrder() {
    Matcher schema7 =
        Pattern.compile("\\*\\*Schema 7\\*\\*.*?: (`ts`.*?)\\. ", Pattern.DOTALL).matcher(text);
    assertThat(schema7.find()).isTrue();
    List<String> listed =
        Arrays.stream(schema7.group(1).split(",\\s+"))
            .map(name -> name.replaceAll("[`?]", ""))
            .toList();

    assertThat(listed)
        .isEqualTo(
            AuditField.hashed(AuditEvent.SCHEMA_7).stream().map(AuditField::wireName).toList());
  }
}
