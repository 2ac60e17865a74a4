package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.operator.OperatorStore;
import app.intentgate.server.config.Credentials;

/**
 * What the operators' routes work on.
 *
 * @param gate the gate
 * @param credentials its keys, and the operators that the configuration names
 * @param operators the other operators
 * @param maxBody the largest body, in bytes
 */
public record AdminServices(
    IntentGate gate, Credentials credentials, OperatorStore operators, int maxBody) {}
