package app.intentgate.check.run;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.CostSource;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Refusal;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.store.Stages;
import app.intentgate.token.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The fourth check: what the token may still spend. All limits are charged together, once, after
 * everything else passed; a refused call costs nothing, a call whose tool then fails is not
 * refunded.
 */
public final class BudgetCheck {
  /** As many limits as one call may charge: each is a counter that a store has to keep. */
  static final int MAX_LIMITS = 64;

  private static final CompletionStage<Outcome<Integer>> NOTHING_TO_CHARGE =
      CompletableFuture.completedFuture(new Pass<>(0));
  private static final CompletionStage<Outcome<Integer>> CHARGED =
      CompletableFuture.completedFuture(new Pass<>(1));

  /** No cost is known, which may be ignored. */
  private static final long NOT_KNOWN = -1;

  /** The source failed, which may not. */
  private static final long NOBODY_CAN_SAY = -2;

  private final BudgetStore store;
  private final CostSource costs;
  private final boolean tokenRequired;
  private final boolean ignoreUnknownCost;
  private final FaultLog costFaults =
      new FaultLog("the cost source failed, tokens with a cost limit are refused");
  private final FaultLog storeFaults =
      new FaultLog("budgets cannot be charged, calls with a limit are refused");

  /**
   * A check.
   *
   * @param store the counters
   * @param costs what a call costs where the policy does not say
   * @param tokenRequired whether a call without a token is refused
   * @param ignoreUnknownCost whether a cost limit is passed over when a call's cost is not known,
   *     instead of refusing the call (B8)
   */
  public BudgetCheck(
      BudgetStore store, CostSource costs, boolean tokenRequired, boolean ignoreUnknownCost) {
    this.store = store;
    this.costs = costs;
    this.tokenRequired = tokenRequired;
    this.ignoreUnknownCost = ignoreUnknownCost;
  }

  /** Checks a call and charges it; the value is the number of limits charged. */
  public CompletionStage<Outcome<Integer>> check(
      Call call, Caller caller, @Nullable PolicyDecision decision, long nowMillis) {
    if (!caller.isAuthenticated()) {
      return tokenRequired
          ? deny("budget enforcement requires a verified capability token")
          : NOTHING_TO_CHARGE;
    }
    List<Limit> limits = caller.limits();
    if (limits.isEmpty() || call.continues() != null) {
      return NOTHING_TO_CHARGE;
    }
    if (limits.size() > MAX_LIMITS) {
      return deny("the token has more than " + MAX_LIMITS + " budget limits");
    }
    String tenant = caller.tenant();
    List<Charge> charges = new ArrayList<>(limits.size());
    for (Limit limit : limits) {
      long amount = limit instanceof Limit.Cost ? cents(call, decision) : 1;
      if (amount >= 0) {
        charges.add(Charge.of(tenant, limit, amount));
      } else if (amount == NOBODY_CAN_SAY || !ignoreUnknownCost) {
        return deny(
            "max_cost cannot be enforced: the cost of tool \"" + call.tool() + "\" is not known");
      }
    }
    CompletionStage<ChargeResult> charging;
    try {
      charging = store.charge(charges, nowMillis);
    } catch (RuntimeException e) {
      charging = CompletableFuture.failedFuture(e);
    }
    return Stages.recover(Stages.then(charging, BudgetCheck::answer), this::notCharged);
  }

  /** The agent is not told why: what a store says may be about others. */
  private Outcome<Integer> notCharged(Throwable failure) {
    storeFaults.tell(failure);
    return denied("budget store unavailable; request halted (fail-closed)");
  }

  /** What a call costs, or one of the two negative constants. */
  private long cents(Call call, @Nullable PolicyDecision decision) {
    Long said = decision == null ? null : decision.costCents();
    if (said != null) {
      return said;
    }
    try {
      OptionalLong known = costs.centsFor(call.tool());
      if (known.isEmpty()) {
        return NOT_KNOWN;
      }
      if (known.getAsLong() < 0) {
        throw new IllegalStateException("a negative cost of tool " + call.tool());
      }
      return known.getAsLong();
    } catch (RuntimeException e) {
      costFaults.tell(e);
      return NOBODY_CAN_SAY;
    }
  }

  private static CompletionStage<Outcome<Integer>> answer(ChargeResult result) {
    Charge exceeded = result.exceeded();
    if (exceeded == null) {
      return CHARGED;
    }
    return deny(
        exceeded.kind().caveat()
            + " exceeded ("
            + result.wouldBe()
            + " > "
            + exceeded.max()
            + (exceeded.kind() == Kind.RATE ? " per minute" : "")
            + (exceeded.kind() == Kind.COST ? " cents" : "")
            + ")");
  }

  private static CompletionStage<Outcome<Integer>> deny(String reason) {
    return CompletableFuture.completedFuture(denied(reason));
  }

  private static Outcome<Integer> denied(String reason) {
    return new Deny<>(Refusal.of(DenialCode.BUDGET, reason), 0);
  }
}
