package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was answered as not stored is not begun, whichever claim it was answered by (B59). */
class BatchClaimTest {
  private static PendingAppend append(long deadline) {
    return new PendingAppend(RandomEvents.call("").build(), deadline);
  }

  @Test
  void whatIsOverdueByAnEarlierClaimIsNotBegunByALaterOne() {
    PendingAppend overdue = append(10);
    PendingAppend other = append(100);
    BatchClaim whole = new BatchClaim(List.of(other, overdue));
    BatchClaim part = new BatchClaim(List.of(overdue));
    BatchClaim rest = new BatchClaim(List.of(other));
    assertThat(whole.withdrawIfOverdue(50)).isTrue();

    assertThat(part.isOpen()).isTrue();
    assertThat(part.enter()).isFalse();
    assertThat(part.isWithdrawn()).isTrue();
    assertThat(part.unanswered()).isEmpty();
    assertThat(rest.enter()).isTrue();
    assertThat(rest.isWithdrawn()).isFalse();
  }

  @Test
  void aBatchIsBegunOnceAndAgainWhenNothingCameOfIt() {
    BatchClaim claim = new BatchClaim(List.of(append(10)));
    assertThat(claim.enter()).isTrue();
    assertThat(claim.enter()).isFalse();
    claim.leave();
    assertThat(claim.enter()).isTrue();
    assertThat(claim.withdrawIfOverdue(50)).isTrue();
    assertThat(claim.isWithdrawn()).as("what has begun is beyond recall").isFalse();
    claim.leave();
    assertThat(claim.enter()).isFalse();
  }
}
