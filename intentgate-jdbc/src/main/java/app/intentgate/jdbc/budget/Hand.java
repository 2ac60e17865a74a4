package app.intentgate.jdbc.budget;

import org.jspecify.annotations.Nullable;

/**
 * What a gate brings to a round for one counter.
 *
 * @param credit what it holds and did not spend
 * @param spent for rates what it spent of its lease, and when by its own clock
 * @param wish how much it would like to hold ahead of its calls
 * @param limit the narrowest limit it knows for the counter; the largest number if it knows none
 * @param expiresAt unix seconds after which nothing can be charged to it; null for never
 */
public record Hand(
    long credit, SlidingWindow spent, long wish, long limit, @Nullable Long expiresAt) {}
