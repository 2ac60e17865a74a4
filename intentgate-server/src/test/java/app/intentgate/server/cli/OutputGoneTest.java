package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output on a full disk, or read by nobody any more. */
class OutputGoneTest {
  /** Takes so many bytes. */
  private static final class Full extends OutputStream {
    private final String why;
    private int left;

    Full(int bytes, String why) {
      left = bytes;
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException(why);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"key generate", "policy template default", "--version", "policy eval 1+1"})
  void a_result_that_was_not_written_is_no_success(String words) {
    for (int bytes : new int[] {0, 5}) {
      StringWriter err = new StringWriter();
      StandardOutput out = new StandardOutput(new Full(bytes, "No space left on device"));
      int code = CommandLineMain.run(out, new PrintWriter(err, true), words.split(" "));
      assertThat(code).as("%s after %d bytes", words, bytes).isEqualTo(2);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines("intentgate: standard output could not be written");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"key generate", "policy template default", "--version", "policy eval 1+1"})
  void a_reader_that_has_gone_wants_no_more_and_hears_no_more(String words) {
    for (int bytes : new int[] {0, 5}) {
      StringWriter err = new StringWriter();
      StandardOutput out = new StandardOutput(new Full(bytes, "Broken pipe"));
      int code = CommandLineMain.run(out, new PrintWriter(err, true), words.split(" "));
      assertThat(code).as("%s after %d bytes", words, bytes).isEqualTo(141);
      assertThat(err.toString()).isEmpty();
    }
  }
}
