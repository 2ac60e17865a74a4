package app.intentgate.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.server.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A data directory, healthy but for one thing. */
@DisabledOnOs(OS.WINDOWS)
class DirectoryDoctorTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  @TempDir Path temp;
  private Path data;

  @BeforeEach
  void healthy() throws IOException {
    data = Files.createDirectory(temp.resolve("data"));
    mode(data, "rwx------");
    try (FileAuditStore store = FileAuditStore.open(data.resolve("audit.jsonl"))) {
      for (int i = 0; i < 3; i++) {
        store
            .append(AuditEvent.builder().at(AT).decision(AuditDecision.ALLOW).tool("t").build())
            .toCompletableFuture()
            .join();
      }
    }
    secret("master.key", KEY);
    secret("admin.token", "token");
    secret("checkpoint.key", CheckpointKey.generate(AT).encode());
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(data.resolve(name), text + "\n");
    mode(file, "rw-------");
    return file;
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private Finding only(boolean keyIsGiven) {
    List<Finding> found = DirectoryDoctor.examine(data, keyIsGiven);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void bad(Path subject, String text) {
    Finding one = only(false);
    assertThat(one.level()).isEqualTo(Level.BAD);
    assertThat(one.subject()).isEqualTo(subject.toString());
    assertThat(one.text()).contains(text);
  }

  @Test
  void a_healthy_directory_is_one_finding_and_is_left_as_it_was() throws IOException {
    String before = Files.readString(data.resolve("audit.jsonl"));
    assertThat(only(false).level()).isEqualTo(Level.OK);
    assertThat(only(true).level()).isEqualTo(Level.OK);
    assertThat(data.resolve("audit.jsonl")).hasContent(before);
  }

  @ParameterizedTest
  @CsvSource({
    "rwx--x---, true",
    "rwxr-x---, true",
    "rwx-----x, true",
    "rwx---r--, true",
    "rwx------, false"
  })
  void a_directory_that_others_may_enter_is_bad(String mode, boolean open) throws IOException {
    mode(data, mode);
    if (open) {
      bad(data, "chmod 700 " + data);
    } else {
      assertThat(only(false).level()).isEqualTo(Level.OK);
    }
  }

  @ParameterizedTest
  @CsvSource({"master.key", "admin.token", "checkpoint.key"})
  void a_secret_that_others_may_read_is_bad_whichever_it_is(String name) throws IOException {
    Path file = data.resolve(name);
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      mode(file, mode);
      bad(file, "chmod 600 " + file);
    }
  }

  @ParameterizedTest
  @CsvSource({"master.key", "admin.token", "checkpoint.key"})
  void a_secret_of_white_space_alone_is_empty_as_a_start_would_say(String name) throws IOException {
    bad(secret(name, ""), "is empty");
    bad(secret(name, " \n\t"), "is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "master.key, hidden-word!",
    "master.key, c2hvcnQ",
    "master.key, 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8,hidden'",
    "checkpoint.key, hidden-word",
    "checkpoint.key, a b c"
  })
  void a_file_that_holds_no_key_is_bad_and_what_it_holds_is_not_told(String name, String text)
      throws IOException {
    bad(secret(name, text), "holds no key");
    assertThat(only(false).text()).doesNotContain(text).doesNotContain("hidden");
  }

  @Test
  void a_file_too_large_for_a_key_is_not_read() throws IOException {
    bad(secret("master.key", "A".repeat(64 * 1024)), "too large");
  }

  @Test
  void a_key_that_the_configuration_gives_is_not_looked_for_in_a_file() throws IOException {
    Path file = secret("master.key", "no key");
    assertThat(only(true).level()).isEqualTo(Level.OK);
    Files.delete(file);
    assertThat(only(true).level()).isEqualTo(Level.OK);
    bad(file, "no token minted so far verifies");
  }

  @Test
  void a_lost_key_matters_only_where_something_was_stored() throws IOException {
    Path file = data.resolve("checkpoint.key");
    Files.delete(file);
    bad(file, "which auditors must be told");
    Files.delete(data.resolve("audit.jsonl"));
    Files.deleteIfExists(data.resolve("audit.jsonl.heads"));
    Files.delete(data.resolve("master.key"));
    assertThat(only(false).level()).as("a new directory makes its keys").isEqualTo(Level.OK);
    Files.createFile(data.resolve("intentgate.db"));
    assertThat(DirectoryDoctor.examine(data, false))
        .extracting(Finding::level)
        .containsExactly(Level.BAD, Level.BAD);
  }

  @Test
  void a_line_that_was_cut_short_is_told_before_a_start_moves_it_away() throws IOException {
    Path log = data.resolve("audit.jsonl");
    String text = Files.readString(log);
    Files.writeString(log, text + "{\"ts\":");
    assertThat(DirectoryDoctor.examine(data, false))
        .anyMatch(f -> f.level() == Level.WARN && f.text().contains("ends in a line"));
    Files.writeString(log, text);
    Files.writeString(data.resolve("audit.jsonl.torn"), "{\"ts\":");
    Finding torn = only(false);
    assertThat(torn.level()).isEqualTo(Level.WARN);
    assertThat(torn.text()).contains("audit.jsonl.torn has what it held");
  }

  @Test
  void a_changed_event_is_named_by_its_number() throws IOException {
    Path log = data.resolve("audit.jsonl");
    String[] lines = Files.readString(log).split("\n");
    lines[1] = lines[1].replace("\"tool\":\"t\"", "\"tool\":\"u\"");
    Files.writeString(log, String.join("\n", lines) + "\n");
    bad(log, "is broken at event 2");
  }
}
