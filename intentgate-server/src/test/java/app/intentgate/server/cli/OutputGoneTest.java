package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output on a full disk, or read by nobody any more. */
class OutputGoneTest {
  /** Takes so many bytes. */
  private static final class Full extends OutputStream {
    private int left;

    Full(int bytes) {
      left = bytes;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"key generate", "policy template default", "--version", "policy eval 1+1"})
  void a_result_that_was_not_written_is_no_success(String words) {
    for (int bytes : new int[] {0, 5}) {
      StringWriter err = new StringWriter();
      PrintWriter out = new PrintWriter(new Full(bytes), true, StandardCharsets.UTF_8);
      int code = CommandLineMain.run(out, new PrintWriter(err, true), words.split(" "));
      assertThat(code).as("%s after %d bytes", words, bytes).isEqualTo(2);
      assertThat(err.toString()).contains("intentgate: standard output could not be written");
    }
  }
}
