package app.intentgate.policy;

/**
 * The bundle that a policy kept elsewhere was loaded from when it decided: {@code bundle_id} and
 * {@code bundle_digest} of the decision's event.
 *
 * @param id its name; of several, their names with commas between them
 * @param revision its revision; of several, theirs in the same order
 */
public record PolicyBundle(String id, String revision) {}
