package app.intentgate.server.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What a server has used until now.
 *
 * @param cpuMicros processor time
 * @param allocated bytes allocated on the heap; NaN when it does not say
 * @param gcSeconds time in garbage collections; NaN when it does not say
 */
record Figures(double cpuMicros, double allocated, double gcSeconds) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Asks the kernel, and the gate itself where {@code -Dlab.metrics=true} was given. */
  static Figures of(Target target) throws IOException {
    double cpu = target.child().cpuMicros();
    if (!target.isGate() || !Boolean.getBoolean("lab.metrics")) {
      return new Figures(cpu, Double.NaN, Double.NaN);
    }
    String text = get(target, "/metrics");
    return new Figures(
        cpu,
        sum(text, "jvm_memory_pool_allocated_bytes_total"),
        sum(text, "jvm_gc_collection_seconds_sum"));
  }

  private static double sum(String text, String series) {
    return text.lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What a gate answers to its operator. */
  static String get(Target target, String path) throws IOException {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target.port() + path))
                  .header("Authorization", "Bearer " + Call.ADMIN_TOKEN)
                  .timeout(Duration.ofMinutes(10))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
