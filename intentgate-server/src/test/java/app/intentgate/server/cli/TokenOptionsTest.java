package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option of minting and narrowing puts into a token. */
class TokenOptionsTest {
  @TempDir Path folder;
  private String key;

  @BeforeEach
  void key() throws IOException {
    key =
        Files.writeString(
                folder.resolve("master.key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
            .toString();
  }

  private String mint(String... options) {
    List<String> words = new ArrayList<>(List.of("token", "mint", "--key-file", key));
    words.addAll(List.of("--subject", "bot"));
    words.addAll(List.of(options));
    CommandRun ran = CommandRun.of(words.toArray());
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.line();
  }

  private static JsonObject inspect(String token) {
    return CommandRun.of("token", "inspect", token).json();
  }

  private CommandRun verify(String token, String... options) {
    List<String> words = new ArrayList<>(List.of("token", "verify", "--key-file", key, token));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tools read_*,pay | \"tools\":[\"read_*\",\"pay\"]",
        "--forbid drop_* | \"tools\":[\"drop_*\"]",
        "--servers files,mail | [\"files\",\"mail\"]",
        "--callees other | [\"other\"]",
        "--callee-zones eu,us | [\"eu\",\"us\"]",
        "--max-calls 0 | \"max_calls\"",
        "--max-calls 7 | 7",
        "--rate-per-minute 30 | 30",
        "--max-cents 1250 | 1250",
        "--risk-max 40 | 40"
      })
  void a_restriction_stands_in_a_token_the_same_minted_or_narrowed(String words, String stands) {
    String[] options = words.split(" ");
    JsonArray minted = (JsonArray) inspect(mint(options)).get("cav");
    List<String> all = new ArrayList<>(List.of("token", "attenuate", mint()));
    all.addAll(List.of(options));
    CommandRun narrowed = CommandRun.of(all.toArray());
    assertThat(narrowed.code()).as(narrowed.err()).isZero();
    JsonArray child = (JsonArray) inspect(narrowed.line()).get("cav");
    JsonValue last = child.get(child.size() - 1);
    assertThat(last.toString()).contains(stands);
    assertThat(minted).contains(last);
  }

  @Test
  void a_token_without_restrictions_has_none_and_says_whose_it_is() {
    JsonObject plain = inspect(mint("--tenant", "acme", "--issuer", "ops"));
    assertThat(plain.toString()).contains("acme", "\"ops\"", "\"bot\"");
    assertThat(inspect(mint("--zone", "eu")).toString()).contains("\"eu\"");
    assertThat(inspect(mint("--step-up")).toString())
        .isNotEqualTo(inspect(mint()).toString())
        .contains("step_up");
  }

  @Test
  void a_minted_token_as_json_is_the_token_and_what_it_says() {
    JsonObject json = (JsonObject) JsonReader.parse(mint("--format", "json", "--max-calls", "3"));
    String token = json.get("token").asText();
    assertThat(inspect(token).get("chain_id")).isEqualTo(json.get("chain_id"));
    assertThat(json.get("sig")).isNull();
    assertThat(verify(token).line()).isEqualTo("valid");
    assertThat(CommandRun.of("token", "decode", token).out())
        .as("the name that others use")
        .isEqualTo(CommandRun.of("token", "inspect", token).out());
  }

  @Test
  void a_token_is_read_from_standard_input_with_white_space_around() {
    String token = mint("--tools", "read_*");
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(("\n " + token + " \r\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(verify("-", "--tool", "read_x").line()).isEqualTo("valid");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void a_token_that_does_not_hold_is_refused_with_the_reason_on_standard_output() {
    CommandRun forbidden = verify(mint("--forbid", "drop_*"), "--tool", "drop_all");
    assertThat(forbidden.code()).isEqualTo(1);
    assertThat(forbidden.out()).startsWith("not valid: ").contains("drop_all");
    assertThat(forbidden.err()).isEmpty();
    String dead = CommandRun.of("token", "attenuate", mint(), "--ttl", "0s").line();
    CommandRun over = verify(dead);
    assertThat(over.code()).isEqualTo(1);
    assertThat(over.out()).contains("expired");
    CommandRun json = verify(dead, "--format", "json");
    assertThat(json.json().toString()).contains("\"ok\":false", "expired");
    assertThat(verify(mint(), "--format", "JSON").line()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void a_child_never_does_more_than_its_parent() {
    String parent = mint("--tools", "read_*", "--ttl", "1h");
    String wider = CommandRun.of("token", "attenuate", parent, "--tools", "read_*,pay").line();
    assertThat(verify(wider, "--tool", "pay").code()).isEqualTo(1);
    assertThat(verify(wider, "--tool", "read_a").code()).isZero();
    String longer = CommandRun.of("token", "attenuate", parent, "--ttl", "30d").line();
    assertThat(verify(longer).code()).isZero();
    String dead = CommandRun.of("token", "attenuate", parent, "--ttl", "0s").line();
    String again = CommandRun.of("token", "attenuate", dead, "--ttl", "30d").line();
    assertThat(verify(again).code()).as("a longer life gives none to the dead").isEqualTo(1);
  }

  @Test
  void a_pattern_that_a_shell_left_empty_permits_nothing() {
    CommandRun ran =
        CommandRun.of("token", "mint", "--key-file", key, "--subject", "bot", "--tools", "");
    if (ran.code() == 0) {
      assertThat(verify(ran.line(), "--tool", "read_a").code()).isEqualTo(1);
    } else {
      assertThat(ran.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "abc", "e30", "'two words'", "ey!!", "eyJhIjoxfQ"})
  void what_is_no_token_is_not_valid_and_cannot_be_looked_at(String text) {
    CommandRun verdict = verify(text);
    assertThat(verdict.code()).isEqualTo(1);
    assertThat(verdict.out()).startsWith("not valid: ");
    CommandRun shown = CommandRun.of("token", "inspect", text);
    assertThat(shown.code()).isEqualTo(2);
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err()).startsWith("intentgate: ").hasLineCount(1);
    assertThat(CommandRun.of("token", "attenuate", text, "--tools", "a").out()).isEmpty();
  }
}
