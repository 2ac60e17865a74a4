package app.intentgate.jdbc.history;

import static app.intentgate.jdbc.history.Register.lostWrite;
import static app.intentgate.jdbc.history.Register.read;
import static app.intentgate.jdbc.history.Register.write;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.ApprovalModel;
import app.intentgate.budget.BudgetModel;
import app.intentgate.budget.Charge;
import app.intentgate.testing.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker itself, held against histories whose answer is known. */
class LinearizationTest {
  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Optional<String> violation(Operation<Register>... operations) {
    return Linearization.violation(Register.ZERO, List.of(operations));
  }

  @Test
  void what_happened_one_after_another_is_explained_by_that_order() {
    assertThat(violation()).isEmpty();
    assertThat(violation(read(0, 1, 2), write(5, 3, 4), read(5, 5, 6))).isEmpty();
  }

  @Test
  void a_read_of_what_was_overwritten_before_it_began_is_not_explained() {
    assertThat(violation(write(5, 1, 2), read(0, 3, 4)))
        .hasValueSatisfying(why -> assertThat(why).contains("[3..4] read: 0"));
  }

  @Test
  void a_read_during_a_write_may_see_either_value() {
    assertThat(violation(write(5, 1, 10), read(0, 2, 3))).isEmpty();
    assertThat(violation(write(5, 1, 10), read(5, 2, 3))).isEmpty();
    assertThat(violation(write(5, 1, 10), read(7, 2, 3))).isPresent();
  }

  @Test
  void of_two_reads_during_a_write_the_later_one_cannot_see_the_older_value() {
    assertThat(violation(write(5, 1, 10), read(0, 2, 3), read(5, 4, 5))).isEmpty();
    assertThat(violation(write(5, 1, 10), read(5, 2, 3), read(0, 4, 5))).isPresent();
  }

  @Test
  void operations_that_meet_in_one_moment_may_have_overlapped() {
    assertThat(violation(write(5, 1, 2), read(0, 2, 3))).isEmpty();
  }

  @Test
  void a_write_without_an_answer_may_have_happened_at_any_later_time_or_never() {
    assertThat(violation(lostWrite(5, 1), read(0, 2, 3))).isEmpty();
    assertThat(violation(lostWrite(5, 1), read(0, 2, 3), read(5, 4, 5))).isEmpty();
    assertThat(violation(read(5, 0, 1), lostWrite(5, 2))).as("not before it began").isPresent();
    assertThat(violation(lostWrite(5, 1), read(5, 2, 3), read(0, 4, 5)))
        .as("and it stays")
        .isPresent();
  }

  @Test
  void the_object_that_is_wrong_is_named() {
    History<Register> history = new History<>();
    history.add("good", write(1, 1, 2));
    history.add("bad", write(2, 3, 4));
    history.add("bad", read(1, 5, 6));
    assertThat(Linearization.violation(Register.ZERO, history))
        .hasValueSatisfying(why -> assertThat(why).startsWith("bad: "));
  }

  @Test
  void an_operation_that_fails_is_one_without_an_answer() {
    History<Register> history = new History<>();
    history.run(
        "r",
        "write 3",
        r -> r.write(3),
        () -> {
          throw new IllegalStateException("lost");
        });
    history.run("r", "read", Register::read, () -> "3");
    assertThat(history.answered()).isEqualTo(1);
    assertThat(Linearization.violation(Register.ZERO, history)).isEmpty();
  }

  private static Operation<BudgetModel> charge(String answer, long begun, long ended) {
    Charge limit = new Charge(Charge.Kind.CALLS, "acme", "k", 2, 1, null);
    return new Operation<>("charge", b -> b.tryCharge(List.of(limit)), begun, ended, answer);
  }

  @Test
  void a_third_call_of_two_and_a_refusal_of_the_first_are_not_explained() {
    String yes = BudgetModel.CHARGED;
    String no = BudgetModel.REFUSED;
    assertThat(
            Linearization.violation(
                BudgetModel.UNSPENT,
                List.of(charge(yes, 1, 9), charge(yes, 2, 9), charge(no, 3, 4))))
        .isEmpty();
    assertThat(
            Linearization.violation(
                BudgetModel.UNSPENT,
                List.of(charge(yes, 1, 9), charge(yes, 1, 9), charge(yes, 1, 9))))
        .as("granted too often")
        .isPresent();
    assertThat(
            Linearization.violation(
                BudgetModel.UNSPENT,
                List.of(charge(yes, 1, 2), charge(no, 3, 4), charge(yes, 5, 6))))
        .as("refused too early")
        .isPresent();
  }

  @Test
  void an_approval_used_twice_or_decided_twice_is_not_explained() {
    Operation<ApprovalModel> vote = vote("pat", "counted, approved");
    Operation<ApprovalModel> use =
        new Operation<>("use", ApprovalModel::use, 1, 9, ApprovalModel.useWords(true));
    ApprovalModel row = ApprovalModel.waiting(1);
    assertThat(Linearization.violation(row, List.of(use, vote))).isEmpty();
    assertThat(Linearization.violation(row, List.of(use, vote, use))).isPresent();
    assertThat(Linearization.violation(row, List.of(vote, vote("kim", "counted, approved"))))
        .isPresent();
    assertThat(Linearization.violation(row, List.of(vote, vote("kim", "not counted, approved"))))
        .isEmpty();
  }

  private static Operation<ApprovalModel> vote(String who, String answer) {
    return new Operation<>("vote of " + who, a -> a.vote(who, true), 1, 9, answer);
  }

  @Test
  void it_agrees_with_trying_every_order() {
    Random random = new Random(11);
    int explained = 0;
    int rounds = 4_000;
    for (int round = 0; round < rounds; round++) {
      List<Operation<Register>> operations = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        operations.add(some(random));
      }
      boolean expected = someOrderFits(Register.ZERO, new ArrayList<>(operations));
      assertThat(Linearization.violation(Register.ZERO, operations).isEmpty())
          .as("%s", operations)
          .isEqualTo(expected);
      explained += expected ? 1 : 0;
    }
    assertThat(explained).as("both kinds came up").isBetween(rounds / 10, rounds * 9 / 10);
  }

  private static Operation<Register> some(Random random) {
    long begun = random.nextInt(20);
    long ended = begun + 1 + random.nextInt(12);
    int value = random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> lostWrite(value, begun);
      case 1, 2 -> write(value, begun, ended);
      default -> read(value, begun, ended);
    };
  }

  private static boolean someOrderFits(Register state, List<Operation<Register>> left) {
    if (left.stream().noneMatch(Operation::answered)) {
      return true;
    }
    for (Operation<Register> next : List.copyOf(left)) {
      boolean ended =
          left.stream().anyMatch(other -> other.answered() && other.ended() < next.begun());
      Step<Register> step = next.meaning().apply(state);
      if (ended || (next.answered() && !step.answer().equals(next.answer()))) {
        continue;
      }
      List<Operation<Register>> rest = new ArrayList<>(left);
      rest.remove(next);
      if (someOrderFits(step.next(), rest)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void a_long_history_of_a_correct_object_is_explained_and_one_wrong_answer_in_it_is_found() {
    Random random = new Random(5);
    List<Operation<Register>> operations = new ArrayList<>();
    Register state = Register.ZERO;
    for (int i = 0; i < 2_000; i++) {
      // Each takes effect at 10 i, somewhere within its time, and overlaps about eight others.
      long begun = 10L * i - 1 - random.nextInt(40);
      long ended = 10L * i + 1 + random.nextInt(40);
      int value = random.nextInt(1_000);
      if (random.nextBoolean()) {
        state = state.write(value).next();
        operations.add(write(value, begun, ended));
      } else {
        operations.add(read(state.value(), begun, ended));
      }
    }
    assertThat(Linearization.violation(Register.ZERO, operations)).isEmpty();
    operations.add(read(-1, 9_000, 9_005));
    assertThat(Linearization.violation(Register.ZERO, operations)).isPresent();
  }
}
