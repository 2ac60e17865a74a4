package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditField;
import app.intentgate.audit.ChainLines;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads a chain's rows by PostgreSQL's binary COPY: one array for each row, whose columns are
 * compared where they lie. Reading them as a result set took more than the hashing.
 */
final class PostgresRows {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The signature, the flags, and the length of an extension that no version has. */
  private static final int HEADER = 19;

  /** PostgreSQL counts from the year 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final String CHAIN = "intentgate.chain";

  private static final String COPY =
      "COPY (SELECT seq, ts, line, "
          + String.join(", ", AuditRow.COLUMNS)
          + " FROM ig_audit_events WHERE chain = current_setting('"
          + CHAIN
          + "') ORDER BY seq) TO STDOUT (FORMAT binary)";

  private static final int COLUMNS = 3 + AuditRow.COLUMNS.size();
  private static final AuditField[] BESIDE = AuditRow.BESIDE.toArray(AuditField[]::new);

  private final ChainLines lines;
  private byte[] bytes = new byte[0];
  private int at;
  private int from;

  private PostgresRows(ChainLines lines) {
    this.lines = lines;
  }

  static void verify(Connection connection, String chain, RowVisitor visitor) throws SQLException {
    // COPY takes no parameter; a setting of the transaction is one.
    try (PreparedStatement set = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
      set.setString(1, CHAIN);
      set.setString(2, chain);
      set.execute();
    }
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
    try {
      PostgresRows rows = new PostgresRows(visitor.lines());
      boolean first = true;
      long count = 0;
      for (byte[] part = copy.readFromCopy(); part != null; part = copy.readFromCopy()) {
        rows.bytes = part;
        rows.at = first ? HEADER : 0;
        first = false;
        while (rows.at < part.length && rows.next()) {
          visitor.read(++count);
        }
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Verifies the row at hand; false at the trailer. */
  private boolean next() throws SQLException {
    int columns = (short) (bytes[at] << 8 | bytes[at + 1] & 255);
    at += 2;
    if (columns < 0) {
      return false;
    }
    if (columns != COLUMNS) {
      throw new SQLException("a row has " + columns + " columns and not " + COLUMNS);
    }
    column();
    long seq = (long) LONG.get(bytes, from);
    column();
    long micros = (long) LONG.get(bytes, from) + EPOCH_MICROS;
    column();
    lines.line(seq, bytes, from, at);
    lines.besideTime(micros);
    for (AuditField field : BESIDE) {
      column();
      lines.beside(field, bytes, from, at);
    }
    return true;
  }

  /** Goes to the next column; no column of the table may be null. */
  private void column() throws SQLException {
    int length = (int) INT.get(bytes, at);
    if (length < 0) {
      throw new SQLException("a column that may not be null is");
    }
    from = at + Integer.BYTES;
    at = from + length;
  }
}
