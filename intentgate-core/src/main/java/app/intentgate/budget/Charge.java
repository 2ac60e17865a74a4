package app.intentgate.budget;

import org.jspecify.annotations.Nullable;

/**
 * One limit and what a call takes from it.
 *
 * @param kind what is counted
 * @param tenant the token's tenant; a counter belongs to one
 * @param key the counter: the chain id of the token up to the caveat that set the limit, or its jti
 *     for a caveat made at mint, so that a descendant counts against its ancestors and, where it
 *     has a limit of its own, by itself (B8, B11)
 * @param max the most that may be counted; zero permits nothing
 * @param amount what this call adds: 1, or its cost in cents
 * @param expiresAt unix seconds after which nothing can be charged to this counter any more, so
 *     that it may be forgotten; null when the token never expires
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
}
