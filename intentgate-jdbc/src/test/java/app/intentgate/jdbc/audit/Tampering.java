package app.intentgate.jdbc.audit;

import app.intentgate.jdbc.testing.TestStores;
import java.util.Map;

/** Changes what only the owner of a database can change. */
final class Tampering {
  private Tampering() {}

  static void run(TestStores stores, String statement, Object... parts) {
    stores.database().write(h -> h.execute(statement.formatted(parts)));
  }

  /** Puts a row's column back as it was. */
  static void put(TestStores stores, String table, String column, Map<String, Object> row) {
    stores
        .database()
        .write(
            h -> {
              var update =
                  h.createUpdate(
                      "UPDATE %s SET \"%s\" = :value WHERE %s"
                          .formatted(table, column, key(table, column, row)));
              return update.bind("value", row.get(column)).execute();
            });
  }

  /** Finds the row by what was not changed. */
  private static String key(String table, String column, Map<String, Object> row) {
    if (table.equals("ig_audit_events")) {
      return column.equals("seq")
          ? "call_id = '" + row.get("call_id") + "'"
          : "seq = " + row.get("seq");
    }
    if (table.equals("ig_audit_commits")) {
      return column.equals("first_seq")
          ? "last_seq = " + row.get("last_seq")
          : "first_seq = " + row.get("first_seq");
    }
    return "1 = 1";
  }
}
