package app.intentgate.jdbc.schema;

import app.intentgate.jdbc.Database;
import java.util.List;

/** What tables, columns and indexes a database has, as comparable texts. */
final class SchemaColumns {
  private SchemaColumns() {}

  static List<String> of(Database database) {
    String sql =
        database.dialect().isShared()
            ? "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable"
                + " FROM information_schema.columns WHERE table_schema = 'public'"
                + " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
                + " ORDER BY 1"
            : "SELECT type || ' ' || name || ' ' || coalesce(sql, '')"
                + " FROM sqlite_master ORDER BY 1";
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
