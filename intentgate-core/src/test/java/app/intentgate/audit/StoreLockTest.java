package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  @TempDir private Path folder;

  private static void isHeld(Path file) {
    assertThatThrownBy(() -> StoreLock.take(file))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("open in process " + ProcessHandle.current().pid());
  }

  @Test
  void a_file_is_held_under_each_of_its_names() throws IOException {
    Path file = folder.resolve("lock");
    StoreLock held = StoreLock.take(file);
    isHeld(file);
    isHeld(folder.resolve(".").resolve("lock"));
    isHeld(Files.createSymbolicLink(folder.resolve("other"), file));

    held.close();
    StoreLock.take(folder.resolve("other")).close();
  }

  @Test
  void closing_twice_gives_nothing_up_that_is_anothers() throws IOException {
    Path file = folder.resolve("lock");
    StoreLock first = StoreLock.take(file);
    first.close();
    try (StoreLock second = StoreLock.take(file)) {
      first.close();
      assertThat(second).isNotNull();
      isHeld(file);
    }
  }
}
