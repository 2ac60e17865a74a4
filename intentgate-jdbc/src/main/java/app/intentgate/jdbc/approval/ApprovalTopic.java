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
    for (ApprovalRows.Row row : ApprovalRows.after(connection, after)) {
      tell(row.approval());
      newest = row.version();
    }
    return newest;
  }
}
