package app.intentgate.approval;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes the changes of a store on to whoever follows them for a while. Thread-safe. */
public final class ApprovalFeed implements ApprovalListener {
  private final Set<ApprovalListener> followers = ConcurrentHashMap.newKeySet();

  /** The changes of a store. */
  public static ApprovalFeed of(ApprovalStore store) {
    ApprovalFeed feed = new ApprovalFeed();
    store.watch(feed);
    return feed;
  }

  private ApprovalFeed() {}

  /** Tells a listener of changes from now on, until it is taken away again. */
  public void add(ApprovalListener follower) {
    followers.add(follower);
  }

  /** Tells a listener nothing more. */
  public void remove(ApprovalListener follower) {
    followers.remove(follower);
  }

  @Override
  public void changed(Approval row) {
    followers.forEach(follower -> follower.changed(row));
  }

  @Override
  public void missed() {
    followers.forEach(ApprovalListener::missed);
  }
}
