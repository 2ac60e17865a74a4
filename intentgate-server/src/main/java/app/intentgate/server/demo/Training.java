package app.intentgate.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work for a gate whose JVM writes down what it loaded and compiled, so that the next one starts
 * and warms up faster: calls that are allowed and calls that are refused, from several agents at
 * once, through a gate that listens to a tool server.
 */
public final class Training {
  private static final int AGENTS = 8;
  private static final String PROMPT = "read and pay the invoice";

  private Training() {}

  /**
   * Makes calls for a while.
   *
   * @param demo whose gate is called; it must be running
   * @return how many calls were answered
   * @throws IOException when the gate does not answer
   */
  public static long run(Demo demo, Duration time) throws IOException {
    DemoClient client = demo.client();
    String token =
        client.mint(
            "{\"subject\":\"trainee\",\"ttl_seconds\":3600,\"max_calls\":1000000000,"
                + "\"tools\":[\"read_*\",\"pay_invoice\"]}");
    long end = System.nanoTime() + time.toNanos();
    ExecutorService agents = Executors.newFixedThreadPool(AGENTS);
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        running.add(agents.submit(() -> calls(client, token, end)));
      }
      long calls = 0;
      for (Future<Long> each : running) {
        calls += each.get();
      }
      return calls;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UncheckedIOException failure
          ? failure.getCause()
          : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      agents.shutdownNow();
    }
  }

  private static long calls(DemoClient client, String token, long end) {
    long calls = 0;
    try {
      while (System.nanoTime() - end < 0) {
        client.call(token, "read_invoice", "{\"id\":7}", PROMPT);
        client.call(token, "pay_invoice", "{\"id\":7,\"amount\":120}", PROMPT);
        client.call(token, "delete_invoice", "{\"id\":7}", PROMPT);
        calls += 3;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }
}
