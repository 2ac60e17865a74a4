package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FastStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a shell runs it: the program in a JVM of its own. */
final class CommandProcess {
  private static final long MAX_SECONDS = 180;

  /** How it ended and what it wrote. */
  record Ran(int code, String out, String err) {}

  private final Path folder;
  private final List<String> jvm;

  /** Runs in a folder, with these options of the JVM. */
  CommandProcess(Path folder, String... jvm) {
    this.folder = folder;
    this.jvm = List.of(jvm);
  }

  /**
   * Runs {@code intentgate} with these words; {@code -Dintentgate.jar=FILE} tests a built jar, else
   * the classes under test are run.
   */
  Ran run(String... words) throws Exception {
    String jar = System.getProperty("intentgate.jar", "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (jar.isEmpty()) {
      command.addAll(FastStart.options());
    }
    command.addAll(jvm);
    command.addAll(jar.isEmpty() ? List.of("app.intentgate.server.Main") : List.of("-jar", jar));
    command.addAll(List.of(words));
    Path out = Files.createTempFile("intentgate-out", ".txt");
    Path err = Files.createTempFile("intentgate-err", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      assertThat(process.isAlive()).as("%s did not end", command).isFalse();
      return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
