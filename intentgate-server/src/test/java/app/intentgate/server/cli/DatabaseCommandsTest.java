package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.StoreLock;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change a database or copy one: which one, and what they leave alone. */
class DatabaseCommandsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static Path data(Path directory, int events) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("intentgate.db");
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      var unused = Schema.of(database).migrate();
      try (JdbcAuditStore store = new JdbcAuditStore(database)) {
        for (int i = 0; i < events; i++) {
          store
              .append(
                  AuditEvent.builder()
                      .at(AT.plusSeconds(i))
                      .decision(AuditDecision.ALLOW)
                      .tool("read_" + i)
                      .build())
              .toCompletableFuture()
              .join();
        }
      }
    }
    Files.writeString(directory.resolve("checkpoint.key"), CheckpointKey.generate(AT).encode());
    return directory;
  }

  private static void execute(Path data, String sql) {
    DatabaseTarget target = new DatabaseTarget.SqliteFile(data.resolve("intentgate.db"));
    try (Database database = Database.open(target)) {
      int unused = database.write(h -> h.execute(sql));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  private static CommandRun retain(Object... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("audit", "retain", "--before", "2026-02"), Stream.of(more))
            .toArray());
  }

  @Test
  void the_events_that_go_are_those_of_the_directory_that_was_named() throws IOException {
    Path data = data(folder.resolve("named"), 4);
    CommandRun ran = retain("--data-dir", data);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("4 events are gone, up to event 4");
  }

  @Test
  void a_trial_says_what_would_go_and_takes_nothing_away() throws IOException {
    Path data = data(folder.resolve("data"), 3);
    Path kept = folder.resolve("kept.ndjson");
    CommandRun ran = retain("--data-dir", data, "--dry-run", "--export", kept, "--format", "json");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.json().get("dry_run")).hasToString("true");
    assertThat(ran.json().get("closed").toString()).contains("\"events\":3", "\"closed_at\":3");
    assertThat(kept).doesNotExist();
    assertThat(CommandRun.of("audit", "verify", data).out()).contains("intact: 3 events");
  }

  @Test
  void nothing_goes_from_a_broken_chain_and_no_export_is_left() throws IOException {
    Path data = data(folder.resolve("data"), 3);
    execute(data, "UPDATE ig_audit_events SET tool = 'x' WHERE seq = 2");
    Path kept = folder.resolve("kept.ndjson");
    CommandRun ran = retain("--data-dir", data, "--export", kept);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("intentgate: ");
    assertThat(names(folder)).containsExactly("data");
    assertThat(CommandRun.of("audit", "verify", data, "--format", "json").out())
        .contains("\"seq\":2");
  }

  @Test
  void a_database_that_a_gate_has_open_is_left_alone() throws IOException {
    Path data = data(folder.resolve("data"), 1);
    try (StoreLock held = StoreLock.take(data.resolve("intentgate.db.lock"))) {
      assertThat(held).isNotNull();
      CommandRun retained = retain("--data-dir", data);
      assertThat(retained.code()).isEqualTo(2);
      assertThat(retained.err()).contains("is open in process");
      CommandRun migrated = CommandRun.of("migrate", "--database", data.resolve("intentgate.db"));
      assertThat(migrated.code()).isEqualTo(2);
      assertThat(migrated.err()).contains("is open in process");
    }
    assertThat(retain("--data-dir", data).code()).isZero();
  }

  @Test
  void asking_what_a_database_lacks_does_not_make_it() throws IOException {
    Path file = folder.resolve("new.db");
    CommandRun ran = CommandRun.of("migrate", "--dry-run", "--database", file, "--format", "json");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().get("steps").toString()).startsWith("[\"1 audit\",\"2 state\"");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void what_is_no_database_is_neither_waited_for_nor_changed() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "do not touch me, please");
    for (Path wrong : List.of(text, folder)) {
      CommandRun ran = CommandRun.of("migrate", "--database", wrong);
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains(wrong + " is no database of SQLite");
    }
    assertThat(text).hasContent("do not touch me, please");
    assertThat(names(folder)).containsExactly("notes.txt");
  }

  @Test
  void a_file_store_that_is_not_there_is_not_moved() {
    Path none = folder.resolve("none");
    CommandRun ran = CommandRun.of("migrate", "--from", none);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).isEqualToIgnoringNewLines("intentgate: " + none + " does not exist");
    assertThat(none).doesNotExist();
  }

  @Test
  void an_address_with_a_password_that_is_wrong_is_refused_without_it() {
    for (String command : new String[] {"migrate", "audit verify", "doctor"}) {
      Object[] words = (command + " --database postgres://ann:hidden-word@host:port/db").split(" ");
      CommandRun ran = CommandRun.of(words);
      assertThat(ran.code()).as(command).isEqualTo(2);
      assertThat(ran.out() + ran.err()).as(command).doesNotContain("hidden-word");
      assertThat(ran.err()).contains("the PostgreSQL URL cannot be used");
    }
  }

  @Test
  void a_copy_is_made_for_its_owner_and_holds_what_the_directory_held() throws IOException {
    Path data = data(folder.resolve("data"), 2);
    Path to = folder.resolve("deep/copy");
    CommandRun ran = CommandRun.of("backup", to, "--data-dir", data, "--format", "json");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.json().toString())
        .isEqualTo("{\"ok\":true,\"events\":2,\"files\":[\"checkpoint.key\",\"intentgate.db\"]}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
        .isEqualTo("rwx------");
    assertThat(CommandRun.of("audit", "verify", to).out()).contains("intact: 2 events");
    CommandRun again = CommandRun.of("backup", to, "--data-dir", data);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains(to + " holds something already");
  }

  @Test
  void a_copy_with_a_broken_chain_is_kept_and_is_no_success() throws IOException {
    Path data = data(folder.resolve("data"), 2);
    execute(data, "UPDATE ig_audit_events SET tool = 'x' WHERE seq = 1");
    Path to = folder.resolve("copy");
    CommandRun ran = CommandRun.of("backup", to, "--data-dir", data);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("BROKEN at event 1", "the copy is in " + to);
    assertThat(to.resolve("intentgate.db")).exists();
  }

  @Test
  void a_directory_that_is_not_there_is_not_copied() {
    CommandRun ran =
        CommandRun.of("backup", folder.resolve("to"), "--data-dir", folder.resolve("none"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("none does not exist");
    assertThat(folder.resolve("to")).doesNotExist();
  }
}
