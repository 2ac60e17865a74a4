package app.intentgate.memory;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalModel;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.testing.Interleavings;
import app.intentgate.testing.Step;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Votes on one approval in memory and its uses, on any number of threads, are answered as if they
 * came one after another.
 */
class ApprovalLinearizabilityTest {
  private static final int OPERATORS = 2;

  /** What operators and agents ask of one row. */
  public abstract static class Row {
    /** An operator agrees or refuses. */
    @Operation
    public abstract String vote(
        @Param(gen = IntGen.class, conf = "1:3") int operator,
        @Param(gen = BooleanGen.class) boolean yes);

    /** An operator agrees. */
    @Operation
    public String agree(@Param(gen = IntGen.class, conf = "1:3") int operator) {
      return vote(operator, true);
    }

    /** A call wants to go through. */
    @Operation
    public abstract String use();

    /** Someone looks at it. */
    @Operation
    public abstract String find();

    /** The policy changes. */
    @Operation(runOnce = true)
    public abstract String makeVoid();

    /** The time to decide is over. */
    @Operation(runOnce = true)
    public abstract String expire();
  }

  /** The store. */
  public static final class Store extends Row {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(1);
    private static final Instant LATE = NOW.plusSeconds(300);
    private static final Approval ROW =
        Approval.pending(
            new ApprovalRequest(
                "one",
                new ApprovalBinding(
                    "acme", "jti", "chain", "agent", "maria", "pay", "args", "", "policy"),
                "root",
                null,
                "pay it",
                "above the threshold",
                false,
                new ApprovalTerms(ApprovalTerms.By.OPERATOR, OPERATORS, null),
                NOW,
                LATE));

    private final MemoryApprovalStore store = new MemoryApprovalStore();

    /** A store with one row. */
    public Store() {
      now(store.enqueue(ROW));
    }

    private static <T> T now(CompletionStage<T> stage) {
      return stage.toCompletableFuture().join();
    }

    @Override
    public String vote(int operator, boolean yes) {
      ApprovalDecision vote = new ApprovalDecision(yes, "operator:" + operator, "", "", SOON);
      return ApprovalModel.words(now(store.decide("one", "acme", vote)).orElse(null));
    }

    @Override
    public String use() {
      return ApprovalModel.useWords(now(store.use("one", "acme", SOON)).isPresent());
    }

    @Override
    public String find() {
      return ApprovalModel.words(now(store.find("one", null)).orElse(null));
    }

    @Override
    public String makeVoid() {
      now(store.makeVoid("one", "acme", "the policy changed", NOW));
      return "done";
    }

    @Override
    public String expire() {
      now(store.expire(LATE));
      return "done";
    }
  }

  /** What it should be. */
  public static final class Model extends Row {
    private ApprovalModel row = ApprovalModel.waiting(OPERATORS);

    private String after(Function<ApprovalModel, Step<ApprovalModel>> operation) {
      Step<ApprovalModel> step = operation.apply(row);
      row = step.next();
      return step.answer();
    }

    @Override
    public String vote(int operator, boolean yes) {
      return after(r -> r.vote("operator:" + operator, yes));
    }

    @Override
    public String use() {
      return after(ApprovalModel::use);
    }

    @Override
    public String find() {
      return after(ApprovalModel::find);
    }

    @Override
    public String makeVoid() {
      return after(ApprovalModel::makeVoid);
    }

    @Override
    public String expire() {
      return after(ApprovalModel::expire);
    }
  }

  @Test
  void threads_that_vote_and_use_at_once_are_answered_as_if_one_after_another() {
    Interleavings.byThreads(Store.class, Model.class);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "intentgate.lincheck.iterations",
      matches = ".+",
      disabledReason = "model checking takes minutes; docs/testing.md says how to run it")
  void no_interleaving_counts_a_vote_twice_or_lets_two_calls_through() {
    Interleavings.byModelChecking(Store.class, Model.class);
  }
}
