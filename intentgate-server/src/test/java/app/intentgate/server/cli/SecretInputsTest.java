package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and tokens in files that hold something else. */
class SecretInputsTest {
  private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String NEW = "HyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }

  private CommandRun mint(Path key) {
    return CommandRun.of("token", "mint", "--key-file", key, "--subject", "bot");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | empty", "' \n' | empty", "hidden-word! | base64", "aGlkZGVu | at least 16"})
  void a_key_file_without_a_key_is_told_without_what_it_holds(String text, String why)
      throws IOException {
    CommandRun ran = mint(file(text));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("secret")
        .contains(why)
        .doesNotContain("hidden-word")
        .doesNotContain("aGlkZGVu");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void a_key_file_with_a_wrong_key_beside_a_right_one_is_refused_as_a_whole() throws IOException {
    CommandRun ran = mint(file(NEW + ",c2hvcnQ="));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("key 2 of 2").doesNotContain(NEW).doesNotContain("c2hvcnQ");
  }

  @Test
  void a_key_file_that_is_no_text_is_named() throws IOException {
    Path file = Files.write(folder.resolve("secret"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    CommandRun ran = mint(file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(file.toString()).contains("UTF-8");
  }

  @Test
  void a_directory_is_no_key_file_and_is_named() {
    CommandRun ran = mint(folder);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(folder.toString());
  }

  @Test
  void the_first_key_signs_and_every_key_verifies_on_lines_or_between_commas() throws IOException {
    String byOld = mint(file(OLD)).line();
    String byNew = mint(file(NEW)).line();
    for (String both :
        new String[] {NEW + "," + OLD, NEW + "\n" + OLD + "\n", NEW + "\r\n" + OLD}) {
      Path keys = file(both);
      for (String token : new String[] {byOld, byNew}) {
        assertThat(CommandRun.of("token", "verify", "--key-file", keys, token).code()).isZero();
      }
      String signed = mint(keys).line();
      Path newest = Files.writeString(folder.resolve("newest"), NEW);
      assertThat(CommandRun.of("token", "verify", "--key-file", newest, signed).code()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "' \n\n ' | is empty",
        "two words | one word of ASCII",
        "'two\nlines' | one word of ASCII",
        "schlüssel | one word of ASCII",
        "'tab\there' | one word of ASCII"
      })
  void an_operators_token_is_one_word_and_is_not_repeated(String text, String why)
      throws IOException {
    CommandRun ran =
        CommandRun.of(
            "kill", "list", "--url", "http://127.0.0.1:1", "--admin-token-file", file(text));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(why).doesNotContain("schl").doesNotContain("two words");
  }

  @Test
  void an_operators_token_that_is_no_text_names_its_file() throws IOException {
    Path file = Files.write(folder.resolve("latin"), "süß".getBytes(StandardCharsets.ISO_8859_1));
    for (Path wrong : new Path[] {file, folder}) {
      CommandRun ran =
          CommandRun.of("kill", "list", "--url", "http://127.0.0.1:1", "--admin-token-file", wrong);
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).contains(wrong.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://gate, http:// or https:// and a host",
    "gate:8080, http:// or https:// and a host",
    "http://, url is no address",
    "http://a b/, url is no address",
    "http://ann:hidden-word@gate/, a user or password",
    "ftp://ann:hidden-word@gate/, http:// or https:// and a host",
    "'http://ann:hidden-word@ga te/', url is no address"
  })
  void an_address_that_is_none_is_refused_without_its_password(String url, String why)
      throws IOException {
    CommandRun ran =
        CommandRun.of("kill", "list", "--url", url, "--admin-token-file", file("token"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(why).doesNotContain("hidden-word");
  }
}
