package app.intentgate.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.BrokenEvent.Break;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(QuietLog.class)
class BackgroundVerificationTest {
  @TempDir private Path directory;

  private static BrokenEvent found(Path log, long bytes) {
    BackgroundVerification verification =
        new BackgroundVerification(log, new SavedHeads(bytes, 3, List.of())).start();
    until(() -> verification.left() == 0);
    return verification.broken();
  }

  @Test
  void a_line_too_long_to_be_read_is_a_break() throws IOException {
    Path log = directory.resolve("audit.jsonl");
    long size = Lines.MAX_LINE + 1L;
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(size);
    }
    BrokenEvent broken = found(log, size);
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    assertThat(broken.line()).isEqualTo(1);
    assertThat(broken.detail()).contains("longer than");
  }

  @Test
  void a_log_that_is_gone_is_a_break() {
    BrokenEvent broken = found(directory.resolve("none"), 100);
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
  }
}
