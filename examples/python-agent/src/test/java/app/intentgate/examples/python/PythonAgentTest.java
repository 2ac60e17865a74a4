package app.intentgate.examples.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonAgentTest {
  private static final Path JAR =
      Path.of("../../intentgate-server/target/intentgate.jar").toAbsolutePath().normalize();
  private static final Path AGENT = Path.of("agent.py").toAbsolutePath();

  @TempDir Path folder;

  private record Output(int code, String text) {}

  private static Output run(Path directory, String... words) throws Exception {
    Process process =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).start();
    StringBuilder text = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> text.append(line).append('\n'));
    }
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Output(process.waitFor(), text.toString());
  }

  private Path pythonWithSdk() throws Exception {
    Output version;
    try {
      version = run(folder, "python3", "-c", "import sys; print(sys.version_info >= (3, 10))");
    } catch (IOException e) {
      version = new Output(1, "");
    }
    assumeTrue(version.text().strip().equals("True"), "skipped: Python 3.10 or newer is not here");
    Path venv = folder.resolve("venv");
    assumeTrue(
        run(folder, "python3", "-m", "venv", venv.toString()).code() == 0,
        "skipped: Python's venv module is not here");
    Path python = venv.resolve("bin").resolve("python");
    Output installed =
        run(
            folder,
            python.toString(),
            "-m",
            "pip",
            "install",
            "-q",
            "-r",
            Path.of("requirements.txt").toAbsolutePath().toString());
    assumeTrue(installed.code() == 0, "skipped: the SDK cannot be installed: " + installed.text());
    return python;
  }

  @Test
  void the_public_python_sdk_works_against_the_built_jar() throws Exception {
    assumeTrue(Files.exists(JAR), "skipped: " + JAR.getFileName() + " is not built");
    Path python = pythonWithSdk();
    int port = freePort();
    ProcessBuilder gate =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("gate.log").toFile());
    gate.environment().keySet().removeIf(name -> name.startsWith("INTENTGATE_"));
    gate.environment().put("INTENTGATE_ADDR", "127.0.0.1:" + port);
    gate.environment()
        .put("INTENTGATE_INTENT_RULES", Path.of("intent-rules.json").toAbsolutePath().toString());
    Process process = gate.start();
    try {
      String url = "http://127.0.0.1:" + port;
      awaitHealthy(url, process);
      String admin =
          Files.readString(folder.resolve("intentgate-data").resolve("admin.token")).strip();
      Output agent = run(folder, python.toString(), AGENT.toString(), url, admin);
      System.out.print(agent.text());
      assertThat(agent.code()).as(agent.text()).isZero();
      assertThat(agent.text().lines().filter(line -> line.startsWith("ok"))).hasSize(13);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void awaitHealthy(String url, Process process) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      assertThat(process.isAlive())
          .as(() -> "the gate ended: " + List.of(folder.resolve("gate.log")))
          .isTrue();
      try {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(url + "/healthz").toURL().openConnection();
        if (connection.getResponseCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError("the gate did not answer");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
