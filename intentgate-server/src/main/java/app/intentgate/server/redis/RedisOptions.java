package app.intentgate.server.redis;

import io.lettuce.core.SslOptions;
import java.time.Duration;

/**
 * How a Redis is talked to.
 *
 * @param connectWait the longest wait for a connection
 * @param answerWait the longest wait for an answer; then a call fails
 * @param askEvery how often it is asked whether it is there
 * @param ssl whom to trust over TLS
 */
record RedisOptions(Duration connectWait, Duration answerWait, Duration askEvery, SslOptions ssl) {
  /** Five seconds to connect, two to answer, asked every second, and whom the JVM trusts. */
  static RedisOptions ofDefaults() {
    return new RedisOptions(
        Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1), SslOptions.create());
  }
}
