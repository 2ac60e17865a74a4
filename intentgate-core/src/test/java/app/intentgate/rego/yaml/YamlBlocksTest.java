package app.intentgate.rego.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of several lines, and what indentation says. */
class YamlBlocksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a: |\n x\n y\n` | x\\ny\\n",
        "`a: |-\n x\n\n` | x",
        "`a: |+\n x\n\n` | x\\n\\n",
        "`a: |+\n` | ``",
        "`a: |\n` | ``",
        "`a: |2\n    x\n   y` | `  x\\n y`",
        "`a: |-2\n    x` | `  x`",
        "`a: |2-\n    x` | `  x`",
        "`a: |\n\n\n x` | \\n\\nx",
        "`a: >\n x\n y\n` | x y\\n",
        "`a: >\n x\n\n y\n` | x\\ny\\n",
        "`a: >\n x\n  y\n z\n` | x\\n y\\nz\\n",
        "`a: >\n x\n\n\n  y\n z\n` | x\\n\\n\\n y\\nz\\n",
        "`a: | # note\n x # none\n` | x # none\\n",
        "`a: |\n x\n# note\n` | x\\n",
        "`a: |\r\n x\r\n y\r\n` | x\\ny\\n",
        "`a: |\n x: {\n - [\n` | x: {\\n- [\\n"
      })
  void a_block_is_what_its_lines_say(String yaml, String text) {
    assertThat(YamlReader.parse(yaml, YamlWords.V1_1))
        .isEqualTo(JsonReader.parse("{\"a\":\"" + text + "\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: |0\n x", "a: |x\n x", "a: | x\n", "a: >-- x"})
  void a_sign_of_a_block_that_says_nothing_is_refused(String yaml) {
    assertThatThrownBy(() -> YamlReader.parse(yaml, YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("did not find expected comment or line break");
  }

  /** A writer of one block that knows of no style but this: what it wrote must be read. */
  @Test
  void any_lines_come_back_from_a_block() {
    Random random = new Random(41);
    String[] pieces = {"a", " ", "  ", "\n", "\n\n", ": ", "- ", "#", "\"", "'", "---", "[", "\t"};
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String value = text + "x" + "\n".repeat(random.nextInt(3));
      int depth = 1 + random.nextInt(3);
      StringBuilder yaml = new StringBuilder();
      for (int d = 0; d < depth; d++) {
        yaml.append("  ".repeat(d)).append("k:").append(d < depth - 1 ? "\n" : " |2");
      }
      yaml.append(value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-");
      String body = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
      for (String line : body.split("\n", -1)) {
        yaml.append('\n').append(line.isEmpty() ? "" : "  ".repeat(depth)).append(line);
      }
      yaml.append('\n');
      JsonValue read = YamlReader.parse(yaml.toString(), YamlWords.V1_1);
      for (int d = 0; d < depth; d++) {
        read = Objects.requireNonNull(((JsonObject) read).get("k"));
      }
      assertThat(read).as(yaml.toString()).isEqualTo(JsonString.of(value));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`- a: 1\n  b: 2\n-\n  c: 3\n- - x\n  - z` | [{\"a\":1,\"b\":2},{\"c\":3},[\"x\",\"z\"]]",
        "`a:\n- 1\n- 2\nb: 3` | {\"a\":[1,2],\"b\":3}",
        "`a:\n  b:\n  - c:\n    - d` | {\"a\":{\"b\":[{\"c\":[\"d\"]}]}}",
        "`-\n-\n- ~` | [null,null,null]",
        "`a:\n\n\n  b: 1\n\n\nc: 2` | {\"a\":{\"b\":1},\"c\":2}",
        "`# first\na: # second\n  # third\n  b` | {\"a\":\"b\"}",
        "`a: [1,\n2,\n  3]` | {\"a\":[1,2,3]}",
        "`a: {b: 1,\n  # note\n  c: 2}` | {\"a\":{\"b\":1,\"c\":2}}",
        "`\ufeffa: 1` | {\"a\":1}",
        "`...` | null",
        "`--- # note\n- 1` | [1]"
      })
  void indentation_says_what_belongs_together(String yaml, String json) {
    assertThat(YamlReader.parse(yaml, YamlWords.V1_1)).isEqualTo(JsonReader.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a: 1\n b: 2` | 2",
        "`a:\n  b: 1\n c: 2` | 3",
        "`- 1\n - 2\n b: 1` | 3",
        "`a: [1\nb: 2` | 2",
        "`a: 1\n- 2` | 2",
        "`a\nb: 1` | 2"
      })
  void an_error_says_its_line(String yaml, int line) {
    assertThatThrownBy(() -> YamlReader.parse(yaml, YamlWords.V1_1))
        .isInstanceOfSatisfying(
            YamlException.class, e -> assertThat(e.line()).as(e.getMessage()).isEqualTo(line));
  }
}
