package app.intentgate.policy.lifecycle;

import java.time.Instant;

/**
 * A revision that is evaluated beside the policy in force, and never decides.
 *
 * @param target the revision
 * @param principal who asked for it, as they authenticated
 * @param at since when
 */
public record PolicyShadow(RevisionRef target, String principal, Instant at) {}
