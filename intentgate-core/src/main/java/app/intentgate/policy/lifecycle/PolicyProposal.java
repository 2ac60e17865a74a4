package app.intentgate.policy.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for a second operator.
 *
 * @param action what is to be done
 * @param target the revision that is to be in force; null for none of its own
 * @param restores the id of the change that a rollback goes back to; null for the policy the gate
 *     started with, and for other actions
 * @param by the name the proposer wrote, which proves nothing
 * @param principal who proposed it, as they authenticated
 * @param at when
 */
public record PolicyProposal(
    PolicyAction action,
    @Nullable RevisionRef target,
    @Nullable String restores,
    String by,
    String principal,
    Instant at) {}
