package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.server.config.Config;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.redis.RedisServer;
import app.intentgate.store.StoreUnavailableException;
import app.intentgate.token.Grant;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gates that keep their budgets in a Redis (B49), and everything else elsewhere. */
@Timeout(90)
class RedisGateTest {
  @TempDir Path directory;

  private static boolean isAllowed(TestGate gate, String token) {
    Answer answer = gate.call("read_invoice", "Authorization", "Bearer " + token);
    return "allow".equals(answer.header("X-IntentGate-Decision"));
  }

  @Test
  void two_gates_share_a_budget_refuse_while_redis_is_away_and_go_on_when_it_is_back()
      throws Exception {
    Path data = Files.createDirectory(directory.resolve("redis"));
    try (RedisServer redis = new RedisServer(data);
        TestGate a = TestGate.start(directory.resolve("a"), "REDIS_URL", redis.url());
        TestGate b =
            TestGate.start(directory.resolve("b"), "STORE", "sqlite", "REDIS_URL", redis.url())) {
      String token = a.mint(Grant.to("agent").maxCalls(6));
      String free = a.mint(Grant.to("agent"));
      assertThat(isAllowed(a, token)).isTrue();
      assertThat(isAllowed(b, token)).isTrue();
      assertThat(b.get("/readyz").status()).isEqualTo(200);

      redis.kill();
      until(() -> a.get("/readyz").status() == 503 && b.get("/readyz").status() == 503);
      assertThat(TestGate.json(a.get("/readyz")).at("/budgets/available").asBoolean()).isFalse();
      assertThat(isAllowed(a, token)).isFalse();
      assertThat(isAllowed(a, free)).as("a call without a budget").isTrue();

      redis.startAgain();
      until(() -> a.get("/readyz").status() == 200 && b.get("/readyz").status() == 200);
      int allowed = 2;
      for (int i = 0; i < 8; i++) {
        allowed += isAllowed(i % 2 == 0 ? a : b, token) ? 1 : 0;
      }
      assertThat(allowed).isEqualTo(6);
    }
  }

  @Test
  void a_redis_that_is_not_there_stops_the_start() {
    Config config =
        Config.of(
            TestGate.environment(
                directory.resolve("a"), "REDIS_URL", "redis://:s3cret@127.0.0.1:1"));
    assertThatThrownBy(() -> GateServer.start(config))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("redis://127.0.0.1:1/0")
        .hasMessageNotContaining("s3cret");
  }
}
