package app.intentgate.approval;

import static app.intentgate.approval.Rows.END;
import static app.intentgate.approval.Rows.NOW;
import static app.intentgate.approval.Rows.approved;
import static app.intentgate.approval.Rows.binding;
import static app.intentgate.approval.Rows.standing;
import static app.intentgate.approval.Rows.vote;
import static app.intentgate.approval.Rows.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval.Status;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final Instant SOON = NOW.plusSeconds(2);

  @Test
  void a_new_row_waits_and_lets_nothing_through() {
    Approval row = waiting();
    assertThat(row.status()).isEqualTo(Status.PENDING);
    assertThat(row.arguments().toString()).isEqualTo("{\"n\":9007199254740993}");
    assertThat(row.decision()).isNull();
    assertThat(row.isUsable(NOW)).isFalse();
    assertThat(row.used(NOW)).isNull();
    assertThat(row.isStandingGrant()).isFalse();
    assertThat(row.changedAt()).isEqualTo(NOW);
    assertThat(row.expired(END.minusNanos(1))).isFalse();
    assertThat(row.expired(END)).isTrue();
  }

  @Test
  void the_vote_that_settles_it_is_the_decision() {
    Approval first = waiting(2, null).voted(vote(true, "operator:1", 1));
    assertThat(first.decision()).as("one of two settles nothing").isNull();
    assertThat(first.expiresAt()).as("the window stays").isEqualTo(END);
    assertThat(first.changedAt()).isEqualTo(NOW.plusSeconds(1));
    Approval second = first.voted(vote(true, "operator:2", 2));
    assertThat(second.status()).isEqualTo(Status.APPROVED);
    assertThat(second.decision()).isEqualTo(vote(true, "operator:2", 2));
    assertThat(second.votes()).hasSize(2);
    assertThat(second.expiresAt()).isEqualTo(NOW.plusSeconds(2).plus(Approval.USABLE_FOR));
    Approval rejected = first.voted(vote(false, "operator:2", 2));
    assertThat(rejected.status()).isEqualTo(Status.REJECTED);
    assertThat(rejected.decision()).isEqualTo(vote(false, "operator:2", 2));
    assertThat(rejected.expiresAt()).isEqualTo(NOW.plusSeconds(2).plus(Approval.USABLE_FOR));
  }

  @Test
  void no_vote_is_counted_on_a_row_that_is_settled_void_or_late() {
    assertThat(approved().voted(vote(true, "operator:2", 2))).isNull();
    assertThat(waiting().voided("over", SOON).voted(vote(true, "operator:1", 1))).isNull();
    assertThat(waiting().voted(vote(true, "operator:1", 300))).isNull();
    assertThat(waiting().voted(vote(true, "operator:1", 299))).isNotNull();
    assertThat(waiting().timedOut().voted(vote(true, "operator:1", 1))).isNull();
  }

  @Test
  void nobody_votes_twice_not_even_to_take_it_back() {
    Approval first = waiting(2, null).voted(vote(true, "operator:1", 1));
    assertThat(first.voted(vote(true, "operator:1", 2))).isNull();
    assertThat(first.voted(vote(false, "operator:1", 2))).isNull();
  }

  @Test
  void a_use_is_counted_and_timed_and_there_is_one() {
    Approval used = approved().used(SOON);
    assertThat(used.uses()).isEqualTo(1);
    assertThat(used.usedAt()).isEqualTo(SOON);
    assertThat(used.changedAt()).isEqualTo(SOON);
    assertThat(used.isUsedUp()).isTrue();
    assertThat(used.used(SOON)).isNull();
    assertThat(approved().isUsedUp()).isFalse();
    assertThat(approved().voided("over", SOON).used(SOON)).isNull();
    assertThat(approved().used(approved().expiresAt())).isNull();
  }

  @Test
  void a_standing_grant_lasts_as_long_and_as_often_as_it_says() {
    Approval row = standing();
    assertThat(row.isStandingGrant()).isTrue();
    assertThat(row.expiresAt()).isEqualTo(NOW.plusSeconds(3601));
    for (int i = 1; i <= 3; i++) {
      assertThat(row.isUsedUp()).isFalse();
      row = row.used(SOON);
      assertThat(row.uses()).isEqualTo(i);
    }
    assertThat(row.isUsedUp()).isTrue();
    assertThat(row.used(SOON)).isNull();
    assertThat(waiting(1, Rows.THREE_IN_AN_HOUR).isStandingGrant()).isFalse();
  }

  @Test
  void what_happened_last_is_when_it_changed() {
    Approval late = waiting().timedOut();
    assertThat(late.status()).isEqualTo(Status.TIMEOUT);
    assertThat(late.decision()).isNull();
    assertThat(late.changedAt()).isEqualTo(END);
    assertThat(approved().changedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(approved().voided("over", SOON).changedAt()).isEqualTo(SOON);
  }

  private static ApprovalBinding other(UnaryOperator<String> word, int member) {
    String[] m = {"acme", "jti", "chain", "bot", "maria", "pay", "args", "cover", "policy"};
    m[member] = word.apply(m[member]);
    return new ApprovalBinding(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
  }

  @Test
  void a_call_is_the_same_when_all_of_it_is_but_its_policy() {
    for (int member = 0; member < 9; member++) {
      ApprovalBinding changed = other(word -> word + "2", member);
      boolean irrelevant = member >= 7;
      assertThat(binding().sameCall(changed)).as("member %d", member).isEqualTo(irrelevant);
      boolean argumentsOrPolicy = member == 6 || member == 8;
      assertThat(binding().covers(changed)).as("member %d", member).isEqualTo(argumentsOrPolicy);
    }
    ApprovalBinding bare = other(word -> "", 7);
    assertThat(bare.covers(bare)).as("nothing named covers nothing").isFalse();
  }

  @Test
  void a_call_meets_its_own_row_while_it_can_still_be_decided_or_used() {
    ApprovalBinding call = other(word -> "newer", 8);
    for (Approval row : List.of(waiting(), approved(), waiting().voted(vote(false, "o", 1)))) {
      assertThat(row.isMetBy(call, SOON)).isTrue();
      assertThat(row.isMetBy(call, row.expiresAt())).isFalse();
      assertThat(row.voided("over", SOON).isMetBy(call, SOON)).isFalse();
      assertThat(row.isMetBy(other(word -> "drop", 5), SOON)).isFalse();
    }
    assertThat(waiting().timedOut().isMetBy(call, SOON)).isFalse();
    assertThat(approved().used(SOON).isMetBy(call, SOON)).isFalse();
  }

  @Test
  void a_call_it_covers_meets_a_standing_grant_once_that_is_given() {
    ApprovalBinding covered = other(word -> "other args", 6);
    assertThat(standing().isMetBy(covered, SOON)).isTrue();
    assertThat(waiting(1, Rows.THREE_IN_AN_HOUR).isMetBy(covered, SOON)).isFalse();
    assertThat(approved().isMetBy(covered, SOON)).isFalse();
  }

  @Test
  void rows_are_found_by_tenant_status_tool_agent_and_kind() {
    ApprovalQuery all = ApprovalQuery.newest(5);
    Approval row = approved();
    assertThat(all.matches(row)).isTrue();
    assertThat(all.ofTenant("acme").withStatus("approved").forTool("pay").ofAgent("bot"))
        .satisfies(query -> assertThat(query.matches(row)).isTrue())
        .satisfies(query -> assertThat(query.standing().matches(row)).isFalse())
        .satisfies(query -> assertThat(query.standing().matches(standing())).isTrue())
        .satisfies(query -> assertThat(query.from(3).matches(row)).as("place aside").isTrue());
    for (ApprovalQuery none :
        List.of(
            all.ofTenant("globex"),
            all.withStatus("pending"),
            all.forTool("drop"),
            all.ofAgent("other"))) {
      assertThat(none.matches(row)).isFalse();
      assertThat(none.limit()).isEqualTo(5);
    }
    assertThat(all.from(3).offset()).isEqualTo(3);
  }
}
