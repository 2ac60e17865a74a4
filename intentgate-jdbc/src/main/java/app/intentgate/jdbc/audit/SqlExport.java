package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.LineVisitor;
import app.intentgate.audit.StoredLine;
import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads every event that passes a query's filters, oldest first, as the lines that are stored. It
 * goes on page by page from the place the last one ended at, and no connection is held while a page
 * is given away: whoever takes it may be slow. Thread-safe.
 */
final class SqlExport {
  private static final System.Logger LOG = System.getLogger(SqlExport.class.getName());
  private static final int PAGE_ROWS = 4_000;
  private static final long PAGE_BYTES = 4 << 20;
  private static final int FIRST_WINDOW = 1_024;
  private static final int LAST_WINDOW = 65_536;

  private final Database database;
  private final AuditSql sql;

  SqlExport(Database database, AuditSql sql) {
    this.database = database;
    this.sql = sql;
  }

  /** A part of the answer: its lines, and where the next one starts; null when there is none. */
  private static final class Page {
    private final List<byte[]> lines = new ArrayList<>(PAGE_ROWS);
    private long bytes;
    private @Nullable Place next;

    /** Takes a line; false when the page is full with it. */
    boolean take(byte[] line) {
      lines.add(line);
      bytes += line.length;
      return lines.size() < PAGE_ROWS && bytes < PAGE_BYTES;
    }

    int room() {
      return PAGE_ROWS - lines.size();
    }
  }

  void export(AuditQuery query, LineVisitor visitor) {
    boolean ofTenant = !query.tenant().isEmpty();
    Place from = Place.parse(query.cursor(), ofTenant);
    StoredLine line = new StoredLine();
    do {
      Place start = from;
      Page page =
          database.scan(
              query.tenant(),
              handle ->
                  ofTenant
                      ? ofTenant(handle.getConnection(), query, start)
                      : ofAll(handle.getConnection(), query, start));
      for (byte[] json : page.lines) {
        if (!line.set(json, 0, json.length)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "an audit row is not in the form events are stored in; verify the chain");
        } else if (!visitor.visit(line)) {
          return;
        }
      }
      from = page.next;
    } while (from != null);
  }

  private Page ofTenant(Connection connection, AuditQuery query, @Nullable Place from)
      throws SQLException {
    Page page = new Page();
    EventFilter filter =
        new EventFilter(query, sql).within("e.seq", sql.between(connection, query));
    if (from != null) {
      filter.and("e.seq > ?", from.seq());
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT e.line, e.seq FROM ig_audit_events e WHERE 1 = 1"
                + filter.conditions()
                + " ORDER BY e.seq LIMIT "
                + PAGE_ROWS)) {
      filter.bind(select, 1);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (!page.take(rows.getBytes(1))) {
            page.next = new Place(true, 0, "", rows.getLong(2));
            return page;
          }
        }
      }
    }
    return page;
  }

  private Page ofAll(Connection connection, AuditQuery query, @Nullable Place from)
      throws SQLException {
    Page page = new Page();
    CommitWindow window = new CommitWindow(false, from, sql.between(connection, query), sql);
    for (int size = FIRST_WINDOW; window.next(connection, size); size = size * 4) {
      EventFilter filter = new EventFilter(query, sql);
      try (PreparedStatement select =
          connection.prepareStatement(window.select(filter, page.room()))) {
        window.bind(select, filter);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            if (!page.take(rows.getBytes(4))) {
              page.next = new Place(false, rows.getLong(1), rows.getString(2), rows.getLong(3));
              return page;
            }
          }
        }
      }
      page.next = window.end();
      // What a filter passes over is not read in one transaction either.
      if (size >= LAST_WINDOW) {
        return page;
      }
    }
    page.next = null;
    return page;
  }
}
