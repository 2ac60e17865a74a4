package app.intentgate.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseException.Code;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of a schema without changing it. */
class SchemaPendingTest {
  @TempDir Path directory;

  private static String code(Runnable asked) {
    try {
      asked.run();
      return "fine";
    } catch (DatabaseException e) {
      return e.code().name();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_steps_that_are_missing_are_told_and_not_made(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      Schema schema = Schema.of(database);
      int all = schema.migrations().size();
      assertThat(schema.pending()).hasSize(all).startsWith("1 audit", "2 state");
      assertThatThrownBy(schema::check)
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("[1, 2, 3")
          .hasMessageContaining("run intentgate migrate");
      assertThat(schema.pending()).as("asking made none").hasSize(all);
      assertThat(schema.upTo(3).migrate()).isEqualTo(3);
      assertThat(schema.pending()).hasSize(all - 3).startsWith("4 policies");
      assertThat(code(schema::check)).isEqualTo(Code.MIGRATION_FAILED.name());
      assertThat(schema.migrate()).isEqualTo(all - 3);
      assertThat(schema.pending()).isEmpty();
      assertThat(code(schema::check)).isEqualTo("fine");
      assertThat(schema.migrate()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_asks_hears_of_a_newer_database_and_of_another_text_too(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      Schema schema = Schema.of(database);
      schema.migrate();
      Schema older = schema.upTo(4);
      assertThat(code(older::pending)).isEqualTo(Code.NEWER_SCHEMA.name());
      assertThat(code(older::check)).isEqualTo(Code.NEWER_SCHEMA.name());
      assertThatThrownBy(older::migrate)
          .hasMessageContaining("has schema step 5, which this program does not know")
          .hasMessageContaining("start that one");
      List<Migration> changed = new ArrayList<>(schema.migrations());
      Migration second = changed.get(1);
      changed.set(1, new Migration(2, second.name(), second.sql() + " "));
      Schema other = schema.with(changed);
      assertThat(code(other::pending)).isEqualTo(Code.CHANGED_MIGRATION.name());
      assertThat(code(other::check)).isEqualTo(Code.CHANGED_MIGRATION.name());
      assertThat(code(other::migrate)).isEqualTo(Code.CHANGED_MIGRATION.name());
    }
  }

  @Test
  void statements_end_where_a_line_ends_in_a_semicolon_and_nowhere_else() {
    Migration migration =
        new Migration(
            1,
            "x",
            """
            -- a remark; with a semicolon;
            CREATE TABLE a (t TEXT DEFAULT ';' NOT NULL);
              -- another;
            INSERT INTO a VALUES (';'),
              ('b; -- c');   \s
            CREATE FUNCTION f() AS $$
            -- kept;
            BEGIN; END;
            $$ LANGUAGE x;
            DO $$ one; $$;
            SELECT 1\
            """);
    assertThat(migration.statements())
        .containsExactly(
            "CREATE TABLE a (t TEXT DEFAULT ';' NOT NULL);",
            "INSERT INTO a VALUES (';'),\n  ('b; -- c');",
            "CREATE FUNCTION f() AS $$\n-- kept;\nBEGIN; END;\n$$ LANGUAGE x;",
            "DO $$ one; $$;",
            "SELECT 1");
    assertThat(new Migration(1, "x", "-- nothing;\n\n").statements()).isEmpty();
  }

  @Test
  void both_databases_have_every_step_under_the_same_name() {
    List<List<String>> names = new ArrayList<>();
    for (TestDatabase kind : TestDatabase.values()) {
      try (Database database = Database.open(kind.create(directory))) {
        names.add(
            Schema.of(database).migrations().stream()
                .map(step -> step.version() + " " + step.name())
                .toList());
      }
    }
    assertThat(names.get(0)).isEqualTo(names.get(1)).doesNotHaveDuplicates();
  }
}
