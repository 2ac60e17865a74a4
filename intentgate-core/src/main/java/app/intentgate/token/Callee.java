package app.intentgate.token;

/**
 * An agent that another agent calls.
 *
 * @param agent its id
 * @param zone its zone, empty when no directory knows it
 */
public record Callee(String agent, String zone) {}
