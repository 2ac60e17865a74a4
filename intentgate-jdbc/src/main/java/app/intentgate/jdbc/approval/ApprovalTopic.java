package app.intentgate.jdbc.approval;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.jdbc.feed.FeedTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells listeners of approvals that changed; holds none itself. */
final class ApprovalTopic implements FeedTopic {
  static final String NAME = "approvals";

  /** How many rows are in memory at once, however many changed meanwhile. */
  static final int PAGE = 500;

  private final List<ApprovalListener> listeners = new CopyOnWriteArrayList<>();

  void add(ApprovalListener listener) {
    listeners.add(listener);
  }

  void tell(Approval row) {
    for (ApprovalListener listener : listeners) {
      listener.changed(row);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) {
    listeners.forEach(ApprovalListener::missed);
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long newest = after;
    List<ApprovalRows.Row> page;
    do {
      page = ApprovalRows.after(connection, newest, PAGE);
      for (ApprovalRows.Row row : page) {
        tell(row.approval());
        newest = row.version();
      }
    } while (page.size() == PAGE);
    return newest;
  }
}
