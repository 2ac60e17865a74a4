package app.intentgate.policy.lifecycle;

/**
 * A gate that shows signs of life.
 *
 * @param gateId the gate
 * @param version the version of the slot that it has loaded; 0 when none
 */
public record GateState(String gateId, long version) {}
