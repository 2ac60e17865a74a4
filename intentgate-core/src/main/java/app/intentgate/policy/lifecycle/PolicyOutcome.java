package app.intentgate.policy.lifecycle;

import java.util.List;

/**
 * What a change came to.
 *
 * @param slot the slot after it
 * @param swapped whether every call that starts from now on is decided by what the slot says, on
 *     this gate (B53). False after a proposal or its rejection, which put nothing in force, and
 *     where this gate could not load the policy: it tries again by itself, and until then what was
 *     in force stays so; where nothing was, the tenant's calls are refused
 * @param notLoaded the other gates that had not loaded it within a second
 */
public record PolicyOutcome(PolicySlot slot, boolean swapped, List<String> notLoaded) {
  /** Copies the list. */
  public PolicyOutcome {
    notLoaded = List.copyOf(notLoaded);
  }
}
