package app.intentgate.approval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryApprovalStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalFeedTest {
  private static final class Heard implements ApprovalListener {
    private final List<String> all = new ArrayList<>();

    @Override
    public void changed(Approval row) {
      all.add(row.id() + " " + row.status());
    }

    @Override
    public void missed() {
      all.add("missed");
    }
  }

  @Test
  void followers_hear_of_changes_from_when_they_come_until_they_go() {
    MemoryApprovalStore store = new MemoryApprovalStore();
    ApprovalFeed feed = ApprovalFeed.of(store);
    Heard first = new Heard();
    Heard second = new Heard();
    feed.add(first);
    store.enqueue(Rows.waiting());
    feed.add(second);
    store.decide("one", null, Rows.vote(true, "operator:1", 1));
    feed.remove(first);
    feed.missed();
    assertThat(first.all).containsExactly("one PENDING", "one APPROVED");
    assertThat(second.all).containsExactly("one APPROVED", "missed");
  }
}
