package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.cli.CommandLineMain;
import app.intentgate.token.Grant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that follow something of a gate end with whoever reads them, as before a pager. */
@Timeout(60)
class FollowedOutputTest {
  private static final String POLICY =
      """
      package intentgate.policy
      decision := {"allow": false, "escalate": true, "reason": "a person decides"}
      """;

  @TempDir Path directory;
  private TestGate gate;
  private Path admin;

  /** Takes one line, as {@code head -1} does. */
  private static final class OneLine extends Writer {
    private final StringWriter taken = new StringWriter();

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      if (taken.toString().indexOf('\n') >= 0) {
        throw new IOException("Broken pipe");
      }
      taken.write(text, from, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  static List<List<String>> followers() {
    return List.of(
        List.of("audit", "tail"),
        List.of("audit", "tail", "--format", "json"),
        List.of("approval", "watch"),
        List.of("approval", "watch", "--format", "json"));
  }

  @BeforeEach
  void start() throws IOException {
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    gate =
        TestGate.start(
            directory.resolve("gate"), "APPROVAL_ASYNC", "true", "POLICY_FILE", policy.toString());
    admin = Files.writeString(directory.resolve("admin.token"), TestGate.ADMIN + "\n");
  }

  @AfterEach
  void end() {
    gate.close();
  }

  @ParameterizedTest
  @MethodSource("followers")
  void who_reads_no_more_ends_the_command_with_one_sentence(List<String> words) {
    OneLine out = new OneLine();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(words);
    all.addAll(
        List.of(
            "--url", "http://127.0.0.1:" + gate.port(), "--admin-token-file", admin.toString()));
    CompletableFuture<Integer> ended =
        CompletableFuture.supplyAsync(
            () ->
                CommandLineMain.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    all.toArray(String[]::new)),
            task -> new Thread(task, "follower").start());

    String bearer = "Bearer " + gate.mint(Grant.to("agent"));
    for (int call = 0; !ended.isDone(); call++) {
      // Until the follower is connected nothing of these reaches it.
      gate.call("pay_" + call, "Authorization", bearer);
    }

    assertThat(ended.join()).isEqualTo(2);
    assertThat(out.taken.toString().lines()).hasSize(1);
    assertThat(err.toString().lines())
        .containsExactly("intentgate: standard output could not be written");
  }
}
