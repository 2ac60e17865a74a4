package app.intentgate.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaMigrationTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void ten_gates_that_start_at_once_apply_every_step_once(TestDatabase kind) throws Exception {
    DatabaseTarget target = kind.create(directory);
    ExecutorService gates = Executors.newFixedThreadPool(10);
    try {
      List<Future<Integer>> applied = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        applied.add(
            gates.submit(
                () -> {
                  try (Database database =
                      Database.open(DatabaseConfig.of(target).withConnections(1, 1))) {
                    return Schema.of(database).migrate();
                  }
                }));
      }
      int sum = 0;
      for (Future<Integer> each : applied) {
        sum += each.get();
      }
      try (Database database = Database.open(target)) {
        assertThat(sum).isEqualTo(Schema.of(database).migrations().size());
        Schema.of(database).check();
      }
    } finally {
      gates.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_database_of_a_newer_program_is_refused(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      Schema ours = Schema.of(database);
      List<Migration> newer = new ArrayList<>(ours.migrations());
      newer.add(new Migration(999, "future", "CREATE TABLE ig_future (a INTEGER);\n"));
      ours.with(newer).migrate();

      assertThatThrownBy(ours::migrate)
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.NEWER_SCHEMA))
          .hasMessageContaining("step 999")
          .hasMessageContaining("newer version");
      assertThatThrownBy(ours::check).hasMessageContaining("step 999");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_step_that_was_changed_after_it_was_applied_is_refused(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      Schema ours = Schema.of(database);
      ours.migrate();
      List<Migration> changed = new ArrayList<>(ours.migrations());
      Migration first = changed.get(0);
      changed.set(0, new Migration(first.version(), first.name(), first.sql() + "\n"));

      assertThatThrownBy(ours.with(changed)::migrate)
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.CHANGED_MIGRATION));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_step_that_fails_leaves_nothing_of_those_applied_with_it(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      Schema ours = Schema.of(database);
      List<Migration> failing = new ArrayList<>(ours.migrations());
      failing.add(
          new Migration(999, "bad", "CREATE TABLE ig_bad (a INTEGER);\nSELECT nonsense;\n"));

      assertThatThrownBy(ours.with(failing)::migrate)
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.MIGRATION_FAILED))
          .hasMessageContaining("step 999");
      assertThatThrownBy(ours::check).hasMessageContaining("are missing");
      assertThat(ours.migrate()).isEqualTo(ours.migrations().size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_earlier_version_is_brought_to_the_schema_of_a_new_database(TestDatabase kind) {
    List<String> fresh;
    int newest;
    try (Database database = Database.open(kind.create(directory))) {
      Schema schema = Schema.of(database);
      schema.migrate();
      fresh = SchemaColumns.of(database);
      newest = schema.migrations().size();
    }
    assertThat(fresh).isNotEmpty();
    for (int step = 1; step <= newest; step++) {
      try (Database database = Database.open(kind.create(directory))) {
        Schema schema = Schema.of(database);
        schema.upTo(schema.migrations().get(step - 1).version()).migrate();
        assertThat(schema.migrate()).isEqualTo(newest - step);
        assertThat(SchemaColumns.of(database)).isEqualTo(fresh);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_of_the_version_whose_keys_had_no_tenant_are_there_afterwards(TestDatabase kind) {
    List<String> inserts =
        List.of(
            "INSERT INTO ig_approvals VALUES ('a1', 'acme', 'pending', 'pay', 'bot', FALSE, 'x',"
                + " 'y', 5, 6, 7, 'line')",
            "INSERT INTO ig_policy_drafts VALUES ('d1', 'acme', 2, 3, FALSE)",
            "INSERT INTO ig_policy_revisions VALUES ('d1', 2, 'acme', 'line')",
            "INSERT INTO ig_policy_loaded VALUES ('g1', 'acme', 4)",
            "INSERT INTO ig_operators VALUES ('o1', 'acme', 'pat', 'admin', 'sub', 1, NULL, 2,"
                + " 'hash', NULL, NULL, 8)");
    try (Database database = Database.open(kind.create(directory))) {
      Schema schema = Schema.of(database);
      schema.upTo(8).migrate();
      for (String insert : inserts) {
        database.write(handle -> handle.execute(insert));
      }
      List<List<String>> before = rows(database);
      assertThat(before).allMatch(table -> table.size() == 1);
      schema.upTo(10).migrate();
      assertThat(rows(database)).isEqualTo(before);
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> handle.execute(inserts.get(0).replace("'acme'", "'globex'"))))
          .as("an id is given once among all tenants")
          .isInstanceOf(DatabaseException.class);
      schema.migrate();
      assertThat(
              database.<Long>read(
                  handle ->
                      handle
                          .createQuery("SELECT bytes FROM ig_approvals WHERE status = 'pending'")
                          .mapTo(Long.class)
                          .one()))
          .isEqualTo("line".length());
    }
  }

  /** The rows of each table that was made anew, as texts. */
  private static List<List<String>> rows(Database database) {
    return Stream.of(
            "ig_approvals",
            "ig_policy_drafts",
            "ig_policy_revisions",
            "ig_policy_loaded",
            "ig_operators")
        .map(
            table ->
                database.read(
                    handle ->
                        handle
                            .createQuery("SELECT * FROM " + table)
                            .mapToMap()
                            .map(row -> new TreeMap<>(row).toString())
                            .list()))
        .toList();
  }

  @Test
  void a_body_between_dollars_is_one_statement() {
    Migration migration =
        new Migration(
            1,
            "x",
            "-- a comment;\n"
                + "CREATE TABLE a (b INT);\n\n"
                + "CREATE FUNCTION f() RETURNS int AS $$\n"
                + "BEGIN\n"
                + "  RETURN 1;\n"
                + "END $$ LANGUAGE plpgsql;\n"
                + "SELECT 1");
    assertThat(migration.statements())
        .containsExactly(
            "CREATE TABLE a (b INT);",
            "CREATE FUNCTION f() RETURNS int AS $$\nBEGIN\n  RETURN 1;\nEND $$ LANGUAGE plpgsql;",
            "SELECT 1");
  }
}
