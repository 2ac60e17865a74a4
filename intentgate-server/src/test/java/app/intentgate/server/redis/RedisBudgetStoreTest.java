package app.intentgate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RedisBudgetStoreTest extends BudgetStoreContract {
  @TempDir private static Path directory;
  private static @Nullable RedisServer server;
  private static @Nullable RedisBudgetStore store;

  @BeforeAll
  static void start() throws Exception {
    server = new RedisServer(directory, "--appendfsync", "no");
    store =
        RedisBudgetStore.open(RedisAddress.parse(server.url()), RedisOptions.ofDefaults(), true);
  }

  @BeforeEach
  void forget() throws Exception {
    server.ask("FLUSHALL");
  }

  @AfterAll
  static void end() throws Exception {
    if (store != null) {
      store.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected BudgetStore store() {
    return store;
  }

  /** Redis' clock cannot be set, so what it keeps for a time is kept for that much less. */
  @Override
  protected void pass(Duration time) throws Exception {
    String shorten =
        "EVAL \"for _, key in ipairs(redis.call('KEYS', '*')) do local left = redis.call('TTL',"
            + " key) if left >= 0 then redis.call('EXPIRE', key, left - %d) end end return 1\" 0";
    assertThat(server.ask(shorten.formatted(time.toSeconds()))).isEqualTo(":1");
  }
}
