package app.intentgate.server.redis;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import java.nio.file.Path;
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
}
