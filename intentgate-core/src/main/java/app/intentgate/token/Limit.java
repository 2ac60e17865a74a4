package app.intentgate.token;

import org.jspecify.annotations.Nullable;

/**
 * A caveat that has to be counted: whoever charges calls keeps one counter per {@link #counter},
 * refuses a call that would go beyond, and charges all limits of a call together. Immutable.
 */
public sealed interface Limit {
  /** The position of the caveat in the token. */
  int caveat();

  /**
   * The name of the counter: the chain id of the token up to this caveat. So all descendants of the
   * token that was given the limit count together, and no sibling counts with them.
   */
  String counter();

  /**
   * The first second since 1970 in which no token that counts here is valid any more, or null when
   * that never comes. Only what was said before this caveat ends them all: a descendant may end
   * earlier, and others go on.
   */
  @Nullable Long expiresAt();

  /**
   * So many calls over the token's life; 0 means none.
   *
   * @param calls how many, at least 0
   */
  record Calls(int caveat, String counter, @Nullable Long expiresAt, long calls) implements Limit {}

  /**
   * So many calls in any 60 seconds; 0 means none.
   *
   * @param callsPerMinute how many, at least 0
   */
  record Rate(int caveat, String counter, @Nullable Long expiresAt, long callsPerMinute)
      implements Limit {}

  /**
   * So much money over the token's life; 0 means none.
   *
   * @param cents how many cents, at least 0
   */
  record Cost(int caveat, String counter, @Nullable Long expiresAt, long cents) implements Limit {}
}
