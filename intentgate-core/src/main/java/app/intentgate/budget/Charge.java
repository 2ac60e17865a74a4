package app.intentgate.budget;

import app.intentgate.token.Limit;
import org.jspecify.annotations.Nullable;

/**
 * One limit and what a call takes from it; {@link #of} makes it of a verified token's. Immutable.
 *
 * @param kind what is counted
 * @param tenant the token's tenant; a counter belongs to one
 * @param key the counter: the chain id of the token up to the caveat that set the limit, so that a
 *     descendant counts against its ancestors and, where it has a limit of its own, by itself (B8,
 *     B11)
 * @param max the most that may be counted; zero permits nothing
 * @param amount what this call adds: 1, or its cost in cents
 * @param expiresAt unix seconds after which nothing can be charged to this counter any more, by
 *     whatever token, so that it may be forgotten; null for never. Of several that a counter met,
 *     the latest holds
 */
public record Charge(
    Kind kind, String tenant, String key, long max, long amount, @Nullable Long expiresAt) {
  /** What a limit counts. */
  public enum Kind {
    /** Calls over the token's whole life. */
    CALLS("max_calls"),
    /** Calls in any 60 seconds. */
    RATE("rate_limit"),
    /** Cents over the token's whole life. */
    COST("max_cost");

    private final String caveat;

    Kind(String caveat) {
      this.caveat = caveat;
    }

    /** The caveat type that sets such a limit. */
    public String caveat() {
      return caveat;
    }
  }

  /** Checks the ranges. */
  public Charge {
    if (max < 0 || amount < 0) {
      throw new IllegalArgumentException("a limit and what is charged to it are not negative");
    }
  }

  /**
   * What a call of a verified token takes from one of its limits.
   *
   * @param tenant the token's tenant
   * @param limit one of {@link app.intentgate.token.VerifiedToken#limits}
   * @param amount 1, or for {@link Limit.Cost} the call's cost in cents; not negative
   */
  public static Charge of(String tenant, Limit limit, long amount) {
    if (limit instanceof Limit.Calls calls) {
      return of(Kind.CALLS, tenant, limit, calls.calls(), amount);
    }
    if (limit instanceof Limit.Rate rate) {
      return of(Kind.RATE, tenant, limit, rate.callsPerMinute(), amount);
    }
    return of(Kind.COST, tenant, limit, ((Limit.Cost) limit).cents(), amount);
  }

  private static Charge of(Kind kind, String tenant, Limit limit, long max, long amount) {
    return new Charge(kind, tenant, limit.counter(), max, amount, limit.expiresAt());
  }
}
