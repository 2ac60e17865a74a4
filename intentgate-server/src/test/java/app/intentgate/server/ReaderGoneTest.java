package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FastStart;
import app.intentgate.token.Grant;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that follow a gate, in front of {@code | head -1}. */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "a pipe without a reader is told otherwise there")
class ReaderGoneTest {
  private static final String POLICY =
      """
      package intentgate.policy
      import rego.v1
      decision := {"allow": false, "escalate": true, "reason": "a person decides"}
      """;

  @TempDir Path folder;

  private Process follow(TestGate gate, String words) throws Exception {
    Path token = Files.writeString(folder.resolve("admin.token"), TestGate.ADMIN);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FastStart.options());
    command.add("app.intentgate.server.Main");
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of("--url", "http://127.0.0.1:" + gate.port()));
    command.addAll(List.of("--admin-token-file", token.toString()));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static String firstLine(Process process) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit tail", "audit tail --format json", "approval watch"})
  void a_command_that_follows_ends_without_a_word_when_its_reader_goes(String words)
      throws Exception {
    Path policy = Files.writeString(folder.resolve("p.rego"), POLICY);
    try (TestGate gate =
        TestGate.start(
            folder.resolve("gate"), "APPROVAL_ASYNC", "true", "POLICY_FILE", policy.toString())) {
      String bearer = "Bearer " + gate.mint(Grant.to("agent"));
      Process process = follow(gate, words);
      try {
        CompletableFuture<String> line =
            CompletableFuture.supplyAsync(
                () -> firstLine(process), task -> new Thread(task, "head").start());
        int calls = 0;
        while (process.isAlive()) {
          // Who follows is told of what comes once it is connected, and ends at a line too many.
          assertThat(gate.call("pay_" + calls++, "Authorization", bearer).text()).contains("-32");
        }
        assertThat(line.get()).contains("pay_");
        assertThat(process.exitValue()).isEqualTo(141);
        assertThat(folder.resolve("err")).isEmptyFile();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
