package app.intentgate.jdbc.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that begin together, each on its own thread. */
final class Clients {
  private Clients() {}

  interface Client {
    void run(int number) throws Exception;
  }

  /** Runs so many to their end; fails as the first of them that does. */
  static void run(int clients, Client client) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int number = c;
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  client.run(number);
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
