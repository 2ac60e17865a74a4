package app.intentgate.check;

import java.util.OptionalLong;

/**
 * What calling a tool costs, where the policy does not say. Thread-safe; answers from memory. Where
 * it throws, or answers less than zero, a call under a cost limit is refused, also where unknown
 * costs are passed over.
 */
@FunctionalInterface
public interface CostSource {
  /** No cost is known. */
  CostSource UNKNOWN = tool -> OptionalLong.empty();

  /** The cost of one call in cents, never negative; empty when it is not known. */
  OptionalLong centsFor(String tool);
}
