package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what a command was promised. */
class FileInputsTest {
  private static final int MOST = 64 << 20;

  @TempDir Path folder;

  private static CommandRun eval(Object input) {
    return CommandRun.of("policy", "eval", "-i", input, "input");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Path none = folder.resolve("none.json");
    CommandRun ran = eval(none);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualToIgnoringNewLines("intentgate: " + none + " does not exist");
  }

  @Test
  void a_directory_is_no_input() {
    CommandRun ran = eval(folder);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines("intentgate: " + folder + " is a directory, not a file");
  }

  @Test
  void a_file_is_read_up_to_its_bound_and_one_byte_more_is_too_large() throws IOException {
    Path file = folder.resolve("big");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(MOST);
      assertThat(Inputs.bytes(file.toString())).hasSize(MOST);
      sparse.setLength(MOST + 1L);
    }
    CommandRun ran = eval(file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(file + " is larger than " + MOST + " bytes");
  }

  @Test
  void what_has_no_end_and_says_no_size_is_not_read_to_its_end() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "a device without an end");
    assertThat(eval(endless).err()).contains("/dev/zero is larger than " + MOST + " bytes");
    CommandRun key = CommandRun.of("token", "mint", "--key-file", endless, "--subject", "bot");
    assertThat(key.code()).isEqualTo(2);
    assertThat(key.err()).contains("/dev/zero is larger than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{]", "[1,"})
  void an_input_that_is_no_json_is_told_with_its_file(String text) throws IOException {
    CommandRun ran = eval(Files.writeString(folder.resolve("in.json"), text));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out() + ran.err()).contains("in.json");
  }

  @Test
  void standard_input_is_read_once_and_strictly() throws IOException {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
      assertThat(CommandRun.of("policy", "eval", "-I", "--format", "raw", "input.a").line())
          .isEqualTo("1");
      System.setIn(new ByteArrayInputStream(new byte[] {'e', 'y', (byte) 0xff}));
      CommandRun ran = CommandRun.of("token", "inspect", "-");
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).contains("standard input is no text in UTF-8");
    } finally {
      System.setIn(before);
    }
    CommandRun both = CommandRun.of("policy", "eval", "-I", "-i", "-", "input");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("either with --input or with --stdin-input");
  }

  @Test
  void a_failure_shows_no_control_characters_of_a_name() {
    CommandRun ran = eval("no\u001b[31m\nsuch");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("no\\u001b[31m\\u000asuch does not exist");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void a_secret_is_not_written_where_no_folder_is() {
    CommandRun ran = CommandRun.of("key", "generate", "--out", folder.resolve("a/b"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).as("nor shown instead").isEmpty();
    assertThat(folder.resolve("a")).doesNotExist();
  }
}
