package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What agents ask for by the thousand keeps no operator from stopping them. */
@Timeout(120)
class FloodTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(1);

  /** More than wait and are under way at once. */
  private static final int FLOOD = 3_000;

  @TempDir Path directory;

  @Test
  void agents_are_stopped_while_their_calls_wait_for_approvals_that_hang() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory);
        Database other = Database.open(database.config());
        SqlState state = SqlState.open(database)) {
      CompletableFuture<Long> holding =
          CompletableFuture.supplyAsync(() -> holdApprovals(other, held, end));
      assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
      List<CompletionStage<?>> flood = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        flood.add(state.approvals().makeVoid("id" + i, "acme", "over", NOW));
      }
      assertThat(flood.get(0).toCompletableFuture()).as("it hangs").isNotDone();

      KillSwitchEntry stop =
          new KillSwitchEntry(Scope.AGENT, "acme", "a", "floods", NOW, "operator:1");
      assertThat(state.killSwitches().engage(stop).toCompletableFuture()).succeedsWithin(LONG);
      assertThat(
              state
                  .revocations()
                  .revoke(new Revocation("jti", "acme", NOW, "floods"))
                  .toCompletableFuture())
          .succeedsWithin(LONG);
      assertThat(state.killSwitches().engaged("acme", "a")).isNotNull();
      assertThat(state.revocations().isRevoked("acme", "jti")).isTrue();

      end.countDown();
      assertThat(holding).succeedsWithin(LONG);
    } finally {
      end.countDown();
    }
  }

  private static long holdApprovals(Database database, CountDownLatch held, CountDownLatch end) {
    return database.write(
        handle -> {
          long version = FeedHeads.hold(handle.getConnection(), "approvals");
          held.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return version;
        });
  }
}
