/**
 * How a policy comes into force: drafts and their immutable revisions, the one slot of each tenant,
 * the history of what changed in it, and how every gate comes to decide by what the slot says.
 * {@link app.intentgate.policy.lifecycle.PolicyService} is where to start.
 */
package app.intentgate.policy.lifecycle;
