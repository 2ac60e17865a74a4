package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.NOW_MILLIS;
import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.ToolCall;
import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.check.Caller;
import app.intentgate.check.CostSource;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Refusal;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.store.StoreUnavailableException;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class BudgetCheckTest {
  private static final long EXPIRY = Callers.NOW.getEpochSecond() + 60;

  private final List<Charge> charged = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private CompletionStage<ChargeResult> answer =
      CompletableFuture.completedFuture(ChargeResult.CHARGED);
  private final BudgetStore store =
      (charges, nowMillis) -> {
        charged.addAll(charges);
        times.add(nowMillis);
        return answer;
      };

  private BudgetCheck check(CostSource costs, boolean ignoreUnknownCost) {
    return new BudgetCheck(store, costs, true, ignoreUnknownCost);
  }

  private Outcome<Integer> judge(BudgetCheck check, ToolCall call, Caller caller) {
    return now(check.check(call, caller, null, NOW_MILLIS));
  }

  private static String refusal(Outcome<Integer> outcome) {
    assertThat(outcome).isInstanceOf(Deny.class);
    Refusal refusal = ((Deny<Integer>) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(DenialCode.BUDGET);
    assertThat(outcome.found()).isZero();
    return refusal.reason();
  }

  /** Its limits are those of the token up to each of them, and so are their ends. */
  private static CapabilityToken limited() {
    return Callers.mint(
        grant()
            .maxCalls(5)
            .caveat(new Caveat.Expiry(EXPIRY + 20))
            .caveat(new Caveat.RateLimit(7))
            .caveat(new Caveat.Expiry(EXPIRY + 10))
            .caveat(new Caveat.Expiry(EXPIRY + 30))
            .caveat(new Caveat.MaxCost(90))
            .caveat(new Caveat.Expiry(EXPIRY)));
  }

  @Test
  void all_limits_are_charged_together_in_order_each_until_the_token_ends_that_it_belongs_to() {
    Caller caller = holding(limited());
    Outcome<Integer> outcome =
        judge(check(tool -> OptionalLong.of(30), false), call("pay"), caller);
    assertThat(outcome).isInstanceOf(Pass.class);
    List<String> counters = caller.limits().stream().map(Limit::counter).toList();
    assertThat(counters).doesNotHaveDuplicates();
    assertThat(charged)
        .containsExactly(
            new Charge(Kind.CALLS, "acme", counters.get(0), 5, 1, null),
            new Charge(Kind.RATE, "acme", counters.get(1), 7, 1, EXPIRY + 20),
            new Charge(Kind.COST, "acme", counters.get(2), 90, 30, EXPIRY + 10));
    assertThat(times).containsExactly(NOW_MILLIS);
    assertThat(caller.expiresAt()).as("of the token itself").isEqualTo(EXPIRY);
  }

  @Test
  void a_minted_token_and_its_children_name_the_end_it_was_minted_with() {
    CapabilityToken parent = Callers.mint(grant().expiresIn(Duration.ofSeconds(60)).maxCalls(5));
    CapabilityToken child = parent.attenuate(new Caveat.Expiry(EXPIRY - 58));
    for (CapabilityToken token : List.of(parent, child)) {
      judge(check(CostSource.UNKNOWN, false), call("read"), holding(token));
    }
    assertThat(charged).extracting(Charge::expiresAt).containsExactly(EXPIRY, EXPIRY);
  }

  @Test
  void a_token_that_never_ends_has_counters_that_are_never_forgotten() {
    judge(check(CostSource.UNKNOWN, false), call("read"), holding(grant().maxCalls(1)));
    assertThat(charged).singleElement().extracting(Charge::expiresAt).isNull();
  }

  @Test
  void a_token_whose_holder_added_limits_without_end_is_refused_before_any_is_counted() {
    CapabilityToken token = Callers.mint(grant().maxCalls(5));
    for (int i = 1; i < BudgetCheck.MAX_LIMITS; i++) {
      token = token.attenuate(new Caveat.RateLimit(100 + i));
    }
    BudgetCheck check = check(CostSource.UNKNOWN, false);
    assertThat(judge(check, call("read"), holding(token))).isInstanceOf(Pass.class);
    assertThat(charged).hasSize(BudgetCheck.MAX_LIMITS);
    charged.clear();
    CapabilityToken more = token.attenuate(new Caveat.MaxCalls(1));
    assertThat(refusal(judge(check, call("read"), holding(more))))
        .isEqualTo("the token has more than 64 budget limits");
    assertThat(charged).isEmpty();
  }

  @Test
  void the_policys_price_counts_before_the_list_of_prices() {
    PolicyDecision decision =
        PolicyDecision.of(JsonReader.parse("{\"allow\": true, \"cost_cents\": 12}"));
    BudgetCheck check = check(tool -> OptionalLong.of(30), false);
    now(check.check(call("pay"), holding(grant().maxCents(90)), decision, NOW_MILLIS));
    assertThat(charged).singleElement().extracting(Charge::amount).isEqualTo(12L);
  }

  @Test
  void a_price_nobody_knows_refuses_before_anything_is_charged_B8() {
    CapabilityToken token = Callers.mint(grant().maxCalls(5).maxCents(90));
    assertThat(refusal(judge(check(CostSource.UNKNOWN, false), call("pay"), holding(token))))
        .isEqualTo("max_cost cannot be enforced: the cost of tool \"pay\" is not known");
    assertThat(charged).isEmpty();
  }

  @Test
  void a_price_nobody_knows_can_be_passed_over_and_the_other_limits_count_B8() {
    CapabilityToken token = Callers.mint(grant().maxCalls(5).maxCents(90));
    assertThat(judge(check(CostSource.UNKNOWN, true), call("pay"), holding(token)))
        .isInstanceOf(Pass.class);
    assertThat(charged).extracting(Charge::kind).containsExactly(Kind.CALLS);
  }

  @Test
  void a_further_round_of_a_call_is_charged_no_second_time() {
    assertThat(
            judge(
                check(CostSource.UNKNOWN, false),
                call("read").continuing("call-1"),
                holding(grant().maxCalls(1))))
        .isInstanceOf(Pass.class);
    assertThat(charged).isEmpty();
  }

  @Test
  void a_token_without_limits_asks_the_store_for_nothing() {
    assertThat(judge(check(CostSource.UNKNOWN, false), call("read"), holding(grant())))
        .isEqualTo(new Pass<>(0));
    assertThat(times).isEmpty();
  }

  @Test
  void without_a_token_there_is_nothing_to_charge_where_none_is_required() {
    BudgetCheck open = new BudgetCheck(store, CostSource.UNKNOWN, false, false);
    assertThat(judge(open, call("read"), Caller.ANONYMOUS)).isEqualTo(new Pass<>(0));
    assertThat(refusal(judge(check(CostSource.UNKNOWN, false), call("read"), Caller.ANONYMOUS)))
        .isEqualTo("budget enforcement requires a verified capability token");
    assertThat(times).isEmpty();
  }

  private void refuses(Kind kind, long max, long wouldBe) {
    Charge limit = new Charge(kind, "acme", "k", max, 1, null);
    answer = CompletableFuture.completedFuture(new ChargeResult(limit, wouldBe));
  }

  @Test
  void a_limit_that_is_used_up_is_named_with_its_unit() {
    BudgetCheck check = check(CostSource.UNKNOWN, true);
    Caller caller = holding(grant().maxCalls(3));
    refuses(Kind.CALLS, 3, 4);
    assertThat(refusal(judge(check, call("read"), caller))).isEqualTo("max_calls exceeded (4 > 3)");
    refuses(Kind.RATE, 10, 11);
    assertThat(refusal(judge(check, call("read"), caller)))
        .isEqualTo("rate_limit exceeded (11 > 10 per minute)");
    refuses(Kind.COST, 100, 130);
    assertThat(refusal(judge(check, call("read"), caller)))
        .isEqualTo("max_cost exceeded (130 > 100 cents)");
  }

  @Test
  void a_store_that_cannot_answer_grants_nothing() {
    Caller caller = holding(grant().maxCalls(3));
    String closed = "budget store unavailable; request halted (fail-closed)";
    answer = CompletableFuture.failedFuture(new IllegalStateException("away"));
    assertThat(refusal(judge(check(CostSource.UNKNOWN, false), call("read"), caller)))
        .isEqualTo(closed);
    BudgetStore throwing =
        (charges, nowMillis) -> {
          throw new IllegalStateException("away");
        };
    BudgetCheck check = new BudgetCheck(throwing, CostSource.UNKNOWN, true, false);
    assertThat(refusal(judge(check, call("read"), caller))).isEqualTo(closed);
  }

  @Test
  void why_a_store_did_not_answer_is_told_to_the_operator_and_not_to_the_agent() {
    Logger log = Logger.getLogger(CheckPipeline.class.getName());
    List<LogRecord> told = new ArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            told.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(listener);
    try {
      answer =
          CompletableFuture.failedFuture(
              new StoreUnavailableException("this tenant has its share of the counters"));
      BudgetCheck check = check(CostSource.UNKNOWN, false);
      Caller caller = holding(grant().maxCalls(3));
      assertThat(refusal(judge(check, call("read"), caller))).doesNotContain("share");
      assertThat(told).hasSize(1);
      assertThat(told.get(0).getThrown()).hasMessage("this tenant has its share of the counters");
    } finally {
      log.removeHandler(listener);
    }
  }
}
