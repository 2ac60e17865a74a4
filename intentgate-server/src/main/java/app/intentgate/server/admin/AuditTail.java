package app.intentgate.server.admin;

import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of one tenant, or of all, handed to everybody who follows them: one question to
 * the store serves all who have caught up. Who comes back with a cursor is served from there by
 * questions of its own until it has caught up with the others. Delivery is at least once. Polled by
 * one thread; followers may come from any.
 */
final class AuditTail {
  /** The id of a follower who came when there was no event to come after. */
  private static final String BEGINNING = "begin";

  private final AuditStore store;
  private final String tenant;
  private final List<EventFollower> together = new ArrayList<>();
  private final List<Behind> behind = new ArrayList<>();
  private @Nullable String cursor;
  private @Nullable StoredEvent newestAtStart;
  private boolean started;

  /** A follower who has not caught up yet, and where it is. */
  private static final class Behind {
    final EventFollower follower;
    @Nullable String cursor;

    Behind(EventFollower follower, @Nullable String cursor) {
      this.follower = follower;
      this.cursor = cursor;
    }
  }

  AuditTail(AuditStore store, String tenant) {
    this.store = store;
    this.tenant = tenant;
  }

  /** Adds a follower who wants what comes from now on. */
  synchronized void add(EventFollower follower) {
    start();
    together.add(follower);
    follower.mark(cursor == null ? BEGINNING : cursor);
  }

  /** Adds a follower who has everything up to a cursor. */
  synchronized void add(EventFollower follower, String from) {
    start();
    behind.add(new Behind(follower, cursorOf(from)));
  }

  private static @Nullable String cursorOf(String id) {
    return id.equals(BEGINNING) ? null : id;
  }

  /** Whether nobody follows any more. */
  synchronized boolean isIdle() {
    together.removeIf(EventFollower::isOver);
    behind.removeIf(b -> b.follower.isOver());
    boolean idle = together.isEmpty() && behind.isEmpty();
    started &= !idle;
    return idle;
  }

  private void start() {
    if (!started) {
      AuditPage page = store.query(AuditQuery.builder().tenant(tenant).limit(1).build());
      newestAtStart = page.events().isEmpty() ? null : page.events().get(0);
      cursor = page.nextCursor();
      started = true;
    }
  }

  /** Whether a cursor is one that this store can go on from. */
  void check(String from) {
    var unused = page(cursorOf(from), 1);
  }

  private AuditPage page(@Nullable String from, int limit) {
    return store.query(
        AuditQuery.builder().tenant(tenant).oldestFirst().cursor(from).limit(limit).build());
  }

  /** Hands on what is new. */
  synchronized void poll() {
    boolean more = true;
    while (more) {
      AuditPage page = page(cursor, AuditQuery.MAX_LIMIT);
      List<StoredEvent> events = page.events();
      if (newestAtStart != null && events.contains(newestAtStart)) {
        events = events.subList(events.indexOf(newestAtStart) + 1, events.size());
      }
      newestAtStart = null;
      cursor = page.nextCursor();
      List<byte[]> framed = framed(events, cursor);
      together.removeIf(EventFollower::isOver);
      for (EventFollower follower : together) {
        framed.forEach(follower::send);
      }
      more = page.events().size() == AuditQuery.MAX_LIMIT;
    }
    catchUp();
  }

  private void catchUp() {
    for (Iterator<Behind> it = behind.iterator(); it.hasNext(); ) {
      Behind b = it.next();
      if (b.follower.isOver()) {
        it.remove();
        continue;
      }
      if (b.follower.isBehind()) {
        continue;
      }
      AuditPage page = page(b.cursor, AuditQuery.MAX_LIMIT);
      b.cursor = page.nextCursor();
      framed(page.events(), b.cursor).forEach(b.follower::send);
      if (String.valueOf(cursor).equals(b.cursor)) {
        it.remove();
        together.add(b.follower);
      }
    }
  }

  /**
   * Events as they are sent: the same bytes for everybody, so that many who take them slowly hold
   * no more than one who does. The id stands with the last: whoever has it has them all.
   */
  private static List<byte[]> framed(List<StoredEvent> events, @Nullable String after) {
    List<byte[]> framed = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      String id = i == events.size() - 1 ? after : null;
      framed.add(EventFollower.framed(id, EventJson.bytes(events.get(i))));
    }
    return framed;
  }
}
