package app.intentgate.jdbc.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drops the month partitions of PostgreSQL whose events were all closed. Stateless. */
final class ClosedPartitions {
  private static final Pattern NAME = Pattern.compile("ig_audit_events_(\\d{4})_(\\d{2})");

  private ClosedPartitions() {}

  /** Drops those before a month of which no event stays; closings must be there already. */
  static void drop(Connection connection, YearMonth before) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = 'ig_audit_events'::regclass ORDER BY 1")) {
      while (rows.next()) {
        Matcher m = NAME.matcher(rows.getString(1));
        if (m.matches()
            && YearMonth.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)))
                .isBefore(before)) {
          names.add(m.group());
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String name : names) {
        // Nobody may append between the look and the drop; whoever wants to waits.
        statement.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
        try (ResultSet row =
            statement.executeQuery(
                "SELECT NOT EXISTS (SELECT 1 FROM "
                    + name
                    + " e LEFT JOIN (SELECT chain, max(seq) AS seq FROM ig_audit_closings GROUP BY"
                    + " chain) c ON c.chain = e.chain WHERE c.seq IS NULL OR e.seq > c.seq)")) {
          if (!row.next() || !row.getBoolean(1)) {
            continue;
          }
        }
        statement.execute("DROP TABLE " + name);
      }
    }
  }
}
