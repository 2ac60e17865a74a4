package app.intentgate.inventory;

import java.util.List;

/**
 * The calls from one agent to one tool, or to one other agent.
 *
 * @param from the agent that calls
 * @param to the tool or the agent called
 * @param eastWest whether an agent is called
 * @param allow how many calls were allowed
 * @param block how many were refused
 * @param escalate how many waited for a person
 * @param tenants the tenants they belong to, sorted
 * @param decidedAt the check that decided the newest of them; {@code policy} for one allowed
 * @param reason the reason of the newest; may be empty
 * @param callerZone the zone of the newest's token; may be empty
 * @param calleeZone the zone of the agent called, as far as known; may be empty
 */
public record FlowEdge(
    String from,
    String to,
    boolean eastWest,
    long allow,
    long block,
    long escalate,
    List<String> tenants,
    String decidedAt,
    String reason,
    String callerZone,
    String calleeZone) {

  /** How many calls there were. */
  public long total() {
    return allow + block + escalate;
  }
}
