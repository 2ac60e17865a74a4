package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.checkpoint.Checkpointer;
import app.intentgate.operator.OperatorStore;
import app.intentgate.pin.ToolPins;
import app.intentgate.policy.lifecycle.PolicyService;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.upstreams.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * What the operators' routes work on.
 *
 * @param gate the gate
 * @param credentials its keys, and the operators that the configuration names
 * @param operators the other operators
 * @param policies the policies; null when their store is off
 * @param checkpoints signs where chains stand
 * @param upstreams the tool servers
 * @param pins what their tools are held against; null when they are not
 * @param config what the gate was started with
 * @param maxBody the largest body, in bytes
 */
public record AdminServices(
    IntentGate gate,
    Credentials credentials,
    OperatorStore operators,
    @Nullable PolicyService policies,
    Checkpointer checkpoints,
    Upstreams upstreams,
    @Nullable ToolPins pins,
    Config config,
    int maxBody) {}
