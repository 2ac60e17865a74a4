package app.intentgate.jdbc.opencall;

import app.intentgate.audit.EventJson;
import app.intentgate.jdbc.StoredText;
import app.intentgate.opencall.OpenCall;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code ig_open_calls}. */
final class OpenCallRows {
  private static final String COLUMNS =
      "tenant, chain_id, session, rpc_id, call_id, tool, event, since_us";
  private static final String INSERT =
      "INSERT INTO ig_open_calls (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE_OF_SESSION =
      "DELETE FROM ig_open_calls WHERE tenant = ? AND chain_id = ? AND session = ?";
  private static final String TAKEN = " RETURNING " + COLUMNS;
  private static final String TAKE_ONE = TAKE_OF_SESSION + " AND rpc_id = ?" + TAKEN;
  private static final String TAKE_ALL = TAKE_OF_SESSION + TAKEN;
  private static final String TAKE_SURPLUS =
      TAKE_OF_SESSION
          + " AND rpc_id IN (SELECT rpc_id FROM ig_open_calls WHERE tenant = ? AND chain_id = ? AND"
          + " session = ? ORDER BY since_us DESC, rpc_id LIMIT 100 OFFSET "
          + OpenCall.MAX_PER_SESSION
          + ")"
          + TAKEN;

  private static final String TAKE_OLDER =
      "DELETE FROM ig_open_calls WHERE"
          + " (tenant, chain_id, session, rpc_id) IN (SELECT tenant, chain_id, session, rpc_id"
          + " FROM ig_open_calls WHERE since_us < ? ORDER BY since_us LIMIT ?)"
          + TAKEN;

  private OpenCallRows() {}

  static void insert(Connection connection, OpenCall call) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int at = session(insert, 1, call.key().session());
      insert.setString(at, call.key().rpcId());
      insert.setString(at + 1, call.callId());
      insert.setString(at + 2, StoredText.readable(call.tool()));
      insert.setString(at + 3, new String(EventJson.bytes(call.event()), StandardCharsets.UTF_8));
      insert.setLong(at + 4, StoredText.micros(call.since()));
      insert.executeUpdate();
    }
  }

  static List<OpenCall> take(Connection connection, OpenCall.Key key) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_ONE)) {
      take.setString(session(take, 1, key.session()), key.rpcId());
      return calls(take);
    }
  }

  static List<OpenCall> takeAll(Connection connection, OpenCall.Session session)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_ALL)) {
      session(take, 1, session);
      return calls(take);
    }
  }

  /** Takes what a session has too many of. */
  static List<OpenCall> takeSurplus(Connection connection, OpenCall.Session session)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_SURPLUS)) {
      session(take, session(take, 1, session), session);
      return calls(take);
    }
  }

  static List<OpenCall> takeOlder(Connection connection, long thanMicros, int limit)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_OLDER)) {
      take.setLong(1, thanMicros);
      take.setInt(2, limit);
      return calls(take);
    }
  }

  private static int session(PreparedStatement statement, int at, OpenCall.Session session)
      throws SQLException {
    statement.setString(at, session.tenant());
    statement.setString(at + 1, session.chainId());
    statement.setString(at + 2, session.session());
    return at + 3;
  }

  private static List<OpenCall> calls(PreparedStatement statement) throws SQLException {
    List<OpenCall> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        OpenCall.Session session =
            new OpenCall.Session(row.getString(1), row.getString(2), row.getString(3));
        found.add(
            new OpenCall(
                new OpenCall.Key(session, row.getString(4)),
                row.getString(5),
                row.getString(6),
                EventJson.read(row.getString(7).getBytes(StandardCharsets.UTF_8)).event(),
                StoredText.instant(row.getLong(8))));
      }
    }
    return found;
  }
}
