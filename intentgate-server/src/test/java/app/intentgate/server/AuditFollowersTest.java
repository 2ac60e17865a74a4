package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.GateEvent;
import app.intentgate.sdk.admin.GateEvents;
import app.intentgate.testing.Pause;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who follow the audit log; {@code -Dfollowers=1000} for more than the usual number. */
@Timeout(180)
class AuditFollowersTest {
  private static final int FOLLOWERS = Integer.getInteger("followers", 300);

  @TempDir Path directory;

  /** Threads of this JVM but for those of the client. */
  private static long gateThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("HttpClient"))
        .count();
  }

  @Test
  void followersHearEveryEventAndTakeNoThreadEach() throws Exception {
    try (TestGate gate = TestGate.start(directory);
        AdminClient admin =
            AdminClient.builder()
                .url("http://127.0.0.1:" + gate.port())
                .token(TestGate.ADMIN)
                .build()) {
      String bearer = "Bearer " + gate.mint(Grant.to("agent"));
      gate.call("read_warm", "Authorization", bearer);
      long before = gateThreads();
      List<GateEvents> followers = new ArrayList<>();
      for (int i = 0; i < FOLLOWERS; i++) {
        followers.add(admin.audit().follow("", ""));
      }
      long more = gateThreads() - before;
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> calls =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  gate.call("read_it", "Authorization", bearer);
                  Pause.slow(Duration.ofMillis(100));
                }
              });
      try {
        for (GateEvents follower : followers) {
          long first = seq(follower.next());
          assertThat(seq(follower.next())).isEqualTo(first + 1);
          assertThat(seq(follower.next())).isEqualTo(first + 2);
        }
      } finally {
        over.set(true);
        for (GateEvents follower : followers) {
          follower.close();
        }
      }
      calls.get(30, TimeUnit.SECONDS);
      System.out.printf("%d followers, %d more threads%n", FOLLOWERS, more);
      assertThat(more).isLessThan(FOLLOWERS / 4);
    }
  }

  private static long seq(GateEvent event) {
    assertThat(event).as("the stream ended").isNotNull();
    return Long.parseLong(event.data().replaceAll("(?s).*\"seq\":(\\d+).*", "$1"));
  }
}
