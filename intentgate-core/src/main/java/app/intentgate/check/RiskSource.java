package app.intentgate.check;

import java.util.OptionalInt;

/**
 * How risky a caller is at the moment. Thread-safe; answers from memory. Where it throws, a call
 * under a risk ceiling is refused, also where unknown risks are passed over.
 */
@FunctionalInterface
public interface RiskSource {
  /** No risk is known. */
  RiskSource UNKNOWN = (tenant, agentId) -> OptionalInt.empty();

  /** A score, 0 for none, higher for more; empty when it is not known. */
  OptionalInt riskOf(String tenant, String agentId);
}
