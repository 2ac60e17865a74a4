package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.intentgate.token.Grant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a gate that worked, read by Prometheus' own linter. */
class PromtoolTest {
  @TempDir Path directory;

  /** {@code -Dpromtool=FILE}, or the one on the path. */
  private static Optional<Path> promtool() {
    return Stream.concat(
            Stream.of(System.getProperty("promtool", "")).filter(p -> !p.isEmpty()).map(Path::of),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "promtool")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void promtool_finds_nothing_to_say() throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(
        promtool.isPresent(),
        "no promtool: install Debian's package prometheus, or name one by -Dpromtool=FILE");
    byte[] metrics;
    try (TestGate gate = TestGate.start(directory.resolve("gate"), "METRICS_ENABLED", "true")) {
      String bearer = "Bearer " + gate.mint(Grant.to("agent"));
      gate.call("read_x", "Authorization", bearer);
      gate.call("drop_table", "Authorization", bearer);
      gate.call("read_x", "Authorization", "Bearer nonsense");
      metrics = gate.get("/metrics").body();
    }
    Path given = Files.write(directory.resolve("metrics.txt"), metrics);
    Path said = directory.resolve("said.txt");
    Process check =
        new ProcessBuilder(List.of(promtool.get().toString(), "check", "metrics"))
            .redirectInput(given.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said)).isEmpty();
    assertThat(check.exitValue()).isZero();
  }
}
