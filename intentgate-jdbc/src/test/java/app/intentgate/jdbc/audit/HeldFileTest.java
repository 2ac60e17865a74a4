package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static app.intentgate.jdbc.testing.TestCalls.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.testing.Migrated;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of SQLite that nothing can be written to for a while, as another holds it. */
@Timeout(60)
class HeldFileTest {
  @TempDir Path directory;

  private static void untilAppended(JdbcAuditStore store, String call) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!store.append(event(call)).toCompletableFuture().handle((e, f) -> f == null).join()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
    }
  }

  @Test
  void what_it_keeps_waiting_is_refused_in_time_and_not_stored_later() throws Exception {
    Path file = directory.resolve("intentgate.db");
    try (Database database = Migrated.open(new DatabaseTarget.SqliteFile(file));
        JdbcAuditStore store =
            new JdbcAuditStore(
                database, new AuditWriter.Limits(100, 100, Duration.ofMillis(150)), null)) {
      untilAppended(store, "before");
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement holds = other.createStatement()) {
        holds.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> appended(store, "refused"))
            .hasCauseInstanceOf(AuditException.class);
        holds.execute("ROLLBACK");
      }
      untilAppended(store, "after");
      assertThat(store.query(AuditQuery.builder().oldestFirst().build()).events())
          .extracting(stored -> stored.event().callId())
          .contains("before", "after")
          .doesNotContain("refused");
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }
}
