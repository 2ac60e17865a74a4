package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files: made once, whole, and for their owner alone. */
class SecretFileTest {
  @TempDir Path folder;

  @Test
  void aSecretThatIsThereIsNotMadeAgain() throws Exception {
    Path file = folder.resolve("admin.token");
    assertThat(new SecretFile(file).readOrCreate(() -> "first")).isEqualTo("first");

    assertThat(
            new SecretFile(file)
                .readOrCreate(
                    () -> {
                      throw new AssertionError("asked for a secret nobody needs");
                    }))
        .isEqualTo("first");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void whoStartsAtTheSameTimeReadsTheSameWholeSecret() throws Exception {
    int starters = 4;
    ExecutorService threads = Executors.newFixedThreadPool(starters);
    try {
      for (int round = 0; round < 100; round++) {
        Path file = folder.resolve("key-" + round);
        List<Callable<String>> starts = new ArrayList<>();
        for (int i = 0; i < starters; i++) {
          String own = "secret-" + i;
          starts.add(() -> new SecretFile(file).readOrCreate(() -> own));
        }
        List<String> read = new ArrayList<>();
        for (Future<String> start : threads.invokeAll(starts)) {
          read.add(start.get());
        }
        assertThat(read).as("round %d", round).containsOnly(read.get(0));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFileWithoutAnyModeIsOneThatCannotBeReadAndNoFailureOfTheGate() throws Exception {
    Path file = Files.writeString(folder.resolve("master.key"), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    if (Files.isReadable(file)) {
      // Who is root reads it all the same.
      assertThat(new SecretFile(file).readOrCreate(() -> "other")).isEqualTo("secret");
      return;
    }
    assertThatThrownBy(() -> new SecretFile(file).readOrCreate(() -> "other"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("access denied");
  }
}
