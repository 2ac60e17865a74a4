package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail in the middle of a write and in taking it back. */
class DurableFileTest {
  @TempDir private Path folder;
  private Path path;
  private FaultyChannel disk;
  private DurableFile file;

  @BeforeEach
  void openWithALine() throws IOException {
    path = folder.resolve("lines");
    disk =
        new FaultyChannel(
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    file = new DurableFile(disk, null);
    append("one\n");
  }

  private void append(String line) throws IOException {
    file.append(line.getBytes(StandardCharsets.UTF_8));
  }

  private void fails(String line) {
    assertThatThrownBy(() -> append(line)).isInstanceOf(IOException.class);
  }

  @Test
  void a_write_that_fails_leaves_nothing() throws IOException {
    disk.room = 7;
    fails("two, refused\n");
    assertThat(path).hasContent("one\n");
    disk.room = Long.MAX_VALUE;
    append("three\n");
    assertThat(Files.readString(path)).isEqualTo("one\nthree\n");
    assertThat(file.size()).isEqualTo(10);
  }

  @Test
  void what_could_not_be_taken_back_at_once_is_gone_before_the_next_write() throws IOException {
    disk.room = 12;
    disk.cuts = false;
    fails("two, refused and long\n");
    assertThat(Files.size(path)).isEqualTo(12);
    fails("and refused as long as that stays\n");

    disk.room = Long.MAX_VALUE;
    disk.cuts = true;
    append("3\n");
    assertThat(Files.readString(path)).isEqualTo("one\n3\n");
  }

  @Test
  void a_whole_line_that_was_refused_is_not_there_after_closing() throws IOException {
    disk.forces = false;
    disk.cuts = false;
    fails("two\n");
    assertThat(Files.readString(path)).isEqualTo("one\ntwo\n");

    disk.forces = true;
    disk.cuts = true;
    file.close();
    assertThat(Files.readString(path)).isEqualTo("one\n");
  }

  @Test
  void a_look_whether_there_is_room_leaves_nothing_whatever_fails() throws IOException {
    disk.cuts = false;
    assertThatThrownBy(file::probe).hasMessage("truncate failed");
    disk.cuts = true;
    append("two\n");
    file.probe();
    assertThat(Files.readString(path)).isEqualTo("one\ntwo\n");
  }
}
