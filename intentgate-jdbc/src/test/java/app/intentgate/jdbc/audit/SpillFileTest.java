package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spill file says of what may have been handed on already (B26). */
class SpillFileTest {
  @TempDir Path directory;

  private SpillFile open() throws IOException {
    return new SpillFile(directory.resolve("audit.spill"), 1 << 20);
  }

  private static void keep(SpillFile file, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      file.commit(List.of(event("call-" + i)));
    }
  }

  @Test
  void all_that_an_earlier_process_left_is_doubtful_and_what_comes_after_it_is_not()
      throws IOException {
    try (SpillFile file = open()) {
      keep(file, 5);
    }
    try (SpillFile file = open()) {
      keep(file, 2);
      for (int i = 0; i < 5; i++) {
        SpillFile.Part part = file.next(1);
        assertThat(part.doubtful()).as("event %d", i).isTrue();
        file.handedOn(part.end());
      }
      assertThat(file.next(1).doubtful()).isFalse();
    }
  }

  @Test
  void a_part_that_was_taken_in_pieces_is_doubtful() throws IOException {
    try (SpillFile file = open()) {
      keep(file, 4);
      SpillFile.Part part = file.next(2);
      assertThat(part.doubtful()).isFalse();
      file.doubt(part.end());
      assertThat(file.next(4).doubtful()).isTrue();
      file.handedOn(part.end());
      assertThat(file.next(4).doubtful()).isFalse();
    }
  }

  @Test
  void nothing_is_taken_away_before_it_is_noted_that_nothing_is_handed_on_of_the_next()
      throws IOException {
    try (SpillFile file = open()) {
      keep(file, 3);
      long end = file.next(10).end();
      Files.createDirectory(directory.resolve("audit.spill.done.new"));
      assertThatThrownBy(() -> file.handedOn(end)).isInstanceOf(IOException.class);
      assertThat(Files.size(directory.resolve("audit.spill"))).isEqualTo(end);
      Files.delete(directory.resolve("audit.spill.done.new"));
      file.handedOn(end);
      assertThat(Files.size(directory.resolve("audit.spill"))).isZero();
    }
  }
}
