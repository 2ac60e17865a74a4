package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The arithmetic of one round with the ledger, for any ledger: each ask is charged whole or not at
 * all, in the order they came; then the gate takes some ahead. Pure.
 */
final class Round {
  private final String gate;
  private final SortedMap<CounterKey, Hand> hands;
  private final List<Ask> asks;
  private final long rateLeaseMillis;
  private final Clock clock;

  /**
   * A round.
   *
   * @param gate which gate asks
   * @param hands what it brings, for each counter of its asks and for those it gives back
   * @param asks the calls that wait
   * @param rateLeaseMillis how long a rate's lease may be spent
   * @param clock by whose clock rates are judged
   */
  Round(
      String gate,
      SortedMap<CounterKey, Hand> hands,
      List<Ask> asks,
      long rateLeaseMillis,
      Clock clock) {
    this.gate = gate;
    this.hands = hands;
    this.asks = asks;
    this.rateLeaseMillis = rateLeaseMillis;
    this.clock = clock;
  }

  /** By whose clock rates are judged, and when the round began by the gate's own. */
  record Clock(boolean ledgers, long beganMillis) {}

  Settlement settle(long nowMillis, Map<CounterKey, CounterState> states) {
    Account.Moment moment =
        new Account.Moment(nowMillis, clock.ledgers() ? nowMillis - clock.beganMillis() : 0);
    SortedMap<CounterKey, Account> accounts = new TreeMap<>();
    hands.forEach(
        (key, hand) ->
            accounts.put(
                key,
                Account.open(key, states.getOrDefault(key, CounterState.NEW), hand, gate, moment)));
    List<Answer> answers = new ArrayList<>(asks.size());
    for (Ask ask : asks) {
      answers.add(answer(ask, clock.ledgers() ? nowMillis : ask.atMillis(), accounts));
    }
    List<CounterUpdate> updates = new ArrayList<>(accounts.size());
    Map<CounterKey, Settlement.Standing> standings = new LinkedHashMap<>();
    accounts.forEach(
        (key, account) -> {
          Hand hand = hands.get(key);
          long held = hand == null ? 0 : account.ahead(hand.wish());
          updates.add(account.update(held, nowMillis + rateLeaseMillis));
          standings.put(key, account.standing(held));
        });
    return new Settlement(answers, updates, standings);
  }

  private static Answer answer(Ask ask, long atMillis, Map<CounterKey, Account> accounts) {
    Set<CounterKey> distinct = new LinkedHashSet<>();
    Charge maybe = null;
    for (Charge charge : ask.charges()) {
      CounterKey key = CounterKey.of(charge);
      Account account = account(accounts, key);
      distinct.add(key);
      account.seen(charge.max());
      long wouldBe = account.wouldBe(charge.amount(), atMillis);
      if (wouldBe > charge.max()) {
        if (!account.mayFit(charge.amount(), charge.max(), atMillis)) {
          return new Answer.Final(new ChargeResult(charge, wouldBe));
        }
        maybe = maybe == null ? charge : maybe;
      }
    }
    if (maybe != null) {
      account(accounts, CounterKey.of(maybe)).recall();
      return new Answer.Later(maybe);
    }
    for (Charge charge : ask.charges()) {
      // Two limits on one counter count a call once.
      if (distinct.remove(CounterKey.of(charge))) {
        account(accounts, CounterKey.of(charge)).spend(charge.amount(), atMillis);
      }
    }
    return new Answer.Final(ChargeResult.CHARGED);
  }

  private static Account account(Map<CounterKey, Account> accounts, CounterKey key) {
    Account account = accounts.get(key);
    if (account == null) {
      throw new IllegalStateException("no hand for a counter that is asked for");
    }
    return account;
  }
}
