package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.EventCsv;
import app.intentgate.audit.FileAuditStore;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** audit verify, audit retain, migrate and doctor, as an operator types them. */
class AuditVerifyCommandTest {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static AuditEvent event(int i) {
    return AuditEvent.builder()
        .at(OLD.plusSeconds(i))
        .decision(AuditDecision.ALLOW)
        .tool("read_" + i)
        .build();
  }

  private Path sqlite(int events) {
    Path file = folder.resolve("intentgate.db");
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      var unused = Schema.of(database).migrate();
      try (JdbcAuditStore store = new JdbcAuditStore(database)) {
        for (int i = 0; i < events; i++) {
          store.append(event(i)).toCompletableFuture().join();
        }
      }
    }
    return file;
  }

  private static void execute(Path file, String sql) {
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      int unused = database.write(h -> h.execute(sql));
    }
  }

  @Test
  void a_csv_export_a_data_directory_and_its_saved_heads_are_verified() throws IOException {
    Path log = folder.resolve("audit.jsonl");
    String csv;
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (int i = 0; i < 5; i++) {
        store.append(event(i)).toCompletableFuture().join();
      }
      StringBuilder rows = new StringBuilder(EventCsv.header());
      store.export(
          AuditQuery.builder().build(),
          stored -> {
            rows.append(EventCsv.row(stored));
            return true;
          });
      csv = rows.toString();
    }
    Path export = Files.writeString(folder.resolve("export.csv"), csv);
    assertThat(CommandRun.of("audit", "verify", export).out()).contains("intact: 5 events");
    Files.writeString(export, csv.replace("read_2", "read_X"));
    CommandRun broken = CommandRun.of("audit", "verify", export);
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("BROKEN at line 4, event 3: hash mismatch");

    assertThat(CommandRun.of("audit", "verify", folder).out()).contains("intact: 5 events");
    Path heads = folder.resolve("audit.jsonl.heads");
    String saved = Files.readString(heads);
    Files.writeString(heads, saved.replace("\"seq\":5", "\"seq\":4"));
    assertThat(CommandRun.of("audit", "verify", folder).code()).isEqualTo(1);
    Files.writeString(heads, saved);
    String whole = Files.readString(log);
    Files.writeString(log, whole.substring(0, whole.lastIndexOf("{\"ts\"")));
    assertThat(CommandRun.of("audit", "verify", folder).out()).contains("newest rows deleted");
  }

  @Test
  void a_database_is_verified_against_saved_checkpoints() throws IOException {
    Path file = sqlite(6);
    CheckpointKey key = CheckpointKey.generate(OLD);
    Path keys =
        Files.writeString(folder.resolve("keys.txt"), "key " + key.publicHalf().publicKey() + "\n");
    assertThat(CommandRun.of("audit", "verify", "--database", file).out())
        .contains("intact: 6 events");
    ChainHead head;
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file));
        JdbcAuditStore store = new JdbcAuditStore(database)) {
      head = store.heads().get(0);
    }
    Path notes =
        Files.writeString(
            folder.resolve("notes.txt"),
            key.sign(head.chain(), head.seq(), head.hash(), OLD).note());
    assertThat(CommandRun.of("audit", "verify", file, "--checkpoint", notes, "--key", keys).code())
        .isZero();
    Files.writeString(notes, key.sign(head.chain(), 7, head.hash(), OLD).note());
    CommandRun cut =
        CommandRun.of(
            "audit", "verify", file, "--checkpoint", notes, "--key", keys, "--format", "json");
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.out()).contains("newest rows deleted");
    execute(file, "UPDATE ig_audit_events SET tool = 'x' WHERE seq = 2");
    assertThat(CommandRun.of("audit", "verify", folder).code()).isEqualTo(1);
    assertThat(CommandRun.of("audit", "verify", "--database", folder.resolve("no.db")).code())
        .isEqualTo(2);
    assertThat(Files.exists(folder.resolve("no.db"))).isFalse();
  }

  @Test
  void months_are_closed_and_the_rest_verifies() throws IOException {
    Path file = sqlite(6);
    Files.writeString(folder.resolve("checkpoint.key"), CheckpointKey.generate(OLD).encode());
    Object[] words = {
      "audit", "retain", "--before", "2026-02", "--database", file, "--data-dir", folder
    };
    CommandRun closed = CommandRun.of(words);
    assertThat(closed.err()).isEmpty();
    assertThat(closed.out()).contains("6 events are gone, up to event 6").contains("closes ");
    CommandRun verified = CommandRun.of("audit", "verify", file);
    assertThat(verified.code()).isZero();
    assertThat(verified.out()).contains("starts at event 7").contains("closes the rows up to");
    assertThat(CommandRun.of(words).out()).contains("nothing to close");
    assertThat(CommandRun.of("audit", "retain", "--before", "soon", "--data-dir", folder).code())
        .isEqualTo(2);
  }

  @Test
  void what_goes_is_first_kept_in_a_file_that_verifies_with_its_checkpoint() throws IOException {
    Path file = sqlite(6);
    CheckpointKey key = CheckpointKey.generate(OLD);
    Files.writeString(folder.resolve("checkpoint.key"), key.encode());
    Path keys =
        Files.writeString(folder.resolve("keys.txt"), "key " + key.publicHalf().publicKey() + "\n");
    Path kept = Files.writeString(folder.resolve("kept.ndjson"), "of another time");
    Object[] words = {
      "audit",
      "retain",
      "--before",
      "2026-02",
      "--database",
      file,
      "--data-dir",
      folder,
      "--export",
      kept
    };
    CommandRun refused = CommandRun.of(words);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("exists already");
    assertThat(CommandRun.of("audit", "verify", file).out()).contains("6 events hold");
    Files.delete(kept);

    CommandRun closed = CommandRun.of(words);
    assertThat(closed.err()).isEmpty();
    String note = closed.out().substring(closed.out().indexOf('\n') + 1);
    Path notes = Files.writeString(folder.resolve("notes.txt"), note);
    assertThat(Files.readAllLines(kept)).hasSize(6);
    CommandRun verified =
        CommandRun.of("audit", "verify", kept, "--checkpoint", notes, "--key", keys);
    assertThat(verified.out()).contains("6 events hold").contains("intact");
    String all = Files.readString(kept);
    Files.writeString(kept, all.substring(0, all.lastIndexOf("{\"ts\"")));
    assertThat(CommandRun.of("audit", "verify", kept, "--checkpoint", notes, "--key", keys).code())
        .isEqualTo(1);
    assertThat(Files.exists(folder.resolve("kept.ndjson.part"))).isFalse();
  }

  @Test
  void a_file_store_moves_into_a_database_beside_it() throws IOException {
    try (FileAuditStore store = FileAuditStore.open(folder.resolve("audit.jsonl"))) {
      for (int i = 0; i < 5; i++) {
        store.append(event(i)).toCompletableFuture().join();
      }
    }
    assertThat(CommandRun.of("migrate", "--from", folder, "--dry-run").out())
        .contains("5 events in 1 chains");
    assertThat(folder.resolve("intentgate.db")).doesNotExist();
    CommandRun moved = CommandRun.of("migrate", "--from", folder, "--format", "json");
    assertThat(moved.err()).isEmpty();
    assertThat(moved.out()).contains("\"events\":5").contains("\"revocations\":0");
    assertThat(CommandRun.of("audit", "verify", folder).out()).contains("intact: 5 events");
    CommandRun again = CommandRun.of("migrate", "--from", folder);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("there is no file store in");
  }

  @Test
  void a_move_says_how_far_it_is_to_who_asks() throws IOException {
    try (FileAuditStore store = FileAuditStore.open(folder.resolve("audit.jsonl"))) {
      for (int i = 0; i < 5; i++) {
        store.append(event(i)).toCompletableFuture().join();
      }
    }
    assertThat(CommandRun.of("migrate", "--from", folder, "--dry-run", "--progress").err())
        .contains("verified [##############################] 100 %  5 events")
        .doesNotContain("moved");
    assertThat(CommandRun.of("migrate", "--from", folder, "--progress").err())
        .containsSubsequence("verified [####", "5 events", "\n", "moved [####", "100 %  5 events");
  }

  @Test
  void progress_is_shown_to_a_terminal_or_who_asks() {
    Path file = sqlite(6);
    assertThat(CommandRun.of("audit", "verify", file).err()).isEmpty();
    assertThat(CommandRun.of("audit", "verify", file, "--no-progress").err()).isEmpty();
    assertThat(CommandRun.of("audit", "verify", file, "--progress").err())
        .contains("6 events")
        .containsPattern("[0-9]/s");
  }

  @Test
  void migrate_says_what_is_missing_and_does_it_once() {
    Path file = folder.resolve("new.db");
    CommandRun dry = CommandRun.of("migrate", "--database", file, "--dry-run");
    assertThat(dry.code()).isEqualTo(1);
    assertThat(dry.out()).contains("missing: 1 audit").contains("missing: 7 closings");
    assertThat(CommandRun.of("migrate", "--database", file).out()).contains("applied: 7 closings");
    assertThat(CommandRun.of("migrate", "--database", file, "--dry-run").code()).isZero();
    execute(file, "INSERT INTO ig_schema_history VALUES (999, 'later', 'x', 'y')");
    CommandRun newer = CommandRun.of("migrate", "--database", file);
    assertThat(newer.code()).isEqualTo(2);
    assertThat(newer.err()).contains("newer version");
  }

  @Test
  void the_doctor_finds_open_directories_lost_keys_and_damaged_logs() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    assertThat(CommandRun.of("doctor", "--data-dir", data).code()).isZero();
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = Files.writeString(data.resolve("master.key"), "secretsecret\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(data.resolve("audit.jsonl"), "{\"torn");
    CommandRun sick = CommandRun.of("doctor", "--data-dir", data);
    assertThat(sick.code()).isEqualTo(1);
    assertThat(sick.out())
        .contains("LEVEL  WHAT")
        .contains("chmod 700")
        .contains("chmod 600")
        .contains("cut short")
        .contains("checkpoint.key")
        .contains("is broken at event")
        .doesNotContain("secretsecret");
    assertThat(CommandRun.of("doctor", "--data-dir", data, "--format", "json").out())
        .contains("\"level\":\"bad\"");
  }
}
