package app.intentgate.jdbc.state;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.feed.ChangeFeed;
import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore.Watch;
import app.intentgate.store.StoreUnavailableException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A gate is up to date when what it read is in force, not when it has read it. */
class UnsettledTopicTest {
  /** A topic that is read at once and put in force when the test says so. */
  private static final class SlowTopic implements FeedTopic {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean settled;

    @Override
    public String name() {
      return "slow";
    }

    @Override
    public void reload(Connection connection) {}

    @Override
    public long follow(Connection connection, long after) {
      return after;
    }

    @Override
    public boolean isSettled() {
      asked.incrementAndGet();
      return settled;
    }
  }

  @Test
  void what_was_read_but_is_not_in_force_does_not_make_a_gate_up_to_date() {
    SlowTopic topic = new SlowTopic();
    try (Database database =
            Migrated.open(TwoGates.target(EmbeddedPostgresServer.newMigratedDatabase()));
        ChangeFeed feed =
            ChangeFeed.open(database, List.of(topic), Map.of(), Duration.ofSeconds(10))) {
      until(() -> topic.asked.get() >= 4);
      assertThat(feed.health().fresh()).isFalse();
      assertThatThrownBy(() -> feed.freshness().require())
          .isInstanceOf(StoreUnavailableException.class);
      topic.settled = true;
      until(() -> feed.health().fresh());
      feed.freshness().require();
    }
  }

  @Test
  void a_feed_that_comes_back_lets_nobody_through_before_the_policies_are_in_force()
      throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        TwoGates gates =
            new TwoGates(
                EmbeddedPostgresServer.newMigratedDatabase(),
                Duration.ofSeconds(3),
                proxy.port())) {
      AtomicInteger heard = new AtomicInteger();
      try (Watch watch = gates.b.policies().watch(tenant -> heard.incrementAndGet())) {
        assertThat(gates.b.killSwitches().engaged("acme", "bot")).isNull();
        proxy.silent(true);
        change(gates.a, "acme");
        until(() -> !gates.b.feedHealth().fresh());
        proxy.silent(false);
        until(() -> heard.get() > 0);

        assertThat(gates.b.feedHealth().fresh()).isFalse();
        assertThatThrownBy(() -> gates.b.killSwitches().engaged("acme", "bot"))
            .isInstanceOf(StoreUnavailableException.class);

        // It hears of changes all the while, and says so; only nobody relies on it yet.
        change(gates.a, "globex");
        until(() -> heard.get() > 1);
        assertThat(gates.b.feedHealth().fresh()).isFalse();
        watch.applied(watch.told());
        until(() -> gates.b.feedHealth().fresh());
        assertThat(gates.b.killSwitches().engaged("acme", "bot")).isNull();
      }
    }
  }

  private static void change(SqlState gate, String tenant) {
    PolicySlot next = PolicySlot.empty(tenant).withProposal(null);
    assertThat(gate.policies().put(next, null, null)).isTrue();
  }
}
