package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store remembers of how far it had come: kept whole, or known to be damaged. */
class SavedHeadsTest {
  private static final Instant AT = Instant.parse("2026-05-11T22:30:01.123456Z");
  private static final SavedHeads HEADS =
      new SavedHeads(
          5_000_000_000L,
          7_000_000_000L,
          List.of(
              new ChainHead("acme \"\u00e9\n", 3, "ab".repeat(32), AT),
              new ChainHead("default", 1, "cd".repeat(32), AT)));

  @TempDir private Path directory;
  private StoreFiles files;

  @BeforeEach
  void nameTheFiles() {
    files = StoreFiles.of(directory.resolve("audit.jsonl"));
  }

  private void assertDamaged(String text) throws IOException {
    Files.writeString(files.heads(), text);
    assertThatThrownBy(() -> SavedHeads.read(files))
        .as(text)
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.CHAIN_BROKEN))
        .hasMessageContaining("audit.jsonl.heads is damaged");
  }

  @Test
  void what_is_saved_is_read_and_replaces_what_was_saved() throws IOException {
    assertThat(SavedHeads.read(files)).isNull();
    SavedHeads.NONE.save(files);
    assertThat(SavedHeads.read(files)).isEqualTo(SavedHeads.NONE);
    Files.writeString(directory.resolve("audit.jsonl.heads.next"), "left by a crash");
    HEADS.save(files);
    assertThat(SavedHeads.read(files)).isEqualTo(HEADS);
    assertThat(directory.resolve("audit.jsonl.heads.next")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.heads())))
        .isEqualTo("rw-------");
    assertThat(AuditFileVerifier.savedHeads(files.log())).isEqualTo(HEADS.heads());
  }

  @Test
  void any_change_of_it_is_damage() throws IOException {
    HEADS.save(files);
    String text = Files.readString(files.heads());
    for (int i = 0; i < text.length(); i += 7) {
      char other = text.charAt(i) == '1' ? '2' : '1';
      assertDamaged(text.substring(0, i) + other + text.substring(i + 1));
      assertDamaged(text.substring(0, i));
    }
    assertDamaged(text + "\n");
    assertDamaged(" " + text);
  }

  @Test
  void what_is_none_at_all_is_damage() throws IOException {
    for (String text :
        List.of(
            "",
            "[]",
            "{}",
            "null",
            "{\"bytes\":1,\"events\":1}",
            "{\"bytes\":1,\"events\":1,\"heads\":{}}",
            "{\"bytes\":1,\"events\":1,\"heads\":[7]}",
            "{\"bytes\":\"1\",\"events\":1,\"heads\":[]}",
            "{\"bytes\":1.5,\"events\":1,\"heads\":[]}",
            "{\"bytes\":1e400,\"events\":1,\"heads\":[]}")) {
      assertDamaged(text);
    }
  }

  @Test
  void a_store_keeps_its_files_side_by_side_and_makes_its_directory_for_itself()
      throws IOException {
    StoreFiles deep = StoreFiles.of(directory.resolve("a").resolve("b").resolve("log"));
    deep.makeDirectory();
    deep.makeDirectory();
    Path parent = directory.resolve("a").resolve("b").toAbsolutePath();
    assertThat(List.of(deep.log(), deep.heads(), deep.torn(), deep.lock()))
        .containsExactly(
            parent.resolve("log"),
            parent.resolve("log.heads"),
            parent.resolve("log.torn"),
            parent.resolve("log.lock"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
        .isEqualTo("rwx------");
    StoreFiles.makePrivate(deep.log());
    Files.writeString(deep.log(), "kept");
    StoreFiles.makePrivate(deep.log());
    assertThat(deep.log()).hasContent("kept");
    deep.forceDirectory();
  }
}
