package app.intentgate.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things in the same moment, as far as threads can. */
final class AtOnce {
  private AtOnce() {}

  /** What each of them gave, in their order. */
  static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    CyclicBarrier together = new CyclicBarrier(tasks.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  together.await();
                  return task.call();
                }));
      }
      List<T> out = new ArrayList<>();
      for (Future<T> one : running) {
        out.add(one.get());
      }
      return out;
    } finally {
      threads.shutdownNow();
    }
  }
}
