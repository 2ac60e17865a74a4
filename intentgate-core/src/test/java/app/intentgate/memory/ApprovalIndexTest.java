package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Calls are looked up by what they are, so a store of many rows need not look at all of them. */
class ApprovalIndexTest {
  private final ApprovalIndex index = new ApprovalIndex();

  private static Approval row(String id, String chain, String tool, String args, String cover) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "jti", chain, "bot", "", tool, args, cover, "policy"),
            "root",
            null,
            "",
            "",
            false,
            ApprovalTerms.DEFAULT,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60)));
  }

  private static Approval pay(String id) {
    return row(id, "chain", "pay", "args", "");
  }

  @Test
  void rows_of_the_same_call_are_found_oldest_first_and_no_others() {
    index.add(pay("one"));
    index.add(row("chain", "another", "pay", "args", ""));
    index.add(row("tool", "chain", "drop", "args", ""));
    index.add(row("args", "chain", "pay", "other", ""));
    index.add(pay("two"));
    ApprovalBinding call = pay("x").binding();
    assertThat(index.sameCall(call)).containsExactly("one", "two");
    assertThat(index.metBy(call)).containsExactly("one", "two");
  }

  @Test
  void a_call_meets_its_own_rows_and_those_that_cover_it_oldest_first() {
    index.add(row("other", "chain", "pay", "other", "cover"));
    index.add(row("own", "chain", "pay", "args", ""));
    index.add(row("elsewhere", "chain", "pay", "other", "another cover"));
    index.add(row("tool", "chain", "drop", "other", "cover"));
    assertThat(index.metBy(row("x", "chain", "pay", "args", "cover").binding()))
        .containsExactly("other", "own");
  }

  @Test
  void a_row_that_made_room_is_found_no_more_and_the_others_are() {
    Approval first = row("one", "chain", "pay", "args", "cover");
    Approval second = row("two", "chain", "pay", "args", "cover");
    index.add(first);
    index.add(second);
    index.remove(first);
    assertThat(index.sameCall(first.binding())).containsExactly("two");
    assertThat(index.metBy(first.binding())).containsExactly("two");
    index.remove(second);
    assertThat(index.metBy(first.binding())).isEmpty();
    index.remove(second);
    index.add(first);
    assertThat(index.sameCall(first.binding())).containsExactly("one");
  }
}
