package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries: of one tenant in the order of its chain, of all in the order of commits. A
 * position that another transaction may still come before is not read yet, so that a reader who
 * follows misses nothing. Thread-safe.
 */
final class SqlReading {
  private static final System.Logger LOG = System.getLogger(SqlReading.class.getName());
  private static final int FIRST_WINDOW = 256;
  private static final int LAST_WINDOW = 65_536;

  private final Database database;
  private final AuditSql sql;

  SqlReading(Database database, AuditSql sql) {
    this.database = database;
    this.sql = sql;
  }

  /** What a page is being made of. */
  private static final class Found {
    private final AuditQuery query;
    private final List<StoredEvent> events = new ArrayList<>();
    private long skip;
    private Place last;
    private boolean more;

    Found(AuditQuery query, Place start) {
      this.query = query;
      this.skip = query.offset();
      this.last = start;
    }

    /** Takes a row; false when the page has one more than it may hold. */
    boolean take(Place place, byte[] line) {
      if (skip > 0) {
        skip--;
        return true;
      }
      if (events.size() == query.limit()) {
        more = true;
        return false;
      }
      last = place;
      try {
        events.add(EventJson.read(line));
      } catch (AuditException e) {
        LOG.log(System.Logger.Level.WARNING, "an audit row cannot be read; verify the chain", e);
      }
      return true;
    }

    /** How many rows fill the page, with those to pass over and one that shows that more follow. */
    long rowsToRead() {
      long page = query.limit() + 1L;
      return skip > Long.MAX_VALUE - page ? Long.MAX_VALUE : skip + page;
    }

    AuditPage page(OptionalLong total) {
      boolean follows = query.order() == AuditQuery.Order.OLDEST_FIRST;
      return new AuditPage(events, follows || more ? last.cursor() : null, total);
    }
  }

  AuditPage page(AuditQuery query) {
    boolean ofTenant = !query.tenant().isEmpty();
    Place from = Place.parse(query.cursor(), ofTenant);
    return database.scan(
        query.tenant(),
        handle -> {
          Connection connection = handle.getConnection();
          OptionalLong total =
              query.count() ? OptionalLong.of(count(connection, query)) : OptionalLong.empty();
          Found found = new Found(query, from == null ? Place.start(ofTenant) : from);
          if (ofTenant) {
            tenant(connection, query, from, found);
          } else {
            all(connection, query, from, found);
          }
          return found.page(total);
        });
  }

  private long count(Connection connection, AuditQuery query) throws SQLException {
    EventFilter filter = new EventFilter(query, sql);
    if (!query.tenant().isEmpty()) {
      filter.within("e.seq", sql.between(connection, query));
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM ig_audit_events e WHERE 1 = 1" + filter.conditions())) {
      filter.bind(select, 1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void tenant(Connection connection, AuditQuery query, @Nullable Place from, Found found)
      throws SQLException {
    boolean newest = query.order() == AuditQuery.Order.NEWEST_FIRST;
    EventFilter filter =
        new EventFilter(query, sql).within("e.seq", sql.between(connection, query));
    if (from != null) {
      filter.and(newest ? "e.seq < ?" : "e.seq > ?", from.seq());
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT e.seq, e.line FROM ig_audit_events e WHERE 1 = 1"
                + filter.conditions()
                + " ORDER BY e.seq"
                + (newest ? " DESC" : "")
                // Numbers of ours, and said: for a limit it does not know, PostgreSQL sorts.
                + " LIMIT "
                + (query.limit() + 1L)
                + " OFFSET "
                + query.offset())) {
      filter.bind(select, 1);
      found.skip = 0;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()
            && found.take(new Place(true, 0, "", rows.getLong(1)), rows.getBytes(2))) {}
      }
    }
  }

  private void all(Connection connection, AuditQuery query, @Nullable Place from, Found found)
      throws SQLException {
    CommitWindow window =
        new CommitWindow(
            query.order() == AuditQuery.Order.NEWEST_FIRST,
            from,
            sql.between(connection, query),
            sql);
    int size = FIRST_WINDOW;
    while (!found.more && window.next(connection, size)) {
      EventFilter filter = new EventFilter(query, sql);
      try (PreparedStatement select =
          connection.prepareStatement(window.select(filter, found.rowsToRead()))) {
        window.bind(select, filter);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            Place place = new Place(false, rows.getLong(1), rows.getString(2), rows.getLong(3));
            if (!found.take(place, rows.getBytes(4))) {
              break;
            }
          }
        }
      }
      size = Math.min(LAST_WINDOW, size * 4);
    }
  }
}
