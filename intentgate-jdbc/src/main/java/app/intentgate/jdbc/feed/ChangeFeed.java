package app.intentgate.jdbc.feed;

import app.intentgate.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps topics up to date: by notification as soon as a change is committed, and by asking for
 * versions every so often, which also shows that the connection still works. After a lost
 * connection everything is read anew, as the database may have been another one meanwhile. What a
 * topic has read but not put in force yet does not make the gate up to date.
 *
 * <p>In a database of one process there is nobody to hear of; the topics are read once.
 */
public final class ChangeFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChangeFeed.class.getName());
  private static final long POLL_MILLIS = 500;

  /** How soon to look again whether topics are settled: calls may be refused until they are. */
  private static final long SETTLE_MILLIS = 5;

  private static final long FIRST_RETRY_MILLIS = 20;
  private static final long LAST_RETRY_MILLIS = 500;
  private static final long CLOSE_MILLIS = 5_000;

  private final Database database;
  private final List<FeedTopic> topics;
  private final Map<String, Runnable> listeners;
  private final FeedClock clock;
  private final boolean shared;
  private final long pollMillis;
  private final Duration silence;
  private final AtomicLong connects = new AtomicLong();
  private volatile boolean closing;
  private @Nullable FeedSession session;
  private @Nullable Thread thread;

  private ChangeFeed(
      Database database,
      List<FeedTopic> topics,
      Map<String, Runnable> listeners,
      Duration staleAfter) {
    this.database = database;
    this.topics = List.copyOf(topics);
    this.listeners = Map.copyOf(listeners);
    this.clock = new FeedClock(staleAfter, System::nanoTime);
    this.shared = database.dialect().isShared();
    this.pollMillis = Math.max(10, Math.min(POLL_MILLIS, staleAfter.toMillis() / 4));
    this.silence = Duration.ofMillis(Math.max(1_000, staleAfter.toMillis() / 3));
  }

  /**
   * Reads the topics and follows them from then on.
   *
   * @param topics what is held in memory
   * @param listeners what is run, without delay, on a notification of another topic; on each new
   *     connection too, as one may have been missed
   * @param staleAfter how long the database may be silent
   * @throws app.intentgate.jdbc.DatabaseException when they cannot be read
   */
  public static ChangeFeed open(
      Database database,
      List<FeedTopic> topics,
      Map<String, Runnable> listeners,
      Duration staleAfter) {
    ChangeFeed feed = new ChangeFeed(database, topics, listeners, staleAfter);
    if (feed.shared) {
      feed.start();
    } else {
      database.read(
          handle -> {
            for (FeedTopic topic : topics) {
              topic.reload(handle.getConnection());
            }
            return topics;
          });
    }
    return feed;
  }

  private void start() {
    FeedSession first;
    try {
      first = connect();
    } catch (SQLException e) {
      throw database.translated(e);
    }
    session = first;
    Thread follower = new Thread(() -> run(first), "intentgate-feed");
    follower.setDaemon(true);
    thread = follower;
    follower.start();
  }

  private FeedSession connect() throws SQLException {
    Connection connection = database.connectApart(silence);
    try {
      FeedSession connected = new FeedSession(connection, topics, clock);
      connected.begin();
      connects.incrementAndGet();
      return connected;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void run(FeedSession first) {
    FeedSession open = first;
    while (!closing) {
      try {
        follow(open);
      } catch (SQLException | RuntimeException e) {
        lost(open, e);
        FeedSession next = reconnect();
        if (next == null) {
          return;
        }
        open = next;
        session = next;
        listeners.values().forEach(ChangeFeed::tell);
      }
    }
    open.close();
  }

  private void follow(FeedSession open) throws SQLException {
    long wait = SETTLE_MILLIS;
    while (!closing) {
      boolean settled = open.settle();
      for (String payload : open.await(settled ? pollMillis : Math.min(wait, pollMillis))) {
        Runnable listener = listeners.get(payload);
        if (listener != null) {
          tell(listener);
        }
      }
      open.catchUp();
      wait = settled ? SETTLE_MILLIS : Math.min(pollMillis, wait * 2);
    }
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of the change feed failed", e);
    }
  }

  private void lost(FeedSession open, Exception failure) {
    if (!closing) {
      if (!FeedSession.wasSilent(failure)) {
        clock.cut();
      }
      LOG.log(
          System.Logger.Level.WARNING, "the change feed was cut off: {0}", failure.getMessage());
    }
    open.close();
  }

  private @Nullable FeedSession reconnect() {
    long wait = FIRST_RETRY_MILLIS;
    while (!closing) {
      try {
        FeedSession next = connect();
        LOG.log(System.Logger.Level.INFO, "the change feed is back");
        return next;
      } catch (SQLException | RuntimeException e) {
        if (!FeedSession.wasSilent(e)) {
          clock.cut();
        }
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(wait));
        wait = Math.min(LAST_RETRY_MILLIS, wait * 2);
      }
    }
    return null;
  }

  /** Whether what is held may be relied on. */
  public Freshness freshness() {
    return shared ? clock : Freshness.ALWAYS;
  }

  /** How it is. */
  public FeedHealth health() {
    return shared
        ? new FeedHealth(clock.isFresh(), clock.ageMillis(), connects.get())
        : FeedHealth.ALONE;
  }

  /** Stops following; what is held grows stale from now on. */
  @Override
  public void close() {
    closing = true;
    FeedSession open = session;
    Thread follower = thread;
    if (open == null || follower == null) {
      return;
    }
    LockSupport.unpark(follower);
    try {
      follower.join(pollMillis + CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
