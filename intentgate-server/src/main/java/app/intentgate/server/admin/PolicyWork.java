package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.policy.lifecycle.PolicyChangeException;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.server.admin.RouteGroup.RouteHandler;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what can take long about policies - compiling, testing, replaying - on two threads of its
 * own, never on those that serve calls; when too much waits, more is refused.
 */
final class PolicyWork {
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 32;
  private static final long TICK_MILLIS = 250;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          PolicyWork::daemon);

  PolicyWork() {
    pool.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-policy-work");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for work; what it throws is thrown here. */
  <T> T run(Callable<T> work) {
    Future<T> running = submit(work);
    try {
      return running.get();
    } catch (InterruptedException e) {
      running.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return pool.submit(work);
    } catch (RejectedExecutionException e) {
      throw new AdminException(503, "too many policies are being compiled or replayed; try later");
    }
  }

  private static StoreUnavailableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreUnavailableException("the gate is stopping", e);
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("policy work failed", e.getCause());
  }

  /** Says, from time to time, that work goes on. */
  @FunctionalInterface
  interface Tick {
    /** Tells whoever waits; a failure means that nobody does any more. */
    void tell() throws IOException;
  }

  /** Waits for work, and tells whoever waits that it goes on; when nobody hears it, it ends. */
  <T> T run(Callable<T> work, Tick tick) throws IOException {
    Future<T> running = submit(work);
    try {
      while (true) {
        try {
          return running.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          tick.tell();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      running.cancel(true);
    }
  }

  /** A handler that answers a refusal as clients know it. */
  static RouteHandler answering(RouteHandler handler) {
    return call -> {
      try {
        handler.handle(call);
      } catch (PolicyChangeException e) {
        refuse(call, e);
      }
    };
  }

  private static void refuse(AdminCall call, PolicyChangeException refusal) {
    int status =
        switch (refusal.code()) {
          case INVALID -> 400;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case STALE -> 412;
        };
    JsonOutput out = AdminCall.json().name("error").string(String.valueOf(refusal.getMessage()));
    if (!refusal.errors().isEmpty()) {
      out.name("errors").beginArray();
      for (RegoError error : refusal.errors()) {
        out.beginObject().name("code").string(error.code());
        out.name("message").string(error.message());
        out.name("row").number(error.location().row());
        out.name("col").number(error.location().col()).endObject();
      }
      out.endArray();
    }
    call.context().status(status);
    call.reply(out);
  }
}
