package app.intentgate.jdbc;

import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A few threads for what blocks and is rare, so that the threads which serve calls never wait for
 * the database. Bounded: what does not fit fails at once, what does not end in time fails then, and
 * what is left at closing fails with it. Thread-safe.
 */
public final class Offload implements AutoCloseable {
  private static final int THREADS = 3;
  private static final int MAX_QUEUED = 2_000;

  /** Longer than a database that answers at all takes for a transaction and its repetitions. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final ThreadPoolExecutor pool;
  private final Set<Task<?>> open = ConcurrentHashMap.newKeySet();
  private final Duration maxWait;
  private final Duration closeWait;

  /** Threads of that name. */
  public Offload(String name) {
    this(name, MAX_WAIT, CLOSE_WAIT);
  }

  /**
   * Threads of that name.
   *
   * @param maxWait how long anything may take, its wait for a thread included
   * @param closeWait how long closing waits for what was begun
   */
  Offload(String name, Duration maxWait, Duration closeWait) {
    this.maxWait = maxWait;
    this.closeWait = closeWait;
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUEUED),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** Something to be done, and who waits for it. */
  private static final class Task<T> implements Runnable {
    private final Supplier<T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Task(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (result.isDone()) {
        return; // Its caller was told that it failed.
      }
      try {
        result.complete(work.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }

    void fail(String why) {
      result.completeExceptionally(new StoreUnavailableException(why));
    }
  }

  /**
   * Runs something. The stage fails as it does; with {@link StoreUnavailableException} at once when
   * too much is waiting already, after half a minute, and at closing. In the latter two cases what
   * no thread has taken yet is never done, and of the rest nobody knows.
   */
  public <T> CompletionStage<T> run(Supplier<T> work) {
    Task<T> task = new Task<>(work);
    open.add(task);
    CompletableFuture<Boolean> ended =
        new CompletableFuture<Boolean>().orTimeout(maxWait.toMillis(), TimeUnit.MILLISECONDS);
    CompletionStage<Boolean> end = ended;
    end.whenComplete(
        (done, late) -> {
          if (late != null) {
            task.fail("the database did not answer in time");
          }
        });
    CompletionStage<T> answer = task.result;
    answer.whenComplete(
        (done, failure) -> {
          open.remove(task);
          ended.complete(true);
        });
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      task.fail("too much waits for the database, or it is closed");
    }
    return answer;
  }

  /**
   * Finishes what was begun, for some seconds; what is left then, and what comes later, fails. So
   * every stage is complete when this returns.
   */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(closeWait.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
    open.forEach(task -> task.fail("the store was closed before the database answered"));
  }
}
