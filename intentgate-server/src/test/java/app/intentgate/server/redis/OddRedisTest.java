package app.intentgate.server.redis;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.store.StoreUnavailableException;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that is slow, or that answers what no Redis says. */
@Timeout(60)
class OddRedisTest {
  private static final RedisOptions SHORT =
      new RedisOptions(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(50),
          SslOptions.create());

  private static RedisBudgetStore open(Proxy proxy) {
    return RedisBudgetStore.open(
        RedisAddress.parse("redis://127.0.0.1:" + proxy.port()), SHORT, false);
  }

  private static boolean isCharged(RedisBudgetStore store) {
    Charge charge = new Charge(Kind.CALLS, "acme", "k", 5, 1, null);
    return store
        .charge(List.of(charge), System.currentTimeMillis())
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join()
        .charged();
  }

  private static boolean isChargedAtLast(RedisBudgetStore store) {
    try {
      return isCharged(store);
    } catch (RuntimeException e) {
      assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
      return false;
    }
  }

  private static void assertRefused(RedisBudgetStore store) {
    assertThatThrownBy(() -> isCharged(store)).hasCauseInstanceOf(StoreUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        // The beginning of an answer that would swallow a hundred thousand others.
        "*100000\r\n",
        "*1\r\n+0\r\n"
      })
  void what_makes_no_sense_grants_nothing_and_it_is_used_again_when_it_does(String nonsense)
      throws Exception {
    try (FakeRedis redis = new FakeRedis();
        Proxy proxy = new Proxy(redis.port());
        RedisBudgetStore store = open(proxy)) {
      assertThat(isCharged(store)).isTrue();
      proxy.nonsense(nonsense.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < 3; i++) {
        assertRefused(store);
      }
      until(() -> !store.isAvailable());

      proxy.nonsense(null);
      until(store::isAvailable);
      until(() -> isChargedAtLast(store));
    }
  }

  @Test
  void one_that_is_slow_is_waited_for_and_one_that_is_too_slow_refuses() throws Exception {
    try (FakeRedis redis = new FakeRedis();
        Proxy proxy = new Proxy(redis.port());
        RedisBudgetStore store = open(proxy)) {
      proxy.slow(20);
      assertThat(isCharged(store)).isTrue();
      proxy.slow(500);
      assertRefused(store);
      proxy.slow(0);
      until(() -> isChargedAtLast(store));
    }
  }

  @Test
  void one_that_is_no_redis_stops_the_start() throws IOException {
    try (FakeRedis redis = new FakeRedis();
        Proxy proxy = new Proxy(redis.port())) {
      proxy.nonsense("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> open(proxy).close())
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("redis://127.0.0.1:" + proxy.port());
    }
  }
}
