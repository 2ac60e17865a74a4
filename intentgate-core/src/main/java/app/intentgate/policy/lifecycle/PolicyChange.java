package app.intentgate.policy.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a slot's history: what was put in force, and by whom. Never changed, never deleted.
 *
 * @param id names the entry; 22 characters
 * @param tenant the slot's; empty for the default one
 * @param action what was done
 * @param target the revision in force from then on; null for none of its own
 * @param below the change whose effect one step back restores; null for the policy the gate started
 *     with. A rollback takes that of the change it restored, so that steps back add up
 * @param by the name of who did it, or proposed it, which proves nothing; may be empty
 * @param principal who that was, as they authenticated
 * @param approvedBy the name of who approved it; empty when nobody had to
 * @param approver who that was, as they authenticated; empty when nobody had to
 * @param at when it came into force
 */
public record PolicyChange(
    String id,
    String tenant,
    PolicyAction action,
    @Nullable RevisionRef target,
    @Nullable String below,
    String by,
    String principal,
    String approvedBy,
    String approver,
    Instant at) {}
