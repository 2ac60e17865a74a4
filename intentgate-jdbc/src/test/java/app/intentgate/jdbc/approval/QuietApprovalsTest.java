package app.intentgate.jdbc.approval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalStoreContract;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What approvals do not do while nothing happens, and how much they take at once when much did. */
@Timeout(90)
class QuietApprovalsTest {
  private static final Duration WINDOW = Duration.ofSeconds(300);

  @TempDir Path directory;

  /** Rows of the contract's tests. */
  private static final class Rows extends ApprovalStoreContract {
    @Override
    protected SqlApprovalStore store() {
      throw new UnsupportedOperationException();
    }

    static Instant now() {
      return NOW;
    }

    static Approval of(String id) {
      return row(id, "pay " + id);
    }
  }

  private Database open(TestDatabase kind) {
    return Database.open(
        DatabaseConfig.of(kind.createMigrated(directory))
            .withConnections(1, 2)
            .withWaits(Duration.ofMillis(500), Duration.ofSeconds(10)));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Approval.Status status(SqlApprovalStore store, String id) {
    return get(store.find(id, null)).orElseThrow().status();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void nothing_is_written_while_no_row_is_late(TestDatabase kind) throws Exception {
    try (Database database = open(kind);
        Offload offload = new Offload("approvals")) {
      SqlApprovalStore store = new SqlApprovalStore(database, offload);
      get(store.enqueue(Rows.of("one")));
      // The only connection that may write is taken: who asks for it fails.
      try (Connection writer = database.connect()) {
        assertThat(writer.isValid(5)).isTrue();
        get(store.expire(Rows.now().plus(WINDOW).minusNanos(1_000)));
      }
      assertThat(status(store, "one")).isEqualTo(Approval.Status.PENDING);
      get(store.expire(Rows.now().plus(WINDOW)));
      assertThat(status(store, "one")).isEqualTo(Approval.Status.TIMEOUT);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_call_does_not_read_the_rows_that_expired(TestDatabase kind) {
    try (Database database = open(kind);
        Offload offload = new Offload("approvals")) {
      SqlApprovalStore store = new SqlApprovalStore(database, offload);
      Approval row = Rows.of("one");
      get(store.enqueue(row));
      Instant last = row.expiresAt().minusNanos(1_000);
      assertThat(get(store.findOpen(row.binding(), last))).contains(row);
      // Whoever reads it fails.
      database.write(handle -> handle.execute("UPDATE ig_approvals SET line = '?'"));
      assertThat(get(store.findOpen(row.binding(), row.expiresAt().plusSeconds(1)))).isEmpty();
    }
  }

  private static Connection counting(Connection connection, AtomicInteger statements) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.incrementAndGet();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void rows_that_changed_are_followed_page_by_page_in_order_and_each_once(TestDatabase kind) {
    int rows = 2 * ApprovalTopic.PAGE + 1;
    List<String> heard = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Database database = open(kind)) {
      database.write(
          handle -> {
            for (int i = 1; i <= rows; i++) {
              ApprovalRows.insert(handle.getConnection(), Rows.of("row-" + i), i);
              expected.add("row-" + i);
            }
            return rows;
          });
      ApprovalTopic topic = new ApprovalTopic();
      AtomicInteger statements = new AtomicInteger();
      List<Integer> asked = new ArrayList<>();
      topic.add(
          new ApprovalListener() {
            @Override
            public void changed(Approval row) {
              heard.add(row.id());
              asked.add(statements.get());
            }

            @Override
            public void missed() {
              heard.add("missed");
            }
          });
      long newest =
          database.read(handle -> topic.follow(counting(handle.getConnection(), statements), 0));
      assertThat(newest).isEqualTo(rows);
      assertThat(heard).isEqualTo(expected);
      assertThat(asked.get(0)).as("statements before the first row is told").isEqualTo(1);
      assertThat(asked.get(rows - 1)).isEqualTo(3);
      assertThat(database.<Long>read(handle -> topic.follow(handle.getConnection(), newest)))
          .isEqualTo(newest);
      assertThat(heard).hasSize(rows);
    }
  }
}
